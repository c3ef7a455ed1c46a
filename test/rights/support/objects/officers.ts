import { activationCode, openActivationOf } from '../../../../src/modules/identity/officers/accounts/issue-activation.ts'
import { accessRule } from '../../../../src/modules/identity/access/access-rule.ts'
import { insertTrustedAuthority } from '../../../../src/modules/identity/certificates/trusted-authority.store.ts'
import { proposeRule } from '../../../../src/modules/identity/rules/propose-rule.ts'
import type { RuleChange } from '../../../../src/modules/identity/rules/rule-proposal.ts'
import { openOfficerAccount } from '../../../../src/modules/identity/officers/accounts/open-officer-account.ts'
import { grantRole } from '../../../../src/modules/identity/index.ts'
import { proposeChange } from '../../../../src/modules/identity/officers/rights/propose-change.ts'
import { nameUnit } from '../../../../src/modules/identity/officers/rights/unit-duties.ts'
import { demoAuthority } from '../../../../src/stand-ins/demo-certificates.ts'
import { systemCtx, transact, type Ctx } from '../../../../src/platform/ctx.ts'
import { civilDate } from '../../../../src/platform/i18n.ts'
import { newId } from '../../../../src/platform/ids.ts'
import { idOf, type Side } from '../seats.ts'
import type { House } from '../house.ts'
import { next, officer, type Make, type MakeFor } from './made.ts'

const otherSide = (side: Side): Side => (side === 'own' ? 'other' : 'own')
const reason = 'Lý do trong bài kiểm thử'

/** A new account in the agency of that side. */
async function open(ctx: Ctx, agencyCode: string): Promise<string> {
  const opened = await openOfficerAccount(ctx, { login: `moi.${next()}`, name: 'Cán bộ mới', email: '', agencyCode, unitId: '' })
  if ('errors' in opened) throw new Error(JSON.stringify(opened.errors))
  return opened.id
}

/** An officer at work in the agency of that side, a specialist. */
export async function addColleague(house: House, side: Side): Promise<string> {
  return (await colleague(house, side)).id
}

/** With password and generator set, as if the officer had done so: hashing one for each would take minutes. */
async function beAtWork({ node }: House, id: string): Promise<void> {
  await node.db`UPDATE identity.officer o SET state = 'active', password_hash = known.password_hash, totp_secret = known.totp_secret FROM (SELECT password_hash, totp_secret FROM identity.officer WHERE password_hash IS NOT NULL LIMIT 1) AS known WHERE o.id = ${id}`
}

async function colleague(house: House, side: Side): Promise<{ id: string; key: string }> {
  const ctx = systemCtx(house.node, 'test')
  const id = await open(ctx, house.agencies[side])
  await beAtWork(house, id)
  return { id, key: (await transact(ctx, (tx) => grantRole(tx, ctx, { officerId: id, role: 'specialist', agencyCode: house.agencies[side] })))! }
}

const colleagueAtWork: Make = async (house, side) => ({ ...await colleague(house, side), reason })
const lockedColleague: Make = async (house, side) => {
  const id = await addColleague(house, side)
  await house.node.db`UPDATE identity.officer SET state = 'locked', state_reason = 'ordered' WHERE id = ${id}`
  return { id, reason }
}
/** A certificate is bound to the account; no log-in with it is tried. */
const colleagueWithCertificate: Make = async (house, side) => {
  const [id, key] = [await addColleague(house, side), newId()]
  await house.node.db`INSERT INTO identity.officer_certificate (id, officer_id, fingerprint, serial, agency_code, not_after, bound_at, bound_by) VALUES (${key}, ${id}, encode(sha256(${key}::text::bytea), 'hex'), ${key}, ${house.agencies[side]}, '2999-01-01', now(), ${id})`
  return { id, key, reason }
}
/** Their rights, or they themselves, are to go to the agency of the other side. */
const colleagueToElsewhere: Make = async (house, side) => ({ id: await addColleague(house, side), reason, role: 'specialist', agency: house.agencies[otherSide(side)] })
const grantHeld: Make = async (house, side) => ({ grant: (await colleague(house, side)).key })

/** An account whose paper one administrator of that side has just made. */
const newColleague: Make = async (house, side) => {
  const id = await open(officer(house, 'high-level-admin', side), house.agencies[side])
  const activation = await openActivationOf(house.node.db, id, new Date())
  return { id, secret: activationCode(house.node, activation!.id) }
}

/** The seat's own account. */
const myself: MakeFor = async (house, seat) => {
  const [grant] = await house.node.db<{ id: string }[]>`SELECT id FROM identity.role_grant WHERE officer_id = ${idOf(seat)} LIMIT 1`
  return { id: idOf(seat), key: grant!.id, reason }
}

async function request(house: House, ctx: Ctx, side: Side): Promise<string> {
  const outcome = await proposeChange(ctx, { kind: 'reset-second-factor', officerId: await addColleague(house, side) }, reason)
  if (outcome.kind !== 'requested') throw new Error('a second person is needed for this change')
  return outcome.requestId
}

