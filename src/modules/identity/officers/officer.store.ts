import type { Db, Tx } from '../../../platform/db.ts'
import { isId } from '../../../platform/ids.ts'
import type { Role } from '../roles.ts'

/** An officer or public employee — "cán bộ, công chức, viên chức". */
export interface Officer {
  id: string
  login: string
  name: string
  agencyCode: string
  unitId: string | null
  roles: Role[]
  state: 'active' | 'locked' | 'left'
}

export interface OfficerSecrets { id: string; passwordHash: string; totpSecret: string; state: Officer['state'] }

const columns = (db: Db) => db`o.id, o.login, o.name, o.agency_code AS "agencyCode", o.unit_id AS "unitId", o.state,
  ARRAY(SELECT DISTINCT g.role FROM identity.role_grant g WHERE g.officer_id = o.id AND g.revoked_at IS NULL ORDER BY g.role) AS roles`

/** Officers of an agency and of those below it (all of the node without one), by name. */
export async function listOfficers(db: Db, filter: { agencyCode?: string; role?: Role } = {}): Promise<Officer[]> {
  return db<Officer[]>`
    SELECT ${columns(db)} FROM identity.officer o WHERE o.state = 'active'
      ${filter.agencyCode ? db`AND (o.agency_code = ${filter.agencyCode} OR o.agency_code LIKE ${`${filter.agencyCode}.%`})` : db``}
      ${filter.role ? db`AND EXISTS (SELECT 1 FROM identity.role_grant g WHERE g.officer_id = o.id AND g.role = ${filter.role} AND g.revoked_at IS NULL)` : db``}
    ORDER BY o.name, o.login`
}

export async function findOfficer(db: Db, id: string): Promise<Officer | undefined> {
  const [row] = await db<Officer[]>`SELECT ${columns(db)} FROM identity.officer o WHERE o.id = ${id}`
  return row
}

/** Name for a paper or a page, by id or by the actor key of an event ('officer:<id>'); undefined for any other actor. */
export async function officerName(db: Db, idOrKey: string): Promise<string | undefined> {
  const id = idOrKey.replace(/^officer:/, '')
  if (!isId(id)) return undefined
  const [row] = await db<{ name: string }[]>`SELECT name FROM identity.officer WHERE id = ${id}`
  return row?.name
}

export async function findSecrets(db: Db, login: string): Promise<OfficerSecrets | undefined> {
  const [row] = await db<OfficerSecrets[]>`SELECT id, password_hash AS "passwordHash", totp_secret AS "totpSecret", state FROM identity.officer WHERE login = ${login.toLowerCase()}`
  return row
}

export async function findTotpSecret(db: Db, officerId: string): Promise<string | undefined> {
  const [row] = await db<{ sealed: string }[]>`SELECT totp_secret AS sealed FROM identity.officer WHERE id = ${officerId} AND state = 'active'`
  return row?.sealed
}

/** Takes a time step for good: false when it, or a later one, was taken before. One statement, so that two requests cannot both win. */
export async function takeTotpStep(tx: Tx, officerId: string, step: number): Promise<boolean> {
  const taken = await tx`UPDATE identity.officer SET totp_last_step = ${step} WHERE id = ${officerId} AND totp_last_step < ${step}`
  return taken.count > 0
}
