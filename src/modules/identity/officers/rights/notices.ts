import type { Officer as OfficerActor } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { sendEmail } from '../../../notifications/index.ts'
import { isAdministrator } from '../../roles.ts'
import { findOfficer, listOfficers } from '../officer.store.ts'
import { covers } from './administration.ts'
import type { RightRequest } from './right-request.store.ts'

const requestUrl = (ctx: Ctx, id: string): string => `${ctx.node.config.baseUrl}/admin/requests/${id}`

/** Mail to the administrators who can be the second person; in the mail stand neither names nor rights, only where to look. */
export async function tellDeciders(tx: Tx, ctx: Ctx, requestId: string, asks: OfficerActor, beneficiaryId: string): Promise<void> {
  const administrators = (await listOfficers(tx)).filter((o) => o.email && o.roles.some(isAdministrator) && covers(ctx.node, o.agencyCode, asks.agencyCode) && o.id !== asks.id && o.id !== beneficiaryId)
  for (const one of administrators) {
    await sendEmail(tx, ctx, { to: { name: one.name, address: one.email! }, subjectKey: 'identity.officers.mail.request.subject', textKey: 'identity.officers.mail.request.text', params: { url: requestUrl(ctx, requestId) }, lang: 'vi', key: `identity:right-request:${requestId}:${one.id}` })
  }
}

export async function tellRequester(tx: Tx, ctx: Ctx, request: RightRequest, approved: boolean): Promise<void> {
  const asker = await findOfficer(tx, request.requestedBy)
  if (!asker?.email) return
  await sendEmail(tx, ctx, { to: { name: asker.name, address: asker.email }, subjectKey: approved ? 'identity.officers.mail.approved.subject' : 'identity.officers.mail.refused.subject', textKey: 'identity.officers.mail.decided.text', params: { url: requestUrl(ctx, request.id) }, lang: 'vi', key: `identity:right-request:${request.id}:decided` })
}
