import { addOfficer, authenticate, createSession, holdersOf, roles, type Role } from '../../../src/modules/identity/index.ts'
import { acceptTerms, findTerms } from '../../../src/modules/identity/life/terms/terms.ts'
import { setActing } from '../../../src/modules/identity/mandates/session-mandate.store.ts'
import type { Access } from '../../../src/platform/http/route.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../src/platform/ctx.ts'
import { newId } from '../../../src/platform/ids.ts'
import type { Node } from '../../../src/platform/node.ts'
import { giveMandate } from './objects/mandates.ts'

/** One of the two sides of every object: whose it is, and somebody with the same rights to whom it does not belong. */
export type Side = 'own' | 'other'

/** Who sits at the browser. */
export interface Seat {
  readonly name: string
  readonly kind: 'anonymous' | 'person' | 'officer'
  readonly role?: Role
  /** To which of the two objects of a kind he belongs; nobody in particular where it is absent. */
  readonly side?: Side | undefined
  readonly agencyCode?: string
  /** Acts for the person of that side, as far as these say. */
  readonly acts?: { for: Side; mandateId: string; reach: 'all' | 'read' | 'another-procedure' }
  /** What he lacks of what another seat has. */
  readonly lacks?: 'strength' | 'terms' | 'token'
  /** Where he is asked at all; everywhere when absent. */
  readonly asked?: (route: { method: string; path: string; declared: Access }) => boolean
  readonly cookie: string
  readonly ctx: Ctx
}

/** What nobody but its owner and the desk that handles it may ever see in an answer. */
export const markers: Readonly<Record<Side, { name: string; phone: string; idNumber: string }>> = {
  own: { name: 'Nguyễn Văn Dấu Riêng', phone: '0911000901', idNumber: '052090000090' },
  other: { name: 'Trần Thị Dấu Khác', phone: '0911000902', idNumber: '052090000091' },
}

/** A procedure that is none of those in which the objects of the matrix are filed. */
const anotherProcedure = '1.001193'
/** Of every browser in these tests; a form's token follows from it. */
export const csrfCookie = 'a-cookie-of-the-rights-test'

export interface Homes { readonly node: Node; readonly agencies: Readonly<Record<Side, string>> }

export async function takeSeats({ node, agencies }: Homes): Promise<Seat[]> {
  const officers = await officerSeats(node, agencies)
  return [{ name: 'nobody', kind: 'anonymous', cookie: cookies(node, undefined), ctx: createCtx(node) }, ...await personSeats(node), ...officers]
}

const isPersonal = ({ declared }: { declared: Access }): boolean => declared === 'person' || (typeof declared === 'object' && 'assurance' in declared)

async function personSeats(node: Node): Promise<Seat[]> {
  const [own, other, agent, fresh] = [await account(node, 'own', markers.own), await account(node, 'other', markers.other), await account(node, 'agent', { name: 'Lê Văn Thay Mặt', phone: '0911000903', idNumber: '052090000092' }), await account(node, 'fresh', { name: 'Hồ Thị Mới Đến', phone: '0911000904', idNumber: '052090000093' })]
  await accept(node, [own, other, agent])
  const owner = await seat(node, 'owner', { kind: 'person', accountId: own }, { side: 'own' })
  const stranger = await seat(node, 'stranger', { kind: 'person', accountId: other }, { side: 'other' })
  const weak = await seat(node, 'owner, weakly known', { kind: 'person', accountId: own, assurance: 1 }, { side: 'own', lacks: 'strength', asked: ({ declared }) => typeof declared === 'object' && 'assurance' in declared })
  const newcomer = node.config.kind === 'national' ? [await seat(node, 'newcomer', { kind: 'person', accountId: fresh }, { lacks: 'terms', asked: isPersonal })] : []
  return [owner, stranger, weak, ...newcomer, ...await agents(node, { agent, owner })]
}

