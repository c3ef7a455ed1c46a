import { transact, type Ctx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { accountContact, findAccountByIdNumber } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { notifyPerson } from '../../notifications/index.ts'
import type { Draft } from '../drafts.store.ts'
import { errors } from '../dossiers.errors.ts'
import { decideInvitation, insertInvitation, listInvitations, mostGuests } from './invitation.ts'

export const invitationHref = (id: string): string => `/loi-moi/${id}`

/** Invites somebody to fill in and confirm a part of a draft. Who has an account here is told; others find it when they log in. @throws TOO_MANY_GUESTS */
export async function invite(ctx: Ctx, draft: Draft, input: { idNumber: string; name: string; pages: string[] }): Promise<string> {
  if ((await listInvitations(ctx.db, draft.id)).length >= mostGuests) throw errors.TOO_MANY_GUESTS({ max: mostGuests })
  const id = newId(ctx.now.getTime())
  const guest = await findAccountByIdNumber(ctx.db, input.idNumber)
  await transact(ctx, async (tx) => {
    await insertInvitation(tx, { id, draftId: draft.id, ...input, invitedAt: ctx.now })
    await appendEvent(tx, ctx, { type: 'dossier.part_invited', subject: draft.id, data: { invitation: id, procedure: draft.procedureCode, pages: input.pages } })
    if (!guest) return
    const [names, contact] = await Promise.all([procedureNames(tx, [draft.procedureCode], 'vi'), accountContact(tx, guest.id)])
    await notifyPerson(tx, ctx, { personId: guest.id, contact: contact && { name: contact.fullName, phone: contact.phone, email: contact.email }, event: 'dossier-invitation', href: invitationHref(id), key: id, params: { procedure: names.get(draft.procedureCode) ?? draft.procedureCode } })
  })
  return id
}

/** Takes an invitation back; what the guest filled in stays in the draft, without a confirmation. */
export async function cancelInvitation(ctx: Ctx, draft: Draft, invitationId: string): Promise<void> {
  const found = (await listInvitations(ctx.db, draft.id)).find((i) => i.id === invitationId)
  if (!found) throw errors.NOT_FOUND()
  await transact(ctx, async (tx) => {
    if (!(await decideInvitation(tx, found.id, ['open', 'confirmed', 'declined'], 'cancelled', ctx.now))) return
    await appendEvent(tx, ctx, { type: 'dossier.part_cancelled', subject: draft.id, data: { invitation: found.id, procedure: draft.procedureCode } })
  })
}
