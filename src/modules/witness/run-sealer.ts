import { newId } from '../../platform/ids.ts'
import type { Node } from '../../platform/node.ts'
import { findCheckpoint, holdLog, listFollowers, logTopic, mayBeginLog, sequencerName, startWatching, takeTurn } from '../ledger/index.ts'
import { recoverLog } from './recover-log.ts'
import { sealRound, type Memory } from './seal-round.ts'

/** What is new is sealed so soon, together with what came meanwhile; later while the node answers many requests. */
const paceMs = 2000
const busyPaceMs = 5000
const busyAbove = 6
/** A log in which nothing happens is cosigned again so often: an event of later cannot be given a time before that. */
const idleMs = 60_000
/** How long one process has the sealing for itself. */
const turnMs = 10_000
/** At the start, until witnesses have said how far the log was. */
const firstMs = 1000

/**
 * Seals the node's log: woken when it has grown, else once a minute. Until witnesses have said how far they saw it, nothing is entered: a node that was restored from a backup first takes back what it lost.
 */
export function startSealer(node: Node): { stop(): Promise<void> } {
  const owner = newId()
  const memory: Memory = {}
  const release = holdLog(node)
  let isHeld = true
  let stopped = false
  let hasGrown = false
  let wake: () => void = () => {}
  const off = node.onNudge(logTopic, () => { hasGrown = true; wake() })
  const pause = (ms: number, isWoken: boolean): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => { if (isWoken || stopped) { clearTimeout(timer); resolve() } }
  })
  const round = async (): Promise<void> => {
    hasGrown = false
    // Another process of this node seals, or the past is still being entered: look again soon.
    if (!(await takeTurn(node.db, owner, node.now(), turnMs)) || (!isHeld && !(await mayGoOn(node)))) return void (hasGrown = true)
    const { outcome, behind } = await sealRound(node, memory)
    if (behind) await recoverLog(node, behind)
    else if (outcome !== 'unseen' && outcome !== 'wrong-clock') isHeld = false
    if (!isHeld) release()
  }
  const loop = (async () => {
    await startWatching(node.db, node.now())
    while (!stopped) {
      await round().catch((error: unknown) => { if (!stopped) node.log.error({ err: error }, 'the transparency log could not be sealed') })
      if (stopped) break
      await pause(isHeld ? firstMs : node.load.requests > busyAbove ? busyPaceMs : paceMs, false)
      if (!stopped && !hasGrown && !isHeld) await pause(idleMs - paceMs, true)
    }
  })().catch((error: unknown) => node.log.error({ err: error }, 'the transparency log is not sealed any more'))
  return {
    async stop() {
      stopped = true
      off()
      wake()
      await loop
      release()
    },
  }
}

/** The first entries are sealed together, however many there are: what happened before the log began has no window. */
async function mayGoOn(node: Node): Promise<boolean> {
  const newest = await findCheckpoint(node.db)
  if (newest && newest.size > 0) return true
  return mayBeginLog(node) && (await listFollowers(node.db)).every((f) => f.name !== sequencerName || f.behind === 0)
}
