import type { Sql } from '../src/platform/db.ts'

export interface Filled { dossiers: number; seconds: number; bytes: number }

const answersText = JSON.stringify({ ownerName: 'Nguyễn Văn Thử Nghiệm', ownerBirthDate: '1990-03-12', ownerSex: 'male', ownerId: '052090000011', phone: '0900000011', email: 'thunghiem11@example.com', ownerAddress: { province: '52', commune: '23575', street: 'Số 11, đường Thử Nghiệm' }, businessName: 'Tạp hóa Thử Nghiệm', businessAddress: { province: '52', commune: '23575', street: 'Số 11, đường Thử Nghiệm' }, industries: [{ code: '4711', name: 'Bán lẻ lương thực, thực phẩm, đồ uống trong các cửa hàng kinh doanh tổng hợp' }], capital: 150_000_000, workers: 2, startDate: '2026-12-01', founder: 'individual', taxMethod: 'declaration', declaration: true, filler: 'x'.repeat(300) })
const chunk = 100_000

/** Eight procedures that a commune decides, the more frequent ones several times. */
const procedures = ['1.001612', '1.001193', '1.001193', '1.000656', '1.000894', '1.004873', '2.000815', '1.013225']
const oneProcedure = ['1.001612']

/**
 * Brings the database to so many dossiers, finished ones of the last two years, fast: set-based inserts, about 20 columns and 1 kB of answers each.
 * `open`: one of so many is not finished but stands somewhere on its way, filed in the last two weeks, and the procedures are several.
 */
export async function fillDossiers(owner: Sql, wanted: number, say: (text: string) => void, { open = 0 } = {}): Promise<Filled> {
  const begun = performance.now()
  const before = (await owner<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.dossier`)[0]!.n
  for (let from = before; from < wanted; from += chunk) {
    const to = Math.min(wanted, from + chunk)
    await owner`
      WITH made AS (
        INSERT INTO dossiers.dossier (id, reference, code, filing_key, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, state, return_way, owner_node, owner_subject, limit_value, limit_unit, submitted_at, received_at, promised_at, due_at, finished_at, returned_at, event_seq)
        SELECT gen_random_uuid(), 'MC-' || upper(substr(md5(g::text), 1, 5)) || '-' || lpad(g::text, 8, '0'), 'H21.' || (101 + g % 135) || '-' || to_char(timestamp '2024-11-01' + (g % 700) * interval '1 day', 'YYMMDD') || '-' || lpad((g / 94500 + 1)::text, 4, '0') || lpad((g % 1000)::text, 3, '0'),
          'fill:' || g, (${open > 0 ? procedures : oneProcedure}::text[])[1 + h / 64 % ${open > 0 ? procedures.length : 1}], 1, 'H21', 'H21', 'H21.' || (101 + g % 135), '23575', CASE WHEN ${open} = 0 OR h % 10 < 7 THEN 'online' WHEN h % 10 < 9 THEN 'desk' ELSE 'post' END, state, 'online', 'H21', md5(g::text), 3, 'working-day',
          at, CASE WHEN state NOT IN ('new') THEN at + interval '2 hours' END, at + days, CASE WHEN state NOT IN ('new') THEN at + days END, CASE WHEN state IN ('finished', 'returned') THEN at + interval '2 days' END, CASE WHEN state = 'returned' THEN at + interval '2 days 1 hour' END, 6
        FROM generate_series(${from}::int, ${to - 1}::int) AS g, LATERAL (SELECT abs(hashint4(g)::bigint) AS h) AS r, LATERAL (
          SELECT CASE WHEN ${open} > 0 AND h % greatest(${open}, 1) = 0 THEN (ARRAY['new', 'new', 'received', 'received', 'in-progress', 'in-progress', 'in-progress', 'in-progress', 'supplement-required', 'payment-required', 'withdrawal-requested', 'finished'])[1 + h / 1000 % 12] ELSE 'returned' END AS state) AS s, LATERAL (
          SELECT CASE WHEN state = 'returned' THEN timestamp '2024-11-01' + (g % 700) * interval '1 day' + (g % 36000) * interval '1 second' ELSE now() - (1 + h / 77 % 20000) * interval '1 minute' END AS at, CASE WHEN state = 'returned' THEN interval '3 days' ELSE (2 + h / 13 % 19) * interval '1 day' END AS days) AS t
        ON CONFLICT DO NOTHING RETURNING id)
      INSERT INTO dossiers.content (dossier_id, form_key, form_version, answers, applicant)
      SELECT id, 'household-business', 1, ${answersText}::text::jsonb, '{"name":"Nguyễn Văn Thử Nghiệm","idNumber":"052090000011"}' FROM made`
    say(`filled ${to.toLocaleString('en')} of ${wanted.toLocaleString('en')} dossiers`)
  }
  await owner`VACUUM (ANALYZE) dossiers.dossier`
  await owner`VACUUM (ANALYZE) dossiers.content`
  const [row] = await owner<{ n: number; bytes: number }[]>`SELECT (SELECT count(*)::int FROM dossiers.dossier) AS n, pg_database_size(current_database()) AS bytes`
  return { dossiers: row!.n, seconds: (performance.now() - begun) / 1000, bytes: row!.bytes }
}
