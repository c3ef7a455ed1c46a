import type { Officer } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { recordAccess } from '../access/access-log.ts'
import { countAttempt, throttleKey, type ThrottleRule } from '../access/throttle.ts'
import { findAccountByIdNumber, findAccountBySubject, type Account } from '../citizens/account.store.ts'
import { resolvePersonalCode, type CodedPerson } from '../life/personal-code.ts'
import { keyed } from '../secrets.ts'
import { insertLookUp, type LookUpPurpose } from './look-up.store.ts'
import { findOrganisationByTaxCode, type Organisation } from '../mandates/organisations.store.ts'
import type { Query } from './read-query.ts'
import { watchLookUps } from './watch-look-ups.ts'

export type OfficerCtx = Ctx & { actor: Officer }

/** A desk looks up a person in half a minute at best; what is faster than this goes through a list. */
export const lookUpThrottle: ThrottleRule = { name: 'look-up', slowFrom: 15, limit: 20, window: 60, block: 5 * 60 }

export type LookUpOutcome =
  | { kind: 'wait'; seconds: number }
  /** A personal code that is none, or no longer one: nobody was looked up. */
  | { kind: 'code-expired' }
  /** `person` where a personal code named him: he may have no copy of his account here yet. */
  | { kind: 'done'; lookUpId: string; account: Account | undefined; person: CodedPerson | undefined; organisation: Organisation | undefined }

/**
 * Looks a person or an organisation up at the desk ("kiểm tra danh tính số", requirement of the one-stop desk). Found or not, it is written
 * down with its purpose; the person sees it among those who looked at the data.
 */
export async function lookUpPerson(ctx: OfficerCtx, input: { query: Query; purpose: LookUpPurpose; way: 'page' | 'api' }): Promise<LookUpOutcome> {
  const { node, now, actor } = ctx
  const { purpose, way } = input
  const seconds = await countAttempt(ctx.db, throttleKey(node, lookUpThrottle, actor.id), lookUpThrottle, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  // Before the transaction: the national node may have to be asked. The code is used up by this.
  const person = input.query.kind === 'personal-code' ? await resolvePersonalCode(ctx.db, node, input.query.text, now) : undefined
  if (input.query.kind === 'personal-code' && !person) return { kind: 'code-expired' }
  const query: Query = person ? { kind: 'personal-code', text: '', person } : input.query
  return transact(ctx, async (tx): Promise<LookUpOutcome> => {
    const account = person ? await findAccountBySubject(tx, person.subject) ?? await findAccountByIdNumber(tx, person.idNumber) : await accountOf(tx, query)
    const organisation = query.kind === 'tax-code' ? await findOrganisationByTaxCode(tx, query.taxCode) : undefined
    const lookUpId = await insertLookUp(tx, node, {
      officerId: actor.id, agencyCode: actor.agencyCode, way, query, purpose, numberKey: keyed(node.config.secret, 'look-up-number', numberOf(query)),
      accountId: account?.id ?? null, organisationId: organisation?.id ?? null,
    }, now)
    await recordAccess(tx, ctx, { ...(account || person ? { subjectId: account?.id ?? person!.subject } : {}), objectId: purpose.reason === 'dossier' ? purpose.dossierCode : lookUpId, purpose: `identity.desk.purpose.${purpose.reason}` })
    await watchLookUps(tx, ctx, actor)
    return { kind: 'done', lookUpId, account, person, organisation }
  })
}

async function accountOf(tx: Tx, query: Query): Promise<Account | undefined> {
  const idNumber = query.kind === 'card' ? query.card.idNumber : query.kind === 'id-number' ? query.idNumber : undefined
  return idNumber === undefined ? undefined : findAccountByIdNumber(tx, idNumber)
}

function numberOf(query: Query): string {
  switch (query.kind) {
    case 'id-number': return query.idNumber
    case 'card': return query.card.idNumber
    case 'tax-code': return query.taxCode
    case 'personal-code': return query.person!.idNumber
  }
}
