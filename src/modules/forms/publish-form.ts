import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { appendEvent } from '../ledger/index.ts'
import { compileForm, type Form } from './compile-form.ts'
import { errors } from './forms.errors.ts'
import { findVersion, insertVersion, type FormVersion, type Publisher } from './forms.store.ts'
import { readDefinition, type DefinitionProblem } from './read-definition.ts'

export type Published = { ok: true; form: Form; isNew: boolean } | { ok: false; problems: DefinitionProblem[] }

/** Where a version comes from, and who published it; shipped with the program unless told. */
export type Publication = Publisher & Pick<FormVersion, 'origin'>

/**
 * Publishes a version of a form. Mistakes in the definition come back with their positions; a version that is there with the same content
 * is left as it is.
 * @throws VERSION_EXISTS when the version is there with other content: a published version never changes.
 */
export async function publishForm(tx: Tx, ctx: Ctx, input: unknown, by: Publication = { origin: 'shipped', publishedBy: null, publishedName: null }): Promise<Published> {
  const read = readDefinition(input)
  if (!read.ok) return read
  const form = compileForm(read.definition)
  const { key, version, validFrom } = read.definition
  const isNew = await insertVersion(tx, { key, version, definition: read.definition, hash: form.hash, validFrom: validFrom ?? civilDate(ctx.now), publishedAt: ctx.now, ...by })
  if (isNew) await appendEvent(tx, ctx, { type: 'form.published', subject: key, data: { key, version, hash: form.hash } })
  else if ((await findVersion(tx, key, version))?.hash !== form.hash) throw errors.VERSION_EXISTS({ key, version })
  return { ok: true, form, isNew }
}
