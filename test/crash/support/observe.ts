import { listFollowers } from '../../../src/modules/ledger/index.ts'
import { recount, type Difference } from '../../../src/modules/quality/index.ts'
import type { Db } from '../../../src/platform/db.ts'
import type { BoxMessage } from '../../../src/stand-ins/message-box.ts'

export interface DossierRow { id: string; reference: string; filingKey: string | null; nodeCode: string; originNode: string; agencyCode: string; state: string; code: string | null; eventSeq: number }
export interface EventRow { position: number; type: string; subject: string; seq: number | null; documentId: string | null }
export interface OutboxRow { id: string; toNode: string; state: string; subject: string }
export interface InboxRow { id: string; sender: string; state: string; subject: string }

/** All that is looked at in one node when it has come to rest. */
export interface NodeFacts {
  dossiers: DossierRow[]
  /** In ledger order. */
  events: EventRow[]
  outbox: OutboxRow[]
  inbox: InboxRow[]
  /** Papers with a key, by that key. */
  documents: { id: string; key: string; subject: string; kind: string }[]
  instances: { subject: string }[]
  runningNumbers: { series: string; last: number }[]
  messages: { id: string; key: string; state: string }[]
  figures: Difference[]
  /** Names of what still waits or stands still. */
  unfinished: string[]
}

/** Everything about a country after the kills: its two nodes, and what people got on their telephones. */
export interface CountryFacts { national: NodeFacts; province: NodeFacts; gateway: BoxMessage[] }

export async function observeNode(db: Db, now = new Date()): Promise<NodeFacts> {
  return {
    dossiers: [...await db<DossierRow[]>`SELECT id, reference, filing_key AS "filingKey", node_code AS "nodeCode", origin_node AS "originNode", agency_code AS "agencyCode", state, code, event_seq AS "eventSeq" FROM dossiers.dossier ORDER BY id`],
    events: [...await db<EventRow[]>`SELECT id AS position, type, subject, (data->>'seq')::int AS seq, data->>'documentId' AS "documentId" FROM ledger.event WHERE type LIKE 'dossier.%' ORDER BY xid, id`],
    outbox: [...await db<OutboxRow[]>`SELECT id, to_node AS "toNode", state, subject FROM exchange.outbox WHERE service LIKE 'dossier.%'`],
    inbox: [...await db<InboxRow[]>`SELECT id, sender, state, subject FROM exchange.inbox WHERE service LIKE 'dossier.%'`],
    documents: [...await db<{ id: string; key: string; subject: string; kind: string }[]>`SELECT id, key, subject, kind FROM documents.document WHERE key IS NOT NULL`],
    instances: [...await db<{ subject: string }[]>`SELECT subject FROM process.instance`],
    runningNumbers: [...await db<{ series: string; last: number }[]>`SELECT series, last FROM dossiers.running_number`],
    messages: [...await db<{ id: string; key: string; state: string }[]>`SELECT id, key, state FROM notifications.message WHERE channel = 'sms'`],
    figures: (await recount(db, now)).differences,
    unfinished: await unfinished(db),
  }
}

/** Names of what a node has still to do; empty when it is at rest. */
export async function unfinished(db: Db): Promise<string[]> {
  const behind = (await listFollowers(db)).filter((f) => f.behind > 0).map((f) => `follower ${f.name} is ${f.behind} events behind${f.lastError ? ` (${f.lastError})` : ''}`)
  const queues = await db<{ what: string; n: number; last: string | null }[]>`
    SELECT 'jobs of ' || queue AS what, count(*)::int AS n, max(last_error) AS last FROM platform.job WHERE queue LIKE 'dossiers.%' OR queue LIKE 'notifications.%' GROUP BY queue
    UNION ALL SELECT state || ' messages to ' || to_node, count(*)::int, max(last_code) FROM exchange.outbox WHERE state <> 'delivered' AND service LIKE 'dossier.%' GROUP BY state, to_node`
  return [...behind, ...queues.map((q) => `${q.n} ${q.what}${q.last ? ` (${q.last})` : ''}`)]
}
