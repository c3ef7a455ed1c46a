import type { Tx } from '../../../src/platform/db.ts'
import type { CrashNode } from './crash-country.ts'
import type { Promised } from './find-damage.ts'
import type { CountryFacts } from './observe.ts'

interface InDatabase { expected: string; at: CrashNode; harm(tx: Tx, sample: Sample): Promise<unknown> }
interface InFacts { expected: string; harm(facts: CountryFacts, promised: Promised): { facts?: CountryFacts; promised?: Promised } }

/** Dossiers to be harmed: one that waits at the province, one that was accepted there. */
export interface Sample { waiting: string; accepted: string }

/** Each kind of damage, done on purpose as the owner of the tables; the checks have to call it by its name. */
export const databaseDamages: readonly InDatabase[] = [
  { expected: 'filing-lost', at: 'province', harm: (tx, s) => tx`DELETE FROM dossiers.dossier WHERE id = ${s.waiting}` },
  { expected: 'filing-lost-at-origin', at: 'national', harm: (tx) => tx`UPDATE dossiers.dossier SET filing_key = NULL WHERE id = (SELECT id FROM dossiers.dossier WHERE filing_key LIKE 'api:%' LIMIT 1)` },
  { expected: 'filing-unknown', at: 'province', harm: (tx, s) => tx`
    INSERT INTO dossiers.dossier SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'reference', 'MC-22222-22222', 'filing_key', 'exchange:again'))).* FROM dossiers.dossier d WHERE id = ${s.waiting}` },
  { expected: 'mirror-missing', at: 'national', harm: (tx, s) => tx`DELETE FROM dossiers.dossier WHERE id = ${s.accepted}` },
  { expected: 'mirror-differs', at: 'national', harm: (tx, s) => tx`UPDATE dossiers.dossier SET state = 'new' WHERE id = ${s.accepted}` },
  { expected: 'submission-event-doubled', at: 'national', harm: (tx, s) => tx`INSERT INTO ledger.event (at, type, subject, actor, data) SELECT at, type, subject, actor, data FROM ledger.event WHERE subject = ${s.waiting} AND type = 'dossier.submitted'` },
  { expected: 'submission-event-missing', at: 'province', harm: (tx, s) => tx`DELETE FROM ledger.event WHERE subject = ${s.waiting} AND type = 'dossier.submitted'` },
  { expected: 'events-out-of-order', at: 'national', harm: (tx, s) => tx`UPDATE ledger.event SET data = jsonb_set(data, '{seq}', to_jsonb(3 - (data->>'seq')::int)) WHERE subject = ${s.accepted} AND (data->>'seq')::int IN (1, 2)` },
  { expected: 'events-incomplete', at: 'province', harm: (tx, s) => tx`DELETE FROM ledger.event WHERE subject = ${s.accepted} AND (data->>'seq')::int = 2` },
  { expected: 'message-not-delivered', at: 'province', harm: (tx, s) => tx`UPDATE exchange.outbox SET state = 'queued' WHERE subject = ${s.waiting}` },
  { expected: 'work-left', at: 'province', harm: (tx, s) => tx`UPDATE exchange.outbox SET state = 'dead' WHERE subject = ${s.waiting}` },
  { expected: 'message-not-handled', at: 'national', harm: (tx, s) => tx`DELETE FROM exchange.inbox WHERE subject = ${s.waiting}` },
  { expected: 'message-never-sent', at: 'province', harm: (tx, s) => tx`DELETE FROM exchange.outbox WHERE subject = ${s.waiting}` },
  { expected: 'acceptance-lost', at: 'province', harm: (tx, s) => tx`UPDATE dossiers.dossier SET state = 'new', code = NULL WHERE id = ${s.accepted}` },
  { expected: 'codes-not-gapless', at: 'province', harm: (tx, s) => tx`UPDATE dossiers.dossier SET code = left(code, -4) || '9999' WHERE id = ${s.accepted}` },
  { expected: 'process-not-once', at: 'province', harm: (tx, s) => tx`UPDATE process.instance SET subject = gen_random_uuid() WHERE subject = ${s.accepted}` },
  { expected: 'slip-not-once', at: 'province', harm: (tx, s) => tx`
    INSERT INTO documents.document SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'key', 'slip:again'))).* FROM documents.document d WHERE subject = ${s.accepted} AND key LIKE 'slip:%'` },
  { expected: 'slip-copy-not-once', at: 'national', harm: (tx, s) => tx`DELETE FROM documents.document WHERE subject = ${s.accepted}` },
  { expected: 'figures-differ', at: 'national', harm: (tx) => tx`UPDATE quality.count SET n = n + 1 WHERE ctid = (SELECT ctid FROM quality.count WHERE n > 0 LIMIT 1)` },
  { expected: 'not-told', at: 'province', harm: (tx) => tx`UPDATE notifications.message SET state = 'failed' WHERE key LIKE 'sms:dossier-submitted:%'` },
]

export const factDamages: readonly InFacts[] = [
  { expected: 'told-twice', harm: (facts) => ({ facts: { ...facts, gateway: [...facts.gateway, facts.gateway.at(-1)!] } }) },
  { expected: 'told-twice', harm: (facts) => ({ facts: { ...facts, gateway: [...facts.gateway, { ...facts.gateway.at(-1)!, key: 'another', id: 'another' }] } }) },
  { expected: 'not-told', harm: (facts) => ({ facts: { ...facts, gateway: facts.gateway.slice(Math.ceil(facts.gateway.length / 2)) } }) },
  { expected: 'filings-merged', harm: (_facts, promised) => ({ promised: { ...promised, filed: [...promised.filed, { ...promised.filed[0]!, key: 'another' }] } }) },
  { expected: 'filing-lost', harm: (_facts, promised) => ({ promised: { ...promised, filed: [...promised.filed, { ...promised.filed[0]!, id: 'never', reference: 'MC-22222-22222' }] } }) },
]
