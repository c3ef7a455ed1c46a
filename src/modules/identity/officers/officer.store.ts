import type { Db, Tx } from '../../../platform/db.ts'
import { isId } from '../../../platform/ids.ts'
import type { Role } from '../roles.ts'

export const officerStates = ['new', 'active', 'locked', 'left'] as const
export type OfficerState = (typeof officerStates)[number]

/** An officer or public employee — "cán bộ, công chức, viên chức". */
export interface Officer {
  id: string
  login: string
  name: string
  agencyCode: string
  unitId: string | null
  /** Mail of the office. */
  email: string | null
  /** Held today. */
  roles: Role[]
  /** new: password and generator not set yet; locked: for a time; left: for good. */
  state: OfficerState
  stateReason: 'ordered' | 'unused' | null
  stateSince: Date
  lastLogInAt: Date | null
  createdAt: Date
}

export interface OfficerSecrets { id: string; passwordHash: string | null; totpSecret: string | null; state: OfficerState }

/** The day in Vietnam, for reads that have no clock of their own. */
const inForce = (db: Db) => db`g.revoked_at IS NULL AND g.valid_from <= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AND (g.valid_to IS NULL OR g.valid_to > (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)`

const columns = (db: Db) => db`o.id, o.login, o.name, o.agency_code AS "agencyCode", o.unit_id AS "unitId", o.email, o.state, o.state_reason AS "stateReason", o.state_since AS "stateSince",
  o.last_log_in_at AS "lastLogInAt", o.created_at AS "createdAt",
  ARRAY(SELECT DISTINCT g.role FROM identity.role_grant g WHERE g.officer_id = o.id AND ${inForce(db)} ORDER BY g.role) AS roles`

/** Officers of an agency and of those below it (all of the node without one), by name. */
export async function listOfficers(db: Db, filter: { agencyCode?: string; role?: Role } = {}): Promise<Officer[]> {
  return db<Officer[]>`
    SELECT ${columns(db)} FROM identity.officer o WHERE o.state = 'active'
      ${filter.agencyCode ? db`AND (o.agency_code = ${filter.agencyCode} OR o.agency_code LIKE ${`${filter.agencyCode}.%`})` : db``}
      ${filter.role ? db`AND EXISTS (SELECT 1 FROM identity.role_grant g WHERE g.officer_id = o.id AND g.role = ${filter.role} AND ${inForce(db)})` : db``}
    ORDER BY o.name, o.login`
}

export interface OfficerQuery {
  /** Agencies whose officers may be seen, each with those below it; undefined: all of the node. */
  within: readonly string[] | undefined
  q?: string
  agencyCode?: string
  unitId?: string
  role?: Role
  state?: OfficerState
  sort?: 'name' | 'login' | 'lastLogIn'
  limit: number
  offset: number
}

/** Officer `o` belongs to one of these agencies or one below; every officer where `within` is undefined, nobody where it is empty. */
export function officerWithin(db: Db, within: readonly string[] | undefined) {
  return within === undefined ? db`true` : db`EXISTS (SELECT 1 FROM unnest(${[...within]}::text[]) AS w (code) WHERE o.agency_code = w.code OR o.agency_code LIKE w.code || '.%')`
}

/** Every word occurs in name or log-in of officer `o`, diacritics aside. */
export function officerNamed(db: Db, q: string | undefined) {
  const words = (q ?? '').split(/\s+/).filter(Boolean).slice(0, 8).map((word) => word.replace(/[\\%_]/g, '\\$&'))
  return db`NOT EXISTS (SELECT 1 FROM unnest(${words}::text[]) AS w (word) WHERE platform.plain(o.name || ' ' || o.login) NOT LIKE '%' || platform.plain(w.word) || '%')`
}

