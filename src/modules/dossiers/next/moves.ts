import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { addAccountNotices, findAccount } from '../../identity/index.ts'
import type { Dossier } from '../dossier.ts'
import { listOwnDossiers, openSupplementsSince, proceduresOf } from '../dossiers.store.ts'
import { unreadByPerson } from '../messages/message.store.ts'
import { ownMessagesHref } from '../messages/pages/hrefs.ts'
import { openInvitationsOf } from '../together/invitation.ts'
import { invitationHref } from '../together/invite.ts'
import { coveredProcedures, partyOf } from '../on-behalf.ts'
import { ownDossierHref, supplementHref } from '../pages/portal/hrefs.ts'

/** What waits for the person ("việc đang chờ bạn"), with the moment from which it waits. */
export interface Move {
  kind: 'supplement' | 'pay' | 'collect' | 'see-result' | 'answer' | 'confirm'
  /** Undefined for a part of what somebody else prepares. */
  dossier: Dossier | undefined
  procedure: string
  since: Date
  href: string
}

const most = 50

/** Everything that waits for the person, or for whom the person acts; the longest waiting first. */
export async function movesOf(ctx: Ctx, person: Person): Promise<Move[]> {
  const party = partyOf(person)
  const procedures = person.actingFor && (await coveredProcedures(ctx, person, await proceduresOf(ctx.db, party)))
  const dossiers = await listOwnDossiers(ctx.db, party, { limit: most, offset: 0, procedures, waiting: true })
  const ids = dossiers.map((d) => d.id)
  const [asked, unread, names] = await Promise.all([openSupplementsSince(ctx.db, ids), unreadByPerson(ctx.db, ids), procedureNames(ctx.db, [...new Set(dossiers.map((d) => d.procedureCode))], ctx.lang)])
  const moves = dossiers.flatMap((d) => {
    const of = (kind: Move['kind'], since: Date, href: string): Move => ({ kind, dossier: d, procedure: names.get(d.procedureCode) ?? d.procedureCode, since, href })
    const asks = asked.get(d.id)
    const writes = unread.get(d.id)
    return [
      ...(d.state === 'supplement-required' && asks ? [of('supplement', asks, supplementHref(d.id))] : []),
      ...(d.state === 'payment-required' ? [of('pay', d.pausedAt ?? d.submittedAt, ownDossierHref(d.id))] : []),
      ...(d.state === 'finished' ? [of(d.returnWay === 'online' ? 'see-result' : 'collect', d.finishedAt ?? d.submittedAt, ownDossierHref(d.id))] : []),
      ...(writes ? [of('answer', writes, ownMessagesHref(d.id))] : []),
    ]
  })
  return [...moves, ...(person.actingFor ? [] : await invitedParts(ctx, person))].sort((a, b) => a.since.getTime() - b.since.getTime())
}

/** Parts that others invited the person to confirm. */
async function invitedParts(ctx: Ctx, person: Person): Promise<Move[]> {
  const account = await findAccount(ctx.db, person.id)
  const invited = account ? await openInvitationsOf(ctx.db, account.idNumber) : []
  const names = await procedureNames(ctx.db, [...new Set(invited.map((i) => i.procedureCode))], ctx.lang)
  return invited.map((i) => ({ kind: 'confirm', dossier: undefined, procedure: names.get(i.procedureCode) ?? i.procedureCode, since: i.invitedAt, href: invitationHref(i.id) }))
}

export const moveWords = ({ dossier: d, procedure, since }: Move) => ({ code: d ? (d.code ?? d.reference) : '', procedure, since: formatDateTime(since) })

/** The same on the first page of the account. */
export function showMovesInAccount(): void {
  addAccountNotices(async (ctx) => (ctx.actor.kind === 'person' ? (await movesOf(ctx, ctx.actor)).map((move) => ({ key: `dossiers.move.${move.kind}`, params: moveWords(move), href: move.href })) : []))
}
