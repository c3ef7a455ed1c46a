import type { Ctx } from '../../../../platform/ctx.ts'
import type { Option } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { findDossiers } from '../../dossiers.store.ts'

/** Code and procedure of dossiers, as one line: what stands on the envelope, and nothing of what is in it. */
export async function itemWords(ctx: Ctx, ids: readonly string[]): Promise<Option[]> {
  const dossiers = await findDossiers(ctx.db, ids)
  const names = await procedureNames(ctx.db, [...new Set(dossiers.map((d) => d.procedureCode))], ctx.lang)
  return dossiers.map((d) => ({ value: d.id, text: `${d.code ?? d.reference} – ${names.get(d.procedureCode) ?? d.procedureCode}` })).sort((a, b) => a.text.localeCompare(b.text, 'vi'))
}