/** One page of the officers that an administrator sees; words are looked for in name and log-in, diacritics aside. */
export async function searchOfficers(db: Db, query: OfficerQuery): Promise<{ rows: Officer[]; total: number }> {
  const below = (code: string) => db`(o.agency_code = ${code} OR o.agency_code LIKE ${`${code}.%`})`
  const where = db`true
    AND ${officerWithin(db, query.within)}
    ${query.agencyCode ? db`AND ${below(query.agencyCode)}` : db``}
    ${query.unitId ? db`AND o.unit_id = ${query.unitId}` : db``}
    ${query.state ? db`AND o.state = ${query.state}` : db``}
    ${query.role ? db`AND EXISTS (SELECT 1 FROM identity.role_grant g WHERE g.officer_id = o.id AND g.role = ${query.role} AND ${inForce(db)})` : db``}
    AND ${officerNamed(db, query.q)}`
  const order = query.sort === 'login' ? db`o.login` : query.sort === 'lastLogIn' ? db`o.last_log_in_at ASC NULLS FIRST, o.login` : db`o.name, o.login`
  const [rows, [count]] = await Promise.all([
    db<Officer[]>`SELECT ${columns(db)} FROM identity.officer o WHERE ${where} ORDER BY ${order} LIMIT ${query.limit} OFFSET ${query.offset}`,
    db<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.officer o WHERE ${where}`,
  ])
  return { rows, total: count!.n }
}

export async function findOfficer(db: Db, id: string): Promise<Officer | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<Officer[]>`SELECT ${columns(db)} FROM identity.officer o WHERE o.id = ${id}`
  return row
}

export async function findOfficerByLogin(db: Db, login: string): Promise<Officer | undefined> {
  const [row] = await db<Officer[]>`SELECT ${columns(db)} FROM identity.officer o WHERE o.login = ${login.toLowerCase()}`
  return row
}

/** Name for a paper or a page, by id or by the actor key of an event ('officer:<id>'); undefined for any other actor. */
export async function officerName(db: Db, idOrKey: string): Promise<string | undefined> {
  const id = idOrKey.replace(/^officer:/, '')
  if (!isId(id)) return undefined
  const [row] = await db<{ name: string }[]>`SELECT name FROM identity.officer WHERE id = ${id}`
  return row?.name
}

/** Names by id, for lists. */
export async function officerNames(db: Db, idsOrKeys: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(idsOrKeys.flatMap((key) => (key && isId(key.replace(/^officer:/, '')) ? [key.replace(/^officer:/, '')] : [])))]
  const rows = ids.length === 0 ? [] : await db<{ id: string; name: string }[]>`SELECT id, name FROM identity.officer WHERE id = ANY (${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.name]))
}

export async function findSecrets(db: Db, login: string): Promise<OfficerSecrets | undefined> {
  const [row] = await db<OfficerSecrets[]>`SELECT id, password_hash AS "passwordHash", totp_secret AS "totpSecret", state FROM identity.officer WHERE login = ${login.toLowerCase()}`
  return row
}

export async function findPasswordHash(db: Db, officerId: string): Promise<string | undefined> {
  const [row] = await db<{ hash: string | null }[]>`SELECT password_hash AS hash FROM identity.officer WHERE id = ${officerId}`
  return row?.hash ?? undefined
}

export async function findTotpSecret(db: Db, officerId: string): Promise<string | undefined> {
  const [row] = await db<{ sealed: string | null }[]>`SELECT totp_secret AS sealed FROM identity.officer WHERE id = ${officerId} AND state = 'active'`
  return row?.sealed ?? undefined
}

/** Takes a time step for good: false when it, or a later one, was taken before. One statement, so that two requests cannot both win. */
export async function takeTotpStep(tx: Tx, officerId: string, step: number): Promise<boolean> {
  const taken = await tx`UPDATE identity.officer SET totp_last_step = ${step} WHERE id = ${officerId} AND totp_last_step < ${step}`
  return taken.count > 0
}

/** Puts an officer's row under lock, so that acts on one account come one after the other. */
export async function lockOfficerRow(tx: Tx, id: string): Promise<void> {
  await tx`SELECT 1 FROM identity.officer WHERE id = ${id} FOR UPDATE`
}

/** The written reason of an act on an account; the ledger has the act. */
export async function keepNote(tx: Tx, officerId: string, at: Date, act: string, reason: string): Promise<void> {
  if (reason) await tx`INSERT INTO identity.officer_note (officer_id, at, act, reason) VALUES (${officerId}, ${at}, ${act}, ${reason}) ON CONFLICT DO NOTHING`
}

export async function notesOf(db: Db, officerId: string): Promise<{ at: Date; act: string; reason: string }[]> {
  return db<{ at: Date; act: string; reason: string }[]>`SELECT at, act, reason FROM identity.officer_note WHERE officer_id = ${officerId} ORDER BY at DESC LIMIT 500`
}
