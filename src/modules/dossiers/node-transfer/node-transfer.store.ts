import type { Db, Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import type { Dossier } from '../dossier.ts'
import type { Content, Pause } from '../dossiers.store.ts'
import type { Extension } from '../clock/clock.store.ts'

export type TransferState = 'sent' | 'taken' | 'refused' | 'returned'
export interface NodeTransfer { id: string; dossierId: string; fromAgency: string; toAgency: string; reason: string; sentAt: Date; sentBy: string; state: TransferState; answeredAt: Date | null; answer: string | null }

const columns = (db: Db) => db`id, dossier_id AS "dossierId", from_agency AS "fromAgency", to_agency AS "toAgency", reason, sent_at AS "sentAt", sent_by AS "sentBy", state, answered_at AS "answeredAt", answer`

export async function insertNodeTransfer(tx: Tx, t: Omit<NodeTransfer, 'answer'>): Promise<void> {
  await tx`INSERT INTO dossiers.node_transfer (id, dossier_id, from_agency, to_agency, reason, sent_at, sent_by, state, answered_at) VALUES (${t.id}, ${t.dossierId}, ${t.fromAgency}, ${t.toAgency}, ${t.reason}, ${t.sentAt}, ${t.sentBy}, ${t.state}, ${t.answeredAt})`
}

export async function findNodeTransfer(db: Db, id: string): Promise<NodeTransfer | undefined> {
  const [row] = await db<NodeTransfer[]>`SELECT ${columns(db)} FROM dossiers.node_transfer WHERE id = ${id}`
  return row
}

export async function listOfDossier(db: Db, dossierId: string): Promise<NodeTransfer[]> {
  return await db<NodeTransfer[]>`SELECT ${columns(db)} FROM dossiers.node_transfer WHERE dossier_id = ${dossierId} ORDER BY sent_at, id`
}

/** The last one of a dossier. */
export async function findLastTransfer(db: Db, dossierId: string): Promise<NodeTransfer | undefined> {
  const [row] = await db<NodeTransfer[]>`SELECT ${columns(db)} FROM dossiers.node_transfer WHERE dossier_id = ${dossierId} ORDER BY sent_at DESC, id DESC LIMIT 1`
  return row
}

/** Transfers of this node’s agencies, the newest first. */
export async function listNodeTransfers(db: Db, limit: number): Promise<NodeTransfer[]> {
  return await db<NodeTransfer[]>`SELECT ${columns(db)} FROM dossiers.node_transfer ORDER BY sent_at DESC LIMIT ${limit}`
}

/** False where it was answered so before. */
export async function answerTransfer(tx: Tx, id: string, a: { from: TransferState; to: TransferState; at: Date; answer: string | null }): Promise<boolean> {
  return (await tx`UPDATE dossiers.node_transfer SET state = ${a.to}, answered_at = ${a.at}, answer = ${a.answer} WHERE id = ${id} AND state = ${a.from} RETURNING id`).length > 0
}

/** From now on the acts of that node move it. */
export async function setHandler(tx: Tx, dossierId: string, nodeCode: string, agencyCode: string): Promise<void> {
  await tx`UPDATE dossiers.dossier SET node_code = ${nodeCode}, agency_code = ${agencyCode} WHERE id = ${dossierId}`
}

/** A dossier as the node that had it says, new here or known as a mirror; whose account it is here is not its affair. */
export async function takeOver(tx: Tx, d: Dossier): Promise<void> {
  const options = d.clockOptions ? tx.json(d.clockOptions as never) : null
  await tx`
    INSERT INTO dossiers.dossier (id, reference, code, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, state, return_way, account_id, owner_node, owner_subject,
      limit_value, limit_unit, rule_set, clock_options, is_late, submitted_at, received_at, promised_at, due_at, supplements, event_seq)
    VALUES (${d.id}, ${d.reference}, ${d.code}, ${d.procedureCode}, ${d.procedureVersion}, ${d.nodeCode}, ${d.originNode}, ${d.agencyCode}, ${d.placeCode}, ${d.channel}, ${d.state}, ${d.returnWay}, ${d.accountId}, ${d.ownerNode}, ${d.ownerSubject},
      ${d.limitValue}, ${d.limitUnit}, ${d.ruleSet}, ${options}, ${d.isLate}, ${d.submittedAt}, ${d.receivedAt}, ${d.promisedAt}, ${d.dueAt}, ${d.supplements}, ${d.eventSeq})
    ON CONFLICT (id) DO UPDATE SET code = excluded.code, node_code = excluded.node_code, agency_code = excluded.agency_code, state = excluded.state, return_way = excluded.return_way, limit_value = excluded.limit_value,
      limit_unit = excluded.limit_unit, rule_set = excluded.rule_set, clock_options = excluded.clock_options, is_late = excluded.is_late, received_at = excluded.received_at, promised_at = excluded.promised_at,
      due_at = excluded.due_at, supplements = excluded.supplements, event_seq = excluded.event_seq`
}

export async function takeOverContent(tx: Tx, dossierId: string, c: Content): Promise<void> {
  await tx`
    INSERT INTO dossiers.content (dossier_id, form_key, form_version, answers, summary, applicant) VALUES (${dossierId}, ${c.formKey}, ${c.formVersion}, ${tx.json(c.answers as never)}, ${c.summary === null ? null : tx.json(c.summary as never)}, ${tx.json(c.applicant as never)})
    ON CONFLICT (dossier_id) DO UPDATE SET answers = excluded.answers, summary = excluded.summary, applicant = excluded.applicant`
}

export interface ClockPast { pauses: (Pause & { id: string })[]; extensions: (Extension & { extendedBy: string })[] }

export async function readClockPast(db: Db, dossierId: string): Promise<ClockPast> {
  const [pauses, extensions] = await Promise.all([
    db<ClockPast['pauses']>`SELECT id, reason, started_at AS "startedAt", ended_at AS "endedAt", due_before AS "dueBefore", due_after AS "dueAfter" FROM dossiers.pause WHERE dossier_id = ${dossierId}`,
    db<ClockPast['extensions']>`SELECT number, due_before AS "dueBefore", due_after AS "dueAfter", reason, extended_at AS "extendedAt", extended_by AS "extendedBy" FROM dossiers.extension WHERE dossier_id = ${dossierId}`,
  ])
  return { pauses: [...pauses], extensions: [...extensions] }
}

/** What stopped the clock and put off the date before, so that it is counted on from there. */
export async function takeOverClock(tx: Tx, dossierId: string, { pauses, extensions }: ClockPast): Promise<void> {
  for (const p of pauses) await tx`INSERT INTO dossiers.pause (id, dossier_id, reason, started_at, ended_at, due_before, due_after) VALUES (${p.id}, ${dossierId}, ${p.reason}, ${p.startedAt}, ${p.endedAt}, ${p.dueBefore}, ${p.dueAfter}) ON CONFLICT (id) DO NOTHING`
  for (const e of extensions) await tx`INSERT INTO dossiers.extension (dossier_id, number, due_before, due_after, reason, extended_at, extended_by) VALUES (${dossierId}, ${e.number}, ${e.dueBefore}, ${e.dueAfter}, ${e.reason}, ${e.extendedAt}, ${e.extendedBy}) ON CONFLICT DO NOTHING`
}

export interface TransferredFile { id: string; kind: 'attachment' | 'paper'; meta: Record<string, unknown>; fileId: string }

/** Which transfer of which node a file is of. */
export interface TransferOf { from: string; transferId: string }

export async function keepTransferFile(tx: Tx, { from, transferId }: TransferOf, f: TransferredFile & { size: number }, at: Date): Promise<void> {
  await tx`
    INSERT INTO dossiers.transfer_file (from_node, transfer_id, id, kind, meta, file_id, size, received_at) VALUES (${from}, ${transferId}, ${f.id}, ${f.kind}, ${tx.json(f.meta as never)}, ${f.fileId}, ${f.size}, ${at})
    ON CONFLICT DO NOTHING`
}

/** How many files and bytes wait of a node in all, and of this one of its transfers. */
export async function countTransferFiles(tx: Tx, { from, transferId }: TransferOf): Promise<{ files: number; bytes: number; ownFiles: number; ownBytes: number }> {
  const [row] = await tx<{ files: number; bytes: number; ownFiles: number; ownBytes: number }[]>`
    SELECT count(*)::int AS files, coalesce(sum(size), 0)::float8 AS bytes, count(*) FILTER (WHERE transfer_id = ${transferId})::int AS "ownFiles", coalesce(sum(size) FILTER (WHERE transfer_id = ${transferId}), 0)::float8 AS "ownBytes"
    FROM dossiers.transfer_file WHERE from_node = ${from}`
  return row!
}

/** What has arrived for a transfer; afterwards it is forgotten here. */
export async function takeTransferFiles(tx: Tx, { from, transferId }: TransferOf): Promise<TransferredFile[]> {
  return await tx<TransferredFile[]>`DELETE FROM dossiers.transfer_file WHERE from_node IN (${from}, '') AND transfer_id = ${transferId} RETURNING id, kind, meta, file_id AS "fileId"`
}

/** Returns how many there were. */
export async function forgetTransferFiles(db: Db, before: Date): Promise<number> {
  return (await db`DELETE FROM dossiers.transfer_file WHERE received_at < ${before}`).count
}

export async function keepEarly(tx: Tx, m: InboundMessage, at: Date): Promise<void> {
  await tx`INSERT INTO dossiers.early_message (id, dossier_id, from_node, service, payload, sent_at, received_at) VALUES (${m.id}, ${m.subject}, ${m.from}, ${m.service}, ${tx.json(m.payload as never)}, ${m.sentAt}, ${at}) ON CONFLICT DO NOTHING`
}

/** What is kept of a node, all dossiers together; the bytes as they are stored. */
export async function countEarly(tx: Tx, fromNode: string): Promise<{ messages: number; bytes: number }> {
  const [row] = await tx<{ messages: number; bytes: number }[]>`SELECT count(*)::int AS messages, coalesce(sum(pg_column_size(payload)), 0) AS bytes FROM dossiers.early_message WHERE from_node = ${fromNode}`
  return row!
}

/** Returns how many there were. */
export async function forgetEarly(db: Db, before: Date): Promise<number> {
  return (await db`DELETE FROM dossiers.early_message WHERE received_at < ${before}`).count
}

export async function takeEarly(tx: Tx, dossierId: string, fromNode: string): Promise<InboundMessage[]> {
  const rows = await tx<(InboundMessage & { n: Date })[]>`DELETE FROM dossiers.early_message WHERE dossier_id = ${dossierId} AND from_node = ${fromNode} RETURNING id, from_node AS "from", service, dossier_id AS subject, payload, sent_at AS "sentAt", received_at AS n`
  return rows.sort((a, b) => a.n.getTime() - b.n.getTime() || a.sentAt.getTime() - b.sentAt.getTime() || (a.id < b.id ? -1 : 1)).map(({ n: _, ...m }) => m)
}
