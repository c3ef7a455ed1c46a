import type { Ctx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import type { Dossier } from '../dossier.ts'
import type { DossierState } from '../dossier-states.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { findDossiers, type Content } from '../dossiers.store.ts'
import { alikeFrom, likeness } from './alike.ts'

const days = 365
const mostCompared = 20
const open: ReadonlySet<DossierState> = new Set(['new', 'received', 'in-progress', 'supplement-required', 'payment-required'])

export interface Duplicate { id: string; code: string; state: DossierState; submittedAt: Date }

/**
 * Dossiers of the same person for the same procedure in the last year with nearly the same answers ("hồ sơ trùng"). They are told to the officer and hinder nothing: a second
 * birth, a second shop are as alike as that. Only what the officer may see anyway.
 */
export async function findDuplicates(ctx: Ctx, dossier: Dossier, content: Content): Promise<Duplicate[]> {
  if (!open.has(dossier.state) || (!dossier.accountId && !dossier.ownerSubject)) return []
  const others = await answersOfOthers(ctx.db, ctx.node.config.code, dossier, new Date(dossier.submittedAt.getTime() - days * 86_400_000))
  const alike = others.filter((other) => likeness(other.answers, content.answers) >= alikeFrom).map((other) => other.id)
  const seen = await Promise.all((await findDossiers(ctx.db, alike)).map(async (d) => ((await assertOfDesk(ctx, d).then(() => true, () => false)) ? [d] : [])))
  return seen.flat().map((d) => ({ id: d.id, code: d.code ?? d.reference, state: d.state, submittedAt: d.submittedAt }))
}

async function answersOfOthers(db: Db, nodeCode: string, d: Dossier, since: Date): Promise<{ id: string; answers: Record<string, unknown> }[]> {
  return await db<{ id: string; answers: Record<string, unknown> }[]>`
    SELECT o.id, c.answers FROM dossiers.dossier o JOIN dossiers.content c ON c.dossier_id = o.id
    WHERE (o.account_id = ${d.accountId} OR o.owner_subject = ${d.ownerSubject}) AND o.procedure_code = ${d.procedureCode} AND o.node_code = ${nodeCode} AND o.id <> ${d.id} AND o.submitted_at > ${since}
      AND o.state NOT IN ('not-accepted', 'stopped') ORDER BY o.submitted_at DESC LIMIT ${mostCompared}`
}
