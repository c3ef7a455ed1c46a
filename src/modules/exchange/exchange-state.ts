import { transact, systemCtx } from '../../platform/ctx.ts'
import type { Node } from '../../platform/node.ts'
import { registerCertificate } from './enrol-node.ts'
import { enrolAtNational } from './enrol-at-national.ts'
import { fetchRegistry } from './fetch-registry.ts'
import { loadNodeKeys, type NodeKeys } from './node-keys.ts'
import { createRegistry, type Registry } from './registry.ts'
import { listCertificates } from './registry.store.ts'
import { createRejectionBudget, type RejectionBudget } from './rejection-budget.ts'

/** What a running node keeps in memory for the exchange. */
export interface ExchangeState { readonly keys: NodeKeys; readonly registry: Registry; readonly rejectionBudget: RejectionBudget }

const states = new WeakMap<Node, Promise<ExchangeState>>()

/** The exchange of a node in this process; made at first use. */
export function exchangeOf(node: Node): Promise<ExchangeState> {
  const known = states.get(node)
  if (known) return known
  const state = createState(node)
  states.set(node, state)
  state.catch(() => states.delete(node))
  return state
}

async function createState(node: Node): Promise<ExchangeState> {
  const keys = await loadNodeKeys(node.config.dataDir)
  const isNational = node.config.kind === 'national'
  const registry = createRegistry(node, isNational ? undefined : () => renew(node, keys))
  if (isNational) await registerSelf(node, keys)
  await registry.reload()
  return { keys, registry, rejectionBudget: createRejectionBudget(node.log) }
}

/** The registry from the national node; by enrolling when this node is not in it or the pinned key does not fit. */
async function renew(node: Node, keys: NodeKeys): Promise<void> {
  const fetched = await fetchRegistry(node)
  const isKnown = fetched && (await listCertificates(node.db)).some((c) => c.nodeCode === node.config.code && c.status === 'active' && c.signingKid === keys.signing.kid && c.encryptionKid === keys.encryption.kid && c.baseUrl === node.config.baseUrl && c.validTo > node.now())
  if (!isKnown) await enrolAtNational(node, keys)
}

async function registerSelf(node: Node, keys: NodeKeys): Promise<void> {
  const ctx = systemCtx(node, 'exchange')
  await transact(ctx, async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(hashtext('exchange.enrol'))`
    const current = (await listCertificates(tx)).find((c) => c.nodeCode === node.config.code && c.status === 'active')
    const same = current?.signingKid === keys.signing.kid && current.encryptionKid === keys.encryption.kid && current.baseUrl === node.config.baseUrl && current.validTo > ctx.now
    if (same) return
    await registerCertificate(tx, ctx, {
      nodeCode: node.config.code, baseUrl: node.config.baseUrl, signingKid: keys.signing.kid, signingKey: keys.signing.publicJwk as never, encryptionKid: keys.encryption.kid, encryptionKey: keys.encryption.publicJwk as never,
    })
  })
}
