import type { Db, Tx } from '../../../platform/db.ts'

/** An opinion asked of another agency ("lấy ý kiến phối hợp"). `askedBy` and `answeredBy`: actor keys. */
export interface Consultation {
  id: string
  /** At the asking node. */
  dossierId: string
  dossierCode: string
  procedureCode: string
  askingAgency: string
  askedAgency: string
  question: string
  dueAt: Date
  askedAt: Date
  askedBy: string
  answer: string | null
  answeredAt: Date | null
}
export interface ConsultationFile { id: string; side: 'question' | 'answer'; fileId: string; fileName: string; mimeType: string; /** Bytes. */ size: number }

const columns = (db: Db) => db`id, dossier_id AS "dossierId", dossier_code AS "dossierCode", procedure_code AS "procedureCode", asking_agency AS "askingAgency", asked_agency AS "askedAgency", question, due_at AS "dueAt", asked_at AS "askedAt", asked_by AS "askedBy", answer, answered_at AS "answeredAt"`

export async function insertConsultation(tx: Tx, c: Omit<Consultation, 'answer' | 'answeredAt'>, files: readonly ConsultationFile[]): Promise<void> {
  await tx`INSERT INTO dossiers.consultation (id, dossier_id, dossier_code, procedure_code, asking_agency, asked_agency, question, due_at, asked_at, asked_by)
    VALUES (${c.id}, ${c.dossierId}, ${c.dossierCode}, ${c.procedureCode}, ${c.askingAgency}, ${c.askedAgency}, ${c.question}, ${c.dueAt}, ${c.askedAt}, ${c.askedBy}) ON CONFLICT (id) DO NOTHING`
  await addConsultationFiles(tx, c.id, files)
}

async function addConsultationFiles(tx: Tx, id: string, files: readonly ConsultationFile[]): Promise<void> {
  for (const f of files) await tx`INSERT INTO dossiers.consultation_file (id, consultation_id, side, file_id, file_name, mime_type, size) VALUES (${f.id}, ${id}, ${f.side}, ${f.fileId}, ${f.fileName}, ${f.mimeType}, ${f.size}) ON CONFLICT (id) DO NOTHING`
}

export async function findConsultation(db: Db, id: string): Promise<Consultation | undefined> {
  const [row] = await db<Consultation[]>`SELECT ${columns(db)} FROM dossiers.consultation WHERE id = ${id}`
  return row
}

export async function lockConsultation(tx: Tx, id: string): Promise<Consultation | undefined> {
  const [row] = await tx<Consultation[]>`SELECT ${columns(tx)} FROM dossiers.consultation WHERE id = ${id} FOR UPDATE`
  return row
}

export async function saveAnswer(tx: Tx, id: string, a: { answer: string; at: Date; by: string }, files: readonly ConsultationFile[]): Promise<void> {
  await tx`UPDATE dossiers.consultation SET answer = ${a.answer}, answered_at = ${a.at}, answered_by = ${a.by} WHERE id = ${id}`
  await addConsultationFiles(tx, id, files)
}

/** True for the first that finds it open and not yet reminded of. */
export async function markReminded(tx: Tx, id: string, at: Date): Promise<boolean> {
  return (await tx`UPDATE dossiers.consultation SET reminded_at = ${at} WHERE id = ${id} AND answered_at IS NULL AND reminded_at IS NULL RETURNING id`).length > 0
}

export async function listConsultations(db: Db, dossierId: string): Promise<Consultation[]> {
  return await db<Consultation[]>`SELECT ${columns(db)} FROM dossiers.consultation WHERE dossier_id = ${dossierId} ORDER BY asked_at`
}

/** Asked of an agency: what is open first, the next due on top; then what was answered last. */
export async function listAsked(db: Db, agencyCode: string, limit: number): Promise<Consultation[]> {
  const open = await db<Consultation[]>`SELECT ${columns(db)} FROM dossiers.consultation WHERE asked_agency = ${agencyCode} AND answered_at IS NULL ORDER BY due_at LIMIT ${limit}`
  return [...open, ...(open.length < limit ? await db<Consultation[]>`SELECT ${columns(db)} FROM dossiers.consultation WHERE asked_agency = ${agencyCode} AND answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT ${limit - open.length}` : [])]
}

export async function listConsultationFiles(db: Db, ids: readonly string[]): Promise<(ConsultationFile & { consultationId: string })[]> {
  return ids.length === 0 ? [] : await db<(ConsultationFile & { consultationId: string })[]>`SELECT id, consultation_id AS "consultationId", side, file_id AS "fileId", file_name AS "fileName", mime_type AS "mimeType", size FROM dossiers.consultation_file WHERE consultation_id = ANY(${[...ids]}) ORDER BY id`
}

/** An internal note, or a thing to do; only its dossier's officers see it. */
export interface Note { id: string; kind: 'note' | 'task'; text: string; dueOn: string | null; writtenAt: Date; writtenBy: string; doneAt: Date | null }

export async function insertNote(tx: Tx, dossierId: string, n: Omit<Note, 'doneAt'>): Promise<void> {
  await tx`INSERT INTO dossiers.note (id, dossier_id, kind, text, due_on, written_at, written_by) VALUES (${n.id}, ${dossierId}, ${n.kind}, ${n.text}, ${n.dueOn}, ${n.writtenAt}, ${n.writtenBy})`
}

export async function listNotes(db: Db, dossierId: string): Promise<Note[]> {
  return await db<Note[]>`SELECT id, kind, text, due_on::text AS "dueOn", written_at AS "writtenAt", written_by AS "writtenBy", done_at AS "doneAt" FROM dossiers.note WHERE dossier_id = ${dossierId} ORDER BY written_at`
}

/** False where there is no such open thing to do on this dossier. */
export async function markNoteDone(tx: Tx, dossierId: string, id: string, at: Date, by: string): Promise<boolean> {
  return (await tx`UPDATE dossiers.note SET done_at = ${at}, done_by = ${by} WHERE id = ${id} AND dossier_id = ${dossierId} AND kind = 'task' AND done_at IS NULL RETURNING id`).length > 0
}
