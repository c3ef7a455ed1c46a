import { randomBytes } from 'node:crypto'
import type { Sql, Tx } from '../src/platform/db.ts'
import { newId } from '../src/platform/ids.ts'
import { Exhausted, type Unit } from './measure.ts'

const answers = { ownerName: 'Nguyễn Văn Thử Nghiệm', ownerId: '052090000011', businessName: 'Tạp hóa Thử Nghiệm', filler: 'x'.repeat(850) }
const facts = { node: 'H21', origin: 'H21', agency: 'H21.101', procedure: '1.001612', version: 1, place: '23575', channel: 'online', state: 'new', reference: 'MC-XXXXX-XXXXX', code: null, submittedAt: '2026-11-22T01:00:00.000Z', receivedAt: null, promisedAt: null, dueAt: null, pausedAt: null, finishedAt: null, returnedAt: null, supplements: 0, seq: 1 }

/** The writes of a filing as plain statements in a transaction: dossier, content, event, message. No checks, no rights, no HTTP. */
export function bareFiling(db: Sql): Unit {
  return async () => {
    const id = newId()
    const reference = `MC-${randomBytes(8).toString('hex')}`
    const now = new Date()
    await db.begin(async (transaction) => {
      const tx = transaction as Tx
      await tx`INSERT INTO dossiers.dossier (id, reference, filing_key, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, state, return_way, owner_node, owner_subject, limit_value, limit_unit, submitted_at) VALUES (${id}, ${reference}, ${`bare:${id}`}, '1.001612', 1, 'H21', 'H21', 'H21.101', '23575', 'online', 'new', 'online', 'H21', 'bench', 3, 'working-day', ${now})`
      await tx`INSERT INTO dossiers.content (dossier_id, form_key, form_version, answers, applicant) VALUES (${id}, 'household-business', 1, ${tx.json(answers)}, ${tx.json({ name: 'Nguyễn Văn Thử Nghiệm', idNumber: '052090000011' })})`
      // Types that no follower knows: the bare figures must not make work for the program.
      await tx`INSERT INTO ledger.event (at, type, subject, actor, data) VALUES (${now}, 'bench.bare', ${id}, 'bench', ${tx.json(facts)})`
      await tx`INSERT INTO platform.job (queue, key, payload, run_at) VALUES ('bench.bare', ${id}, ${tx.json(facts)}, ${now})`
    })
  }
}

export function bareLookUp(db: Sql, codes: readonly string[]): Unit {
  return async () => {
    const rows = await db`SELECT id, code, state, due_at, finished_at FROM dossiers.dossier WHERE code = ${codes[Math.floor(Math.random() * codes.length)]!}`
    if (rows.length !== 1) throw new Error('a code was not found')
  }
}

/** The reads and writes of one officer's step as plain statements: locks, task done, next task, marking, dossier, two events. */
export function bareStep(db: Sql): Unit {
  let instances: { id: string; definition_id: string }[] | undefined
  let dossiers: string[] = []
  return async (worker) => {
    instances ??= await db<{ id: string; definition_id: string }[]>`SELECT id, definition_id FROM process.instance LIMIT 500`
    if (dossiers.length === 0) dossiers = (await db<{ id: string }[]>`SELECT id FROM dossiers.dossier WHERE state = 'returned' LIMIT 2000`).map((d) => d.id)
    const instance = instances[(worker * 31 + Math.floor(Math.random() * 31)) % instances.length]
    if (!instance) throw new Exhausted()
    const dossier = dossiers[Math.floor(Math.random() * dossiers.length)]!
    const task = newId()
    const now = new Date()
    await db.begin(async (transaction) => {
      const tx = transaction as Tx
      await tx`SELECT * FROM dossiers.dossier WHERE id = ${dossier} FOR UPDATE`
      const [row] = await tx<{ marking: object }[]>`SELECT * FROM process.instance WHERE id = ${instance.id} FOR UPDATE`
      await tx`INSERT INTO process.task (id, instance_id, subject, element_id, name_vi, name_en, act, role, agency_code, outcomes, created_at, due_at) VALUES (${task}, ${instance.id}, ${dossier}, 'bench', 'bench', 'bench', 'bench', 'bench', 'H21.999', ${tx.json([])}, ${now}, ${now})`
      await tx`UPDATE process.task SET done_at = ${now}, done_by = 'bench' WHERE id = ${task}`
      await tx`UPDATE process.instance SET marking = ${tx.json(row!.marking as never)} WHERE id = ${instance.id}`
      await tx`UPDATE dossiers.dossier SET event_seq = event_seq WHERE id = ${dossier}`
      await tx`INSERT INTO ledger.event (at, type, subject, actor, data) VALUES (${now}, 'bench.bare', ${dossier}, 'bench', ${tx.json(facts)})`
      await tx`INSERT INTO ledger.event (at, type, subject, actor, data) VALUES (${now}, 'bench.bare', ${dossier}, 'bench', ${tx.json({ task })})`
    })
  }
}
