import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import type { Follower } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { makeDumps } from './make-dumps.ts'

export const dumpQueue = 'catalogue.dump'

/** Publications come in numbers: the files are made once they have come to rest. */
const restMs = 10 * 60_000
const dayMs = 24 * 3600_000

/** Files after publications, at the national node. */
export const dumpFollower: Follower = {
  name: 'catalogue.dumps', title: 'catalogue.openData.follower', types: ['catalogue.procedure_published'], patient: true,
  async handle(tx, events, node) {
    if (events.length > 0) await enqueue(tx, { queue: dumpQueue, payload: {}, runAt: new Date(node.now().getTime() + restMs), key: 'after publications' })
  },
}

/** Every night at two: what comes into force by the calendar alone changes the files too. */
export async function planNightlyDump(node: Node): Promise<void> {
  const ctx = systemCtx(node, dumpQueue)
  const today = new Date(`${civilDate(ctx.now)}T02:00:00+07:00`)
  const next = today > ctx.now ? today : new Date(today.getTime() + dayMs)
  await transact(ctx, (tx: Tx) => enqueue(tx, { queue: dumpQueue, payload: { nightly: true }, runAt: next, key: `night of ${civilDate(next)}` }))
}

export const dumpJob: JobHandler = async (node, payload) => {
  if (node.config.kind !== 'national') return
  if (payload.nightly) await planNightlyDump(node)
  await makeDumps(node)
}