/** Somebody who acts for the owner: fills in and files, only receives, or only in another procedure. */
async function agents(node: Node, { agent, owner }: { agent: string; owner: Seat }): Promise<Seat[]> {
  const given = [['agent', 'all', { rights: ['fill-in', 'submit'] }], ['reader', 'read', { rights: ['receive'] }], ['narrow agent', 'another-procedure', { rights: ['fill-in', 'submit', 'receive'], procedure: anotherProcedure }]] as const
  const ids = await giveMandate(node, { acting: agent, represented: owner }, given.map(([, , terms]) => terms))
  return Promise.all(given.map(([name, reach], i) => seat(node, name, { kind: 'person', accountId: agent, mandateId: ids[i]! }, { acts: { for: 'own', mandateId: ids[i]!, reach } })))
}

async function account(node: Node, key: string, { name, phone, idNumber }: { name: string; phone: string; idNumber: string }): Promise<string> {
  const id = newId()
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${id}, ${`subject-${key}`}, ${idNumber}, ${name}, '1990-03-12', ${phone}, 3, now(), now())`
  return id
}

async function accept(node: Node, accountIds: readonly string[]): Promise<void> {
  const ctx = systemCtx(node, 'test')
  const terms = await findTerms(node.db, { at: ctx.now })
  if (terms) await transact(ctx, async (tx) => { for (const id of accountIds) await acceptTerms(tx, ctx, id, terms) })
}

const password = 'a password of some length'
const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

async function officerSeats(node: Node, agencies: Readonly<Record<Side, string>>): Promise<Seat[]> {
  const add = (login: string, name: string, agencyCode: string, role: Role, limits = {}) => addOfficer(systemCtx(node, 'test'), { login, password, totpSecret, name, agencyCode, roles: [role], ...limits })
  const wanted = roles.flatMap((role) => (['own', 'other'] as const).flatMap((side) => {
    // Who runs a node belongs to its own agency, and is there once.
    const runs = role === 'national-admin' || role === 'agency-admin'
    return runs && side === 'other' ? [] : [{ role, side, agencyCode: runs ? node.config.code : agencies[side], whose: runs ? undefined : side }]
  }))
  const seats = await Promise.all(wanted.map(async ({ role, side, agencyCode, whose }) => {
    const officerId = (await add(`${role}.${side}`, `Cán bộ ${role} ${whose ?? ''}`, agencyCode, role))!
    return seat(node, `${role} ${side}`, { kind: 'officer', officerId }, { role, side: whose, agencyCode })
  }))
  const administrator = seats.find((s) => s.name === 'high-level-admin own')!
  const byPassword = await seat(node, 'high-level-admin own, by password', { kind: 'officer', officerId: idOf(administrator), methods: ['pwd', 'otp'] }, { role: 'high-level-admin', side: 'own', agencyCode: agencies.own, lacks: 'token', asked: ({ path }) => ofAdministration.test(path) })
  return [...seats, byPassword, ...(node.config.kind === 'national' ? [] : await substitutes(node, agencies, add))]
}

/** Who stands in for a specialist at home reaches no further than by his own rights: colleagues with a single procedure, and one of another agency. */
async function substitutes(node: Node, agencies: Readonly<Record<Side, string>>, add: (login: string, name: string, agencyCode: string, role: Role, limits?: object) => Promise<string | undefined>): Promise<Seat[]> {
  const asked: Seat['asked'] = ({ path }) => path === '/desk' || path.startsWith('/desk/dossiers')
  const away = (await add('away', 'Cán bộ vắng mặt', agencies.own, 'specialist'))!
  const limits = { limits: { procedureCode: anotherProcedure } }
  const limited = await Promise.all((['one-stop', 'specialist'] as const).map(async (role) => {
    const officerId = (await add(`${role}.limited`, 'Cán bộ riêng một thủ tục', agencies.own, role, limits))!
    return seat(node, `${role} own, for another procedure`, await standIn(node, away, officerId), { role, agencyCode: agencies.own, asked })
  }))
  const foreign = (await add('foreign', 'Cán bộ thay thế', agencies.other, 'specialist'))!
  return [...limited, await seat(node, 'specialist other, standing in', await standIn(node, away, foreign), { role: 'specialist', side: 'other', agencyCode: agencies.other, asked })]
}

async function standIn(node: Node, away: string, officerId: string): Promise<Who> {
  await node.db`INSERT INTO identity.substitution (id, officer_id, substitute_id, valid_from, valid_to, reason, named_at, named_by) VALUES (${newId()}, ${away}, ${officerId}, '2000-01-01', '2999-01-01', 'Vắng mặt trong bài kiểm thử', now(), ${away})`
  return { kind: 'officer', officerId }
}

/** The id of an officer or a person at his seat. */
export const idOf = ({ ctx: { actor } }: Seat): string => ('id' in actor ? actor.id : '')
/** Pages and acts of high-level accounts. */
export const ofAdministration = /^\/admin\/(officers|requests|audit|account-reviews|unit-duties)(\/|$)/

type Who = { kind: 'person'; accountId: string; assurance?: 1 | 2 | 3; mandateId?: string } | { kind: 'officer'; officerId: string; methods?: string[] }

async function seat(node: Node, name: string, who: Who, more: Omit<Seat, 'name' | 'kind' | 'cookie' | 'ctx'>): Promise<Seat> {
  const ctx = systemCtx(node, 'test')
  const token = await transact(ctx, async (tx) => {
    const made = await createSession(tx, who.kind === 'person'
      ? { kind: 'person', accountId: who.accountId, assurance: who.assurance ?? 3, methods: ['sc', 'pin', 'otp'], now: ctx.now }
      : { kind: 'officer', officerId: who.officerId, assurance: 3, methods: who.methods ?? ['sc', 'pin', 'otp'], now: ctx.now })
    if (who.kind === 'person' && who.mandateId) await setActing(tx, made.sessionId, who.mandateId)
    return made.token
  })
  const actor = await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` })
  return { name, kind: who.kind, ...more, cookie: cookies(node, token), ctx: createCtx(node, { actor }) }
}

