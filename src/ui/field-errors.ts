import type { Translate, Params } from '../platform/i18n.ts'

/** One mistake in what was typed; the same shape as the platform's list of invalid input. */
export interface FieldErrorLike { readonly field: string; readonly key: string; readonly params?: Params }

export interface FieldErrorTexts {
  /** Sentence for a field, undefined when the field is right. */
  of(field: string): string | undefined
  readonly count: number
}

/**
 * The sentences of a list of errors by field, for the `error` prop of the fields.
 * Only the first error of a field is shown beside it; the summary lists all.
 */
export function fieldErrors(errors: readonly FieldErrorLike[] | undefined, t: Translate): FieldErrorTexts {
  const list = errors ?? []
  return {
    of: (field) => {
      const found = list.find((e) => e.field === field)
      return found && t(found.key, found.params)
    },
    count: list.length,
  }
}
