import type { ComponentChildren, VNode } from 'preact'
import type { FieldErrorLike } from '../field-errors.ts'
import { usePage } from '../use-page.ts'

export interface ErrorSummaryProps {
  /** Mistakes to list; each links to the control whose id is the field. Nothing is shown for an empty list. */
  readonly errors?: readonly FieldErrorLike[] | undefined
  /** A refusal that belongs to no field: a finished sentence. */
  readonly message?: ComponentChildren
  /** Id of the control for a field where it is not the field's own name. */
  readonly idOf?: (field: string) => string
}

export function ErrorSummary({ errors = [], message, idOf = (field) => field }: ErrorSummaryProps): VNode | null {
  const { t } = usePage()
  if (errors.length === 0 && message == null) return null
  return (
    <div class="govuk-error-summary" tabIndex={-1} id="error-summary">
      <div role="alert">
        <h2 class="govuk-error-summary__title">{t(errors.length > 0 ? 'ui.error.summary' : 'ui.error.refused')}</h2>
        <div class="govuk-error-summary__body">
          {message != null && <p>{message}</p>}
          {errors.length > 0 && (
            <ul class="govuk-list govuk-error-summary__list">
              {errors.map((error) => <li><a href={`#${idOf(error.field)}`}>{t(error.key, error.params)}</a></li>)}
            </ul>
          )}
        </div>
      </div>
    </div>
  )
}
