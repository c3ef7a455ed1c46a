import type { Db, Tx } from '../../../platform/db.ts'
import { randomToken } from '../../../platform/ids.ts'
import type { Mandate, MandateState } from './mandate.ts'

const columns = (db: Db) => db`
  m.id, m.kind, m.acting_account_id AS "actingAccountId", m.represented_account_id AS "representedAccountId", m.organisation_id AS "organisationId", m.ward_id AS "wardId",
  m.offered_by AS "offeredBy", m.offered_account_id AS "offeredAccountId", m.invited_id_number AS "invitedIdNumber", m.invited_name AS "invitedName", m.relation, m.scope, m.scope_codes AS "scopeCodes", m.rights,
  m.starts_at AS "startsAt", m.expires_at AS "expiresAt", m.lapses_at AS "lapsesAt", m.state, m.offered_at AS "offeredAt",
  m.acting_confirmed_at AS "actingConfirmedAt", m.represented_confirmed_at AS "representedConfirmedAt", m.paper, m.ended_at AS "endedAt"`

/** A mandate with the names that both sides may read, and which side the reader is on. */
export interface MandateSeen extends Mandate {
  /** Empty while an invited person has not accepted: then only what the offering side typed is known. */
  actingName: string | null
  representedName: string | null
  taxCode: string | null
  side: 'acting' | 'represented'
}

/**
 * Mandates that concern an account: given, received, offered to its id number under its name, and those of the organisations that it
 * represents by law. `id` narrows to one; another person's is not found.
 */
export async function listMandatesOf(db: Db, accountId: string, id?: string): Promise<MandateSeen[]> {
  return await db<MandateSeen[]>`
    SELECT ${columns(db)}, coalesce(act.full_name, CASE WHEN m.offered_by = 'represented' THEN m.invited_name END) AS "actingName",
      coalesce(rep.full_name, o.name, w.full_name, CASE WHEN m.offered_by = 'acting' THEN m.invited_name END) AS "representedName", o.tax_code AS "taxCode",
      CASE WHEN m.acting_account_id = me.id OR (m.acting_account_id IS NULL AND m.offered_by = 'represented' AND m.offered_account_id <> me.id
        AND NOT EXISTS (SELECT 1 FROM identity.mandate r WHERE r.organisation_id = m.organisation_id AND r.kind = 'representative' AND r.state = 'accepted' AND r.acting_account_id = me.id)) THEN 'acting' ELSE 'represented' END AS side
    FROM identity.account me JOIN identity.mandate m ON (
      m.acting_account_id = me.id OR m.represented_account_id = me.id OR (m.offered_account_id = me.id AND m.organisation_id IS NULL)
      OR (m.state = 'offered' AND m.invited_id_number = me.id_number AND m.offered_account_id <> me.id AND platform.plain(m.invited_name) = platform.plain(me.full_name))
      OR (m.ward_id IN (SELECT w.id FROM identity.ward w WHERE w.id_number = me.id_number))
      OR (m.organisation_id IN (SELECT r.organisation_id FROM identity.mandate r WHERE r.kind = 'representative' AND r.state = 'accepted' AND r.acting_account_id = me.id)))
    LEFT JOIN identity.account act ON act.id = m.acting_account_id
    LEFT JOIN identity.account rep ON rep.id = m.represented_account_id
    LEFT JOIN identity.organisation o ON o.id = m.organisation_id
    LEFT JOIN identity.ward w ON w.id = m.ward_id
    WHERE me.id = ${accountId} ${id === undefined ? db`` : db`AND m.id = ${id}`}
    ORDER BY m.offered_at DESC LIMIT 500`
}

/** Locks a mandate for an act: of two acts at once the second sees what the first did. */
export async function lockMandate(tx: Tx, id: string): Promise<Mandate | undefined> {
  const [row] = await tx<Mandate[]>`SELECT ${columns(tx)} FROM identity.mandate m WHERE m.id = ${id} FOR UPDATE`
  return row
}

export async function findMandate(db: Db, id: string): Promise<Mandate | undefined> {
  const [row] = await db<Mandate[]>`SELECT ${columns(db)} FROM identity.mandate m WHERE m.id = ${id}`
  return row
}

export async function insertMandate(tx: Tx, m: Mandate): Promise<void> {
  await tx`INSERT INTO identity.mandate ${tx({
    id: m.id, kind: m.kind, acting_account_id: m.actingAccountId, represented_account_id: m.representedAccountId, organisation_id: m.organisationId, ward_id: m.wardId, offered_by: m.offeredBy, offered_account_id: m.offeredAccountId,
    invited_id_number: m.invitedIdNumber, invited_name: m.invitedName, relation: m.relation, scope: m.scope, scope_codes: m.scopeCodes, rights: m.rights, starts_at: m.startsAt, expires_at: m.expiresAt, lapses_at: m.lapsesAt,
    state: m.state, offered_at: m.offeredAt, acting_confirmed_at: m.actingConfirmedAt, represented_confirmed_at: m.representedConfirmedAt, paper: m.paper, ended_at: m.endedAt,
  })}`
}

