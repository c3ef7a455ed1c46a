import type { Officer } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { recordAccess } from '../access/access-log.ts'
import { countAttempt, throttleKey, type ThrottleRule } from '../access/throttle.ts'
import { findAccount, findAccountByIdNumber, type Account } from '../citizens/account.store.ts'
import { resolvePersonalCode } from '../life/personal-code.ts'
import { keyed } from '../secrets.ts'
import { insertLookUp, type LookUpPurpose } from './look-up.store.ts'
import { organisationByTaxCode, type FoundOrganisation } from './organisation-by-tax-code.ts'
import type { Query } from './read-query.ts'
import { watchLookUps } from './watch-look-ups.ts'

export type OfficerCtx = Ctx & { actor: Officer }

/** A desk looks up a person in half a minute at best; what is faster than this goes through a list. */
export const lookUpThrottle: ThrottleRule = { name: 'look-up', slowFrom: 15, limit: 20, window: 60, block: 5 * 60 }

export type LookUpOutcome =
  | { kind: 'wait'; seconds: number }
  /** A personal code that is none, or no longer one: nobody was looked up. */
  | { kind: 'code-expired' }
  | { kind: 'done'; lookUpId: string; account: Account | undefined; organisation: FoundOrganisation | undefined }

/**
 * Looks a person or an organisation up at the desk ("kiểm tra danh tính số", requirement of the one-stop desk). Found or not, it is written
 * down with its purpose; the person sees it among those who looked at the data.
 */
export async function lookUpPerson(ctx: OfficerCtx, input: { query: Query; purpose: LookUpPurpose; way: 'page' | 'api' }): Promise<LookUpOutcome> {
  const { node, now, actor } = ctx
  const { query, purpose, way } = input
  const seconds = await countAttempt(ctx.db, throttleKey(node, lookUpThrottle, actor.id), lookUpThrottle, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  return transact(ctx, async (tx): Promise<LookUpOutcome> => {
    const byCode = query.kind === 'personal-code' ? await resolvePersonalCode(tx, node, query.text, now) : undefined
    if (query.kind === 'personal-code' && !byCode) return { kind: 'code-expired' }
    const account = byCode ? await findAccount(tx, byCode) : query.kind === 'tax-code' ? undefined : await findAccountByIdNumber(tx, query.kind === 'card' ? query.card.idNumber : (query as { idNumber: string }).idNumber)
    const organisation = query.kind === 'tax-code' ? await organisationByTaxCode(tx, query.taxCode) : undefined
    const lookUpId = await insertLookUp(tx, node, {
      officerId: actor.id, agencyCode: actor.agencyCode, way, query, purpose, numberKey: keyed(node.config.secret, 'look-up-number', numberOf(query, account)),
      accountId: account?.id ?? null, organisationId: organisation?.id ?? null,
    }, now)
    await recordAccess(tx, ctx, { ...(account ? { subjectId: account.id } : {}), objectId: purpose.reason === 'dossier' ? purpose.dossierCode : lookUpId, purpose: `identity.desk.purpose.${purpose.reason}` })
    await watchLookUps(tx, ctx, actor)
    return { kind: 'done', lookUpId, account, organisation }
  })
}

function numberOf(query: Query, account: Account | undefined): string {
  switch (query.kind) {
    case 'id-number': return query.idNumber
    case 'card': return query.card.idNumber
    case 'tax-code': return query.taxCode
    case 'personal-code': return account?.idNumber ?? query.text
  }
}
