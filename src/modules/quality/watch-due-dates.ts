import type { Tx } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import { Deltas } from './count-follower.ts'

const batch = 1000

/** Moves dossiers whose due date has passed from 'running' to 'overdue': lateness comes from the clock, not from an event. Returns how many. */
export async function markOverdue(node: Node): Promise<number> {
  const moved = await node.db.begin(async (transaction) => {
    const tx = transaction as Tx
    const rows = await tx<{ node: string; agency: string; procedure: string }[]>`
      UPDATE quality.dossier SET place_in_count = 'overdue' WHERE id IN (
        SELECT id FROM quality.dossier WHERE clock_runs AND place_in_count = 'running' AND due_at < ${node.now()} ORDER BY id LIMIT ${batch} FOR UPDATE SKIP LOCKED)
      RETURNING node, agency, procedure`
    const deltas = new Deltas()
    for (const row of rows) {
      deltas.add(row, 'running', -1)
      deltas.add(row, 'overdue', 1)
    }
    await deltas.write(tx)
    return rows.length
  }) as number
  if (moved > 0) node.nudge('quality')
  return moved
}

/** Looks every second. */
export function watchDueDates(node: Node): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => markOverdue(node)).catch((error: unknown) => node.log.error({ err: error }, 'due dates could not be watched'))
  }, 1000)
  return { async stop() { clearInterval(timer); await running } }
}