/** The invited side is known now, and both have said yes. */
export async function saveAcceptance(tx: Tx, m: Pick<Mandate, 'id' | 'actingAccountId' | 'representedAccountId'>, at: Date): Promise<void> {
  await tx`
    UPDATE identity.mandate SET state = 'accepted', acting_account_id = ${m.actingAccountId}, represented_account_id = ${m.representedAccountId},
      acting_confirmed_at = coalesce(acting_confirmed_at, ${at}), represented_confirmed_at = coalesce(represented_confirmed_at, ${at}) WHERE id = ${m.id}`
}

export async function savePaper(tx: Tx, id: string, paper: string, officerId: string, at: Date): Promise<void> {
  await tx`UPDATE identity.mandate SET state = 'accepted', paper = ${paper}, paper_confirmed_by = ${officerId}, represented_confirmed_at = ${at} WHERE id = ${id}`
}

export async function saveEnd(tx: Tx, id: string, state: MandateState, at: Date): Promise<void> {
  await tx`UPDATE identity.mandate SET state = ${state}, ended_at = ${at} WHERE id = ${id}`
}

/** Mandates and offers that are over by the clock and not yet noted so, locked. */
export async function lockOverdue(tx: Tx, now: Date): Promise<Mandate[]> {
  return await tx<Mandate[]>`
    SELECT ${columns(tx)} FROM identity.mandate m WHERE state IN ('offered', 'awaiting-paper', 'accepted') AND (expires_at <= ${now} OR (state <> 'accepted' AND lapses_at <= ${now}))
    ORDER BY expires_at LIMIT 500 FOR UPDATE SKIP LOCKED`
}

export interface WaitingPaper extends Mandate { actingName: string; actingIdNumber: string; wardName: string; wardIdNumber: string; wardBirthDate: string }

/** Parents and guardians whose relation the register does not have: an officer compares their paper. Oldest first. */
export async function listWaitingPapers(db: Db, now: Date, page: { limit: number; offset: number; id?: string }): Promise<WaitingPaper[]> {
  return await db<WaitingPaper[]>`
    SELECT ${columns(db)}, a.full_name AS "actingName", a.id_number AS "actingIdNumber", w.full_name AS "wardName", w.id_number AS "wardIdNumber", w.birth_date AS "wardBirthDate"
    FROM identity.mandate m JOIN identity.account a ON a.id = m.acting_account_id JOIN identity.ward w ON w.id = m.ward_id
    WHERE m.state = 'awaiting-paper' AND m.lapses_at > ${now} ${page.id === undefined ? db`` : db`AND m.id = ${page.id}`} ORDER BY m.offered_at LIMIT ${page.limit} OFFSET ${page.offset}`
}

export interface Ward { id: string; subject: string; fullName: string; birthDate: string }

/** The minor with this id number, kept at the first mandate. Name and birth date are the register's. */
export async function keepWard(tx: Tx, ward: { id: string; idNumber: string; fullName: string; birthDate: string }, now: Date): Promise<Ward> {
  await tx`INSERT INTO identity.ward (id, subject, id_number, full_name, birth_date, created_at) VALUES (${ward.id}, ${randomToken(18)}, ${ward.idNumber}, ${ward.fullName}, ${ward.birthDate}, ${now}) ON CONFLICT (id_number) DO NOTHING`
  const [row] = await tx<Ward[]>`SELECT id, subject, full_name AS "fullName", birth_date AS "birthDate" FROM identity.ward WHERE id_number = ${ward.idNumber}`
  return row!
}

/** Is there such a mandate already, offered or in force? */
export async function hasOpenTwin(tx: Tx, m: Mandate, now: Date): Promise<boolean> {
  const [row] = await tx`
    SELECT 1 FROM identity.mandate WHERE kind = ${m.kind} AND state IN ('offered', 'awaiting-paper', 'accepted') AND (expires_at IS NULL OR expires_at > ${now}) AND (state = 'accepted' OR lapses_at > ${now})
      AND offered_account_id = ${m.offeredAccountId} AND offered_by = ${m.offeredBy} AND invited_id_number IS NOT DISTINCT FROM ${m.invitedIdNumber} AND organisation_id IS NOT DISTINCT FROM ${m.organisationId} AND ward_id IS NOT DISTINCT FROM ${m.wardId}
      AND scope = ${m.scope} AND scope_codes = ${m.scopeCodes} AND rights = ${m.rights} LIMIT 1`
  return row !== undefined
}
