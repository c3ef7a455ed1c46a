import { transact, type Ctx } from '../../../platform/ctx.ts'
import { findForm, type Form } from '../../forms/index.ts'
import { findAccount } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../dossiers.errors.ts'
import { findDraftById, type Draft } from '../drafts.store.ts'
import { decideInvitation, findInvitation, partHash, type Invitation } from './invitation.ts'

export interface Guest { invitation: Invitation; draft: Draft; form: Form }

/** The invitation, for the invited person alone, while the draft is in preparation. @throws NOT_FOUND */
export async function readGuest(ctx: Ctx, invitationId: string): Promise<Guest> {
  const invitation = await findInvitation(ctx.db, invitationId)
  const account = ctx.actor.kind === 'person' && !ctx.actor.actingFor ? await findAccount(ctx.db, ctx.actor.id) : undefined
  if (!invitation || invitation.state === 'cancelled' || account?.idNumber !== invitation.idNumber) throw errors.NOT_FOUND()
  const draft = await findDraftById(ctx.db, invitation.draftId)
  const form = draft && !draft.dossierId ? await findForm(ctx.db, draft.formKey, draft.formVersion) : undefined
  if (!draft || !form) throw errors.NOT_FOUND()
  return { invitation, draft, form }
}

/** The guest confirms the own part as it stands, or declines. A declined one may still be confirmed until the filing. @throws NOT_FOUND */
export async function decidePart(ctx: Ctx, invitationId: string, decision: 'confirmed' | 'declined'): Promise<void> {
  const { invitation, draft, form } = await readGuest(ctx, invitationId)
  await transact(ctx, async (tx) => {
    const hash = decision === 'confirmed' ? partHash(form, invitation.pages, draft.answers) : null
    if (!(await decideInvitation(tx, invitation.id, ['open', 'declined', 'confirmed'], decision, ctx.now, hash))) throw errors.NOT_FOUND()
    await appendEvent(tx, ctx, { type: decision === 'confirmed' ? 'dossier.part_confirmed' : 'dossier.part_declined', subject: draft.id, data: { invitation: invitation.id, procedure: draft.procedureCode } })
  })
}
