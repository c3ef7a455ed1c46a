import type { Sql } from '../src/platform/db.ts'

/** Who sits at a desk of the bench; `accountId` is the person whose dossiers are many. */
export interface Seated { accountId: string; subject: string; officers: readonly { id: string; agencyCode: string }[] }

/** Gives dossiers that are already there what the lists read: steps with units and officers, messages, payments, consultations, events, counts; a thousand of them one owner. Does nothing a second time. */
export async function fillDesk(owner: Sql, { accountId, subject, officers }: Seated, say: (text: string) => void): Promise<void> {
  const [before] = await owner<{ there: boolean }[]>`SELECT EXISTS (SELECT 1 FROM dossiers.message WHERE author = 'bench') AS there`
  if (before!.there) return
  const ids = officers.map((o) => o.id)
  const agencies = officers.map((o) => o.agencyCode)
  await owner`UPDATE dossiers.dossier SET account_id = ${accountId}, owner_subject = ${subject} WHERE id IN (SELECT id FROM dossiers.dossier TABLESAMPLE SYSTEM (2) LIMIT 1000)`
  await owner`
    INSERT INTO process.instance (id, definition_id, subject, agency_code, state, marking, started_at, procedure_code, sector_code, unit_id)
    SELECT gen_random_uuid(), (SELECT id FROM process.definition WHERE key = 'household-business' ORDER BY version DESC LIMIT 1), d.id::text, d.agency_code, CASE WHEN d.state IN ('supplement-required', 'payment-required') THEN 'paused' ELSE 'running' END,
      '{"waiting": [], "arrived": []}', d.received_at, d.procedure_code, NULL, (SELECT u.id FROM organisations.unit u WHERE u.agency_code = d.agency_code ORDER BY md5(d.id::text || u.id) LIMIT 1)
    FROM dossiers.dossier d WHERE d.received_at IS NOT NULL AND d.returned_at IS NULL`
  await owner`
    WITH seat AS (SELECT * FROM unnest(${ids}::uuid[], ${agencies}::text[]) AS s (id, agency))
    INSERT INTO process.task (id, instance_id, subject, element_id, name_vi, name_en, act, role, agency_code, assignee, created_at, due_at)
    SELECT gen_random_uuid(), i.id, i.subject, act, 'Thẩm định hồ sơ', 'Appraise', act, CASE act WHEN 'sign' THEN 'leader' WHEN 'return' THEN 'one-stop' ELSE 'specialist' END, i.agency_code,
      CASE WHEN hashtext(i.subject) % 3 <> 0 THEN (SELECT s.id::text FROM seat s WHERE s.agency = i.agency_code ORDER BY md5(s.id::text || i.subject) LIMIT 1) END, d.received_at, d.due_at - interval '4 hours'
    FROM process.instance i JOIN dossiers.dossier d ON d.id = i.subject::uuid, LATERAL (SELECT CASE WHEN d.state = 'finished' THEN 'return' ELSE (ARRAY['check', 'appraise', 'appraise', 'draft-result', 'review', 'sign'])[1 + abs(hashtext(i.subject)::bigint) % 6] END AS act) AS a`
  say('filled the steps')
  const open = owner`FROM dossiers.dossier d WHERE d.returned_at IS NULL AND d.state <> 'new'`
  await owner`INSERT INTO dossiers.message (id, dossier_id, side, author, body, sent_at) SELECT gen_random_uuid(), d.id, 'person', 'bench', 'Hồ sơ đã đến đâu?', d.received_at ${open} AND hashtext(d.id::text) % 20 = 0`
  await owner`INSERT INTO dossiers.payment_request (id, dossier_id, name, amount, basis, requested_at, requested_by) SELECT gen_random_uuid(), d.id, 'Lệ phí', 50000, 'Nghị quyết', d.received_at, 'bench' ${open} AND d.state = 'payment-required'`
  await owner`INSERT INTO dossiers.unplaced (dossier_id, since) SELECT id, submitted_at FROM dossiers.dossier WHERE state = 'new' AND returned_at IS NULL LIMIT 500`
  await owner`
    INSERT INTO dossiers.consultation (id, dossier_id, dossier_code, procedure_code, asking_agency, asked_agency, question, due_at, asked_at, asked_by, answer, answered_at)
    SELECT gen_random_uuid(), d.id, d.code, d.procedure_code, d.agency_code, ${agencies[0]!}, 'Đề nghị xác nhận.', d.due_at, d.received_at, 'bench', CASE WHEN d.finished_at IS NOT NULL THEN 'Đồng ý.' END, d.finished_at FROM dossiers.dossier d TABLESAMPLE SYSTEM (2) WHERE d.received_at IS NOT NULL`
  await owner`
    INSERT INTO dossiers.accountability (id, dossier_id, asking_node, request, asked_at, due_at, responsible_officer, answer, answered_at)
    SELECT gen_random_uuid(), d.id, 'H21', 'Vì sao trễ hẹn?', d.due_at, d.due_at + interval '15 days', ${ids[0]!}, CASE WHEN d.finished_at IS NOT NULL THEN 'Do quá tải.' END, d.finished_at FROM dossiers.dossier d TABLESAMPLE SYSTEM (2) WHERE d.due_at IS NOT NULL`
  await owner`INSERT INTO dossiers.late_explanation (id, dossier_id, due_at, reason, explained_at, explained_by) SELECT gen_random_uuid(), d.id, d.due_at, 'Quá tải', now(), 'bench' ${open} AND d.due_at < now() AND hashtext(d.id::text) % 2 = 0`
  await owner`INSERT INTO notifications.inbox_item (id, person_id, key, event, params, href, created_at) SELECT gen_random_uuid(), ${accountId}, 'bench:' || g, 'dossiers.received', '{"code": "H21.101-261101-0001", "at": "01/11/2026 08:00", "due": "04/11/2026 17:00", "procedure": "Đăng ký"}', '/ho-so', now() - g * interval '1 hour' FROM generate_series(1, 3000) AS g`
  say('filled what belongs to them')
  // The followers have seen these events: they count nothing twice.
  await owner.begin(async (tx) => {
    await tx`
      INSERT INTO ledger.event (at, type, subject, actor, data) SELECT d.received_at, 'dossier.accepted', d.id::text, ${`officer:${ids[0]!}`}, jsonb_build_object('node', d.node_code, 'origin', d.origin_node, 'agency', d.agency_code, 'procedure', d.procedure_code, 'version', 1, 'place', d.place_code, 'channel', d.channel,
        'state', d.state, 'reference', d.reference, 'code', d.code, 'submittedAt', d.submitted_at, 'receivedAt', d.received_at, 'promisedAt', d.promised_at, 'dueAt', d.due_at, 'pausedAt', NULL, 'finishedAt', d.finished_at, 'returnedAt', d.returned_at, 'supplements', 0, 'late', NULL, 'seq', 6)
      FROM dossiers.dossier d WHERE d.filing_key LIKE 'fill:%' AND d.received_at IS NOT NULL`
    await tx`UPDATE ledger.follower SET xid = pg_current_xact_id(), id = (SELECT max(id) FROM ledger.event)`
    await tx`
      INSERT INTO quality.dossier (id, seq, node, agency, procedure, place_in_count, due_at, clock_runs)
      SELECT id::text, 6, node_code, agency_code, procedure_code, CASE WHEN state = 'new' THEN 'waiting' WHEN finished_at IS NULL THEN CASE WHEN due_at < now() THEN 'overdue' ELSE 'running' END ELSE 'on-time' END, due_at, finished_at IS NULL AND due_at IS NOT NULL FROM dossiers.dossier WHERE filing_key LIKE 'fill:%' ON CONFLICT DO NOTHING`
    await tx`INSERT INTO quality.count (node, agency, procedure, place, n) SELECT node, agency, procedure, place_in_count, count(*) FROM quality.dossier GROUP BY 1, 2, 3, 4 ON CONFLICT (node, agency, procedure, place) DO UPDATE SET n = excluded.n`
  })
  say('filled events and counts')
  await owner`VACUUM (ANALYZE)`
}