/** A second administrator, who sits nowhere. */
async function colleagueOf(house: House, role: 'high-level-admin' | 'agency-admin', side: Side): Promise<Ctx> {
  const { ctx } = house.seat(`${role} ${side}`)
  if (ctx.actor.kind !== 'officer') throw new Error(`${role} ${side} is no officer`)
  const id = await open(systemCtx(house.node, 'test'), ctx.actor.agencyCode)
  await beAtWork(house, id)
  return { ...ctx, now: new Date(), actor: { ...ctx.actor, id, sessionId: newId() } }
}
const rightRequest: Make = async (house, side) => ({ id: await request(house, await colleagueOf(house, 'high-level-admin', side), side), reason })
/** Asked for by who runs the node, about an officer of that side. */
const requestFromAbove: Make = async (house, side) => ({ id: await request(house, await colleagueOf(house, 'agency-admin', 'own'), side), reason })
/** Asked for by the seat itself. */
const requestOfMine: MakeFor = async (house, seat) => ({ id: await request(house, { ...seat.ctx, now: new Date() }, seat.side ?? 'own'), reason })

/** Limits, or the end of an authority, that an administrator has proposed; both lists show only their own kinds. */
async function propose(house: House, ctx: Ctx, about: 'access-rule' | 'distrust'): Promise<Record<string, string>> {
  const limits = await accessRule(house.node.db, 'officer', new Date())
  const change: RuleChange = about === 'access-rule' ? { kind: about, limits } : { kind: about, authorityId: (await authority(house)).id }
  return { id: await proposeRule(ctx, change, { validFrom: '2199-01-01', basis: reason }), decision: 'refused' }
}
async function authority({ node }: House): Promise<{ id: string }> {
  const { label, certificate } = demoAuthority('duty')
  await transact(systemCtx(node, 'test'), (tx) => insertTrustedAuthority(tx, { name: label, certificate, purposes: ['officer'], revocationUrl: 'http://127.0.0.1/none.crl', softwarePolicies: [], validFrom: '2025-01-01', basis: reason }))
  const [row] = await node.db<{ id: string }[]>`SELECT id FROM identity.trusted_authority WHERE valid_to IS NULL ORDER BY id LIMIT 1`
  return row!
}
const limitsProposed: Make = async (house) => propose(house, await colleagueOf(house, 'agency-admin', 'own'), 'access-rule')
const distrustProposed: Make = async (house) => propose(house, await colleagueOf(house, 'agency-admin', 'own'), 'distrust')
const limitsOfMine: MakeFor = async (house, seat) => propose(house, { ...seat.ctx, now: new Date() }, 'access-rule')
const distrustOfMine: MakeFor = async (house, seat) => propose(house, { ...seat.ctx, now: new Date() }, 'distrust')
const authorityTrusted: Make = async (house) => ({ ...await authority(house), 'from-day': '1', 'from-month': '1', 'from-year': '2199', basis: reason, confirmed: 'yes' })

const sector = (): string => `rights-test-${next()}`
const unitDuty: Make = async (house, side) => {
  const sectorCode = sector()
  await nameUnit(systemCtx(house.node, 'test'), { agencyCode: house.agencies[side], unitId: `${house.agencies[side]}.rights-test`, sectorCode, procedureCode: null })
  const [row] = await house.node.db<{ id: string }[]>`SELECT id FROM identity.unit_duty WHERE sector_code = ${sectorCode}`
  return { id: row!.id }
}
/** What the forms about an agency are filled in with. */
const newDuty: Make = async (house, side) => ({ agency: house.agencies[side], unit: `${house.agencies[side]}.rights-test`, sector: sector() })
const newAccount: Make = async (house, side) => ({ agency: house.agencies[side], login: `them.${next()}`, name: 'Cán bộ thêm' })

const days = (): Record<string, string> => {
  const [year, month, day] = civilDate(new Date()).split('-') as [string, string, string]
  return { 'from-day': day, 'from-month': month, 'from-year': year, 'until-day': day, 'until-month': month, 'until-year': year }
}
const newSubstitute: Make = async (house, side) => ({ officer: await addColleague(house, side), substitute: await addColleague(house, side), reason, ...days() })
const substitution: Make = async (house, side) => {
  const [away, substitute, id] = [await addColleague(house, side), await addColleague(house, side), newId()]
  await house.node.db`INSERT INTO identity.substitution (id, officer_id, substitute_id, valid_from, valid_to, reason, named_at, named_by) VALUES (${id}, ${away}, ${substitute}, '2000-01-01', '2999-01-01', ${reason}, now(), ${away})`
  return { id }
}

export const officerMakers = { colleagueAtWork, lockedColleague, colleagueWithCertificate, colleagueToElsewhere, grantHeld, newColleague, rightRequest, requestFromAbove, limitsProposed, distrustProposed, authorityTrusted, unitDuty, newDuty, newAccount, newSubstitute, substitution } as const
export const officerMakersFor = { myself, requestOfMine, limitsOfMine, distrustOfMine } as const