const cookies = (node: Node, token: string | undefined): string => [`mc_csrf_${node.config.slug}=${csrfCookie}`, ...(token ? [`mc_session_${node.config.code.toLowerCase()}=${token}`] : [])].join('; ')

/** Who ended sessions, or began to act for somebody, sits there again as before; nobody falls asleep meanwhile. */
export async function sitDown(node: Node, seats: readonly Seat[]): Promise<void> {
  await node.db`UPDATE identity.session SET ended_at = NULL, last_seen_at = now(), mandate_id = NULL`
  for (const { acts, ctx } of seats) if (acts && ctx.actor.kind === 'person') await node.db`UPDATE identity.session SET mandate_id = ${acts.mandateId} WHERE id = ${ctx.actor.sessionId}`
}

/** By the declared right alone: who gets past the door. */
export function atTheDoor({ declared: access, path }: { declared: Access; path: string }, seat: Seat): 'open' | 'log-in' | 'forbidden' | 'unproved' {
  if (access === 'public') return 'open'
  if (access === 'node') return 'unproved'
  if (isPersonal({ declared: access })) {
    if (seat.kind !== 'person') return 'log-in'
    const lacking = (seat.lacks === 'terms' && path !== '/tai-khoan/dieu-khoan') || (seat.lacks === 'strength' && access !== 'person')
    if (!lacking) return 'open'
    // A program cannot read the terms; it is told to whom they are to be shown.
    return seat.lacks === 'terms' && path.startsWith('/api/') ? 'forbidden' : 'log-in'
  }
  if (seat.kind !== 'officer') return 'log-in'
  const permission = typeof access === 'object' && 'permission' in access ? access.permission : undefined
  if (permission && !holdersOf(permission).includes(seat.role!)) return 'forbidden'
  return seat.lacks === 'token' ? 'forbidden' : 'open'
}

