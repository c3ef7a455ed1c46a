import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import type { Portal } from '../../catalogue/index.ts'
import type { DossierFacts } from '../../dossiers/index.ts'
import { loadCodes, type Codes } from '../messages/code-lists.ts'
import { portalTime } from '../messages/portal-time.ts'
import { markCompared } from './connection.store.ts'
import { listToCompare, markDiffering, markSame } from './queue.store.ts'
import { portalOf } from './run-courier.ts'

export const compareQueue = 'national-portal.compare'

/** Dossiers asked about in one go, and by one night: those that were not compared for longest come first, so that every one has its turn. */
const helping = 100
const mostPerRun = 5000
const dayMs = 24 * 3_600_000

export interface Comparison { compared: number; same: number; absent: number; differing: number }

/**
 * Asks the portal (TraCuuHoSo) what it has of the dossiers that it was told, and tells again what it has not or has otherwise: state, day of receipt, promised day. What is on its way
 * is not compared. @throws {PortalAnswerError} where the portal cannot answer; what was compared until then stays
 */
export async function compareDossiers(ctx: Ctx, portal: Portal, most = mostPerRun): Promise<Comparison> {
  const { node, db } = ctx
  const begun = node.now()
  const codes = await loadCodes(db, begun)
  const result: Comparison = { compared: 0, same: 0, absent: 0, differing: 0 }
  while (result.compared < most) {
    const some = await listToCompare(db, begun, Math.min(helping, most - result.compared))
    if (some.length === 0) break
    for (const { id, number, told } of some) {
      const found = await portal.pull('TraCuuHoSo', { maHoSo: number })
      const difference = differenceOf(told, found[0], codes)
      result.compared++
      result[difference === undefined ? 'same' : difference === 'absent' ? 'absent' : 'differing']++
      const state = typeof found[0]?.TrangThaiHoSo === 'string' ? found[0].TrangThaiHoSo : null
      await db.begin((tx) => (difference ? markDiffering(tx as Tx, id, difference, state, node.now()) : markSame(tx as Tx, id, state ?? '', node.now())))
    }
  }
  await markCompared(db, node.now())
  node.nudge('national-portal')
  return result
}

/** What the portal has otherwise than it was told. A field that it does not give back is not compared. */
export function differenceOf(told: DossierFacts, found: Readonly<Record<string, unknown>> | undefined, codes: Codes): 'absent' | 'state' | 'fields' | undefined {
  if (!found) return 'absent'
  if (String(found.TrangThaiHoSo) !== codes.codeOf('TrangThaiHoSo', told.state)) return 'state'
  const differs = (name: string, ours: string | null): boolean => typeof found[name] === 'string' && found[name] !== portalTime(ours)
  return differs('NgayTiepNhan', told.receivedAt) || differs('NgayHenTra', told.dueAt) ? 'fields' : undefined
}

/** Asks for a comparison now; while one waits already there is no second. */
export async function askForComparison(ctx: Ctx): Promise<void> {
  await transact(ctx, (tx) => enqueue(tx, { queue: compareQueue, payload: {}, key: 'now' }))
}

/** The next night's comparison, at its own minute of each node, so that not all of the country ask at once. */
export async function planNightlyComparison(node: Node): Promise<void> {
  const ctx = systemCtx(node, compareQueue)
  const minute = Number.parseInt(node.config.code.slice(1), 10) % 60
  const today = new Date(new Date(`${civilDate(ctx.now)}T01:00:00+07:00`).getTime() + minute * 60_000)
  const next = today > ctx.now ? today : new Date(today.getTime() + dayMs)
  await transact(ctx, (tx) => enqueue(tx, { queue: compareQueue, payload: { nightly: true }, runAt: next, key: `night of ${civilDate(next)}` }))
}

export const compareJob: JobHandler = async (node, payload) => {
  const portal = portalOf(node)
  if (!portal) return
  if (payload.nightly) await planNightlyComparison(node)
  await compareDossiers(systemCtx(node, compareQueue), portal)
}
