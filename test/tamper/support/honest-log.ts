import type { Sql, Tx } from '../../../src/platform/db.ts'
import type { Node } from '../../../src/platform/node.ts'
import { followOnce, growFrontier, leafHash, readEntries, readSubjects, sealLog, tileWidth } from '../../../src/modules/ledger/index.ts'
import { sequencer } from '../../../src/modules/ledger/log/sequence-events.ts'
import { appendCopies, findLog, saveCosigned, saveFrontier, saveKeys } from '../../../src/modules/witness/witness.store.ts'

export interface HonestLog { readonly events: number; readonly dossiers: number; /** Events between two checkpoints. */ readonly step: number }

/** Events of this many subjects are of the node's configuration. */
export const configurations = 40
export const dossierOf = (n: number): string => `0192f0c1-0000-7000-8000-${String(n).padStart(12, '0')}`
export const beginning = new Date('2026-11-01T01:00:00Z')

/**
 * A ledger of real-shaped events with its log, as a node and its witness would have them: each second so many events, after each a checkpoint that the witness sees a second later. `clock` is the node's.
 * @param say is told of the progress
 */
export async function makeHonestLog(node: Node, clock: { now: Date }, witness: Sql, { events, dossiers, step }: HonestLog, say: (done: number) => void = () => {}): Promise<void> {
  const { code } = node.config
  await saveKeys(witness, code, { logKey: 'x', witnessKey: 'x', now: beginning })
  const follower = sequencer(node)
  for (let from = 0; from < events; from += step) {
    const to = Math.min(events, from + step)
    const at = new Date(beginning.getTime() + (from / step) * 60_000)
    await node.db`
      INSERT INTO ledger.event (at, type, subject, actor, data)
      SELECT ${at}::timestamptz + make_interval(secs => (n - ${from}) * 30.0 / ${step}), CASE WHEN n % 97 = 0 THEN 'calendar.changed' ELSE (ARRAY['dossier.submitted', 'dossier.accepted', 'task.done', 'dossier.finished'])[1 + (n / ${dossiers}) % 4] END,
        CASE WHEN n % 97 = 0 THEN 'configuration-' || (n / 97) % ${configurations} ELSE '0192f0c1-0000-7000-8000-' || lpad((n % ${dossiers})::text, 12, '0') END, 'officer:0192f0c1-1111-7111-8111-' || lpad((n % 40)::text, 12, '0'),
        jsonb_build_object('reference', 'H21-2026-' || n, 'due', '2026-12-01T10:00:00Z', 'agency', 'H21.34', 'procedure', '1.001612', 'fee', n)
      FROM generate_series(${from}::int, ${to - 1}::int) AS n ORDER BY n`
    while ((await followOnce(node, follower)) !== 0);
    clock.now = new Date(at.getTime() + 45_000)
    const sealed = await sealLog(node)
    await copy(node, witness, to)
    await witness.begin((tx) => saveCosigned(tx as Tx, code, { size: sealed.size, root: sealed.root, note: sealed.note, at: new Date(clock.now.getTime() + 1000) }))
    say(to)
  }
}

/** What the witness keeps of the entries up to `size`. */
async function copy(node: Node, witness: Sql, size: number): Promise<void> {
  const { code } = node.config
  const { frontier } = (await findLog(witness, code))!
  const range = { start: frontier.size, end: size }
  const [hashes, subjects] = [await readEntries(node.db, range), await readSubjects(node.db, range)]
  await witness.begin(async (transaction) => {
    const tx = transaction as Tx
    for (let at = 0; at < hashes.length;) {
      const place = range.start + at
      const end = Math.min(hashes.length, at + tileWidth - (place % tileWidth))
      await appendCopies(tx, code, Math.floor(place / tileWidth), Buffer.concat(hashes.slice(at, end)), subjects.slice(at, end))
      at = end
    }
    await saveFrontier(tx, code, growFrontier(frontier, hashes.map(leafHash)))
  })
}
