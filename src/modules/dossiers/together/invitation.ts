import type { Db, Tx } from '../../../platform/db.ts'
import { sha256 } from '../../../platform/ids.ts'
import type { Form } from '../../forms/index.ts'
import type { Draft } from '../drafts.store.ts'

export type InvitationState = 'open' | 'confirmed' | 'declined' | 'cancelled'

/** Somebody else who fills in and confirms a part of a draft ("người cùng khai"), known by number and name. */
export interface Invitation {
  id: string
  draftId: string
  idNumber: string
  name: string
  /** Page ids of the form. */
  pages: string[]
  invitedAt: Date
  state: InvitationState
  decidedAt: Date | null
  partHash: string | null
}

/** People beside the one who files. */
export const mostGuests = 5

const columns = (db: Db) => db`id, draft_id AS "draftId", id_number AS "idNumber", name, pages, invited_at AS "invitedAt", state, decided_at AS "decidedAt", part_hash AS "partHash"`

export async function listInvitations(db: Db, draftId: string): Promise<Invitation[]> {
  return await db<Invitation[]>`SELECT ${columns(db)} FROM dossiers.invitation WHERE draft_id = ${draftId} AND state <> 'cancelled' ORDER BY invited_at, id`
}

export async function findInvitation(db: Db, id: string): Promise<Invitation | undefined> {
  const [row] = await db<Invitation[]>`SELECT ${columns(db)} FROM dossiers.invitation WHERE id = ${id}`
  return row
}

/** Open ones of a person whose draft is still in preparation. */
export async function openInvitationsOf(db: Db, idNumber: string): Promise<(Invitation & { procedureCode: string })[]> {
  return await db<(Invitation & { procedureCode: string })[]>`
    SELECT i.id, i.draft_id AS "draftId", i.id_number AS "idNumber", i.name, i.pages, i.invited_at AS "invitedAt", i.state, i.decided_at AS "decidedAt", i.part_hash AS "partHash", d.procedure_code AS "procedureCode"
    FROM dossiers.invitation i JOIN dossiers.draft d ON d.id = i.draft_id WHERE i.id_number = ${idNumber} AND i.state = 'open' AND d.dossier_id IS NULL ORDER BY i.invited_at LIMIT 20`
}

export async function insertInvitation(tx: Tx, i: Pick<Invitation, 'id' | 'draftId' | 'idNumber' | 'name' | 'pages' | 'invitedAt'>): Promise<void> {
  await tx`INSERT INTO dossiers.invitation (id, draft_id, id_number, name, pages, invited_at, state) VALUES (${i.id}, ${i.draftId}, ${i.idNumber}, ${i.name}, ${tx.json(i.pages)}, ${i.invitedAt}, 'open')`
}

/** False when it was not in one of these states any more. */
export async function decideInvitation(tx: Tx, id: string, from: readonly InvitationState[], to: InvitationState, at: Date, partHash: string | null = null): Promise<boolean> {
  return (await tx`UPDATE dossiers.invitation SET state = ${to}, decided_at = ${at}, part_hash = ${partHash} WHERE id = ${id} AND state = ANY(${[...from]}) RETURNING id`).length > 0
}

/** What is confirmed: the answers of the pages as they stand. */
export function partHash(form: Form, pages: readonly string[], answers: Readonly<Record<string, unknown>>): string {
  const fields = form.definition.pages.filter((p) => pages.includes(p.id)).flatMap((p) => p.fields.map((f) => f.id))
  return sha256(JSON.stringify(fields.map((id) => [id, sorted(answers[id] ?? null)]))).toString('hex')
}

/** jsonb keeps no order of keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
}

/** Whether it holds: confirmed, and nothing in the part was changed since. */
export const isConfirmed = (i: Invitation, form: Form, draft: Pick<Draft, 'answers'>): boolean => i.state === 'confirmed' && i.partHash === partHash(form, i.pages, draft.answers)
