import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { callPortal, type CallLimits, type Portal } from '../../catalogue/index.ts'
import { leaseRenewalMs, releasePortal, renewPortalLease } from './connection.store.ts'
import { tellPortal } from './tell-portal.ts'

const pollMs = 1000

/** A talk with the portal by the account of the configuration. What does not arrive is asked again by the queue, not by the call. */
export function portalOf({ config }: Node, limits: CallLimits = {}): Portal | undefined {
  const account = config.nationalPortal
  return account && callPortal({ ...account, madonvi: account.madonvi ?? config.code }, { retries: 0, ...limits })
}

/** Tells the portal what waits, one round after the other. Woken by the follower of this process, else by a look every second. */
export function startPortalCourier(node: Node, limits: CallLimits = {}): { stop(): Promise<void> } | undefined {
  const abort = new AbortController()
  const portal = portalOf(node, { ...limits, signal: abort.signal })
  if (!portal) return undefined
  const owner = newId()
  let wake: () => void = () => {}
  const off = node.onNudge('national-portal', () => wake())
  const renewal = setInterval(() => void renewPortalLease(node.db, owner, node.now()).catch(() => {}), leaseRenewalMs)
  const loop = (async () => {
    while (!abort.signal.aborted) {
      const result = await tellPortal({ node, portal, owner }).catch((error: unknown) => {
        if (!abort.signal.aborted) node.log.error({ err: error }, 'the queue for the national portal could not be worked off')
        return 'failed' as const
      })
      if (result === 'told' || abort.signal.aborted) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs)
        wake = () => { clearTimeout(timer); resolve() }
      })
    }
  })()
  return {
    async stop() {
      abort.abort()
      clearInterval(renewal)
      off()
      wake()
      await loop
      await releasePortal(node.db, owner).catch(() => {})
    },
  }
}
