import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { factsOf, findForm, type KnownFacts } from '../../forms/index.ts'
import { findContents, listOwnDossiers } from '../dossiers.store.ts'
import { coveredProcedures, partyOf } from '../on-behalf.ts'
import type { Source } from './source.ts'

/** So many of the last dossiers are looked at: what was said long ago is seldom still so. */
const mostDossiers = 5

/**
 * What the party said about itself in its last dossiers at this node, the newest first. Only dossiers in which the party itself applied, known
 * by its id number; under a mandate only those in its scope.
 */
export async function earlierFacts(ctx: Ctx, person: Person, idNumber: string | undefined): Promise<{ source: Source; facts: KnownFacts }[]> {
  if (!idNumber) return []
  const dossiers = await listOwnDossiers(ctx.db, partyOf(person), { limit: mostDossiers, offset: 0 })
  const covered = await coveredProcedures(ctx, person, [...new Set(dossiers.map((d) => d.procedureCode))])
  const looked = dossiers.filter((d) => covered?.includes(d.procedureCode) ?? true)
  const contents = await findContents(ctx.db, looked.map((d) => d.id))
  const found = await Promise.all(looked.map(async (d) => {
    const content = contents.get(d.id)
    const form = content && await findForm(ctx.db, content.formKey, content.formVersion)
    if (!form) return []
    const facts = factsOf(form, content.answers)
    return facts.citizenId === idNumber ? [{ source: { from: 'dossier' as const, code: d.code ?? d.reference, day: civilDate(d.submittedAt) }, facts }] : []
  }))
  return found.flat()
}
