import type { Node } from '../../platform/node.ts'
import { nodeAddresses } from '../exchange/index.ts'
import { logKeysOf, parseKey, type LogPolicy, type NoteKey } from '../ledger/index.ts'
import { learnKeys } from './known-keys.ts'
import { findLog } from './witness.store.ts'

/** A node that witnesses this one's log. */
export interface Witness { readonly code: string; readonly baseUrl: string; readonly key: NoteKey; /** Keeps what entries are about as well: the national node. */ readonly isMirror: boolean }

/** Steps along the ring of local nodes at which the neighbours stand, as long as the ring has so many. */
const steps = [1, 7]

/**
 * Codes of the nodes that witness the log of a node: the national one, and two neighbours in the ring of the local nodes by code. The national node itself is witnessed by the two first of the ring.
 */
export function witnessCodes(own: string, all: readonly string[], national: string): string[] {
  const ring = all.filter((code) => code !== national).sort()
  const place = ring.indexOf(own)
  const others = ring.filter((code) => code !== own)
  const wanted = steps.map((step) => ring[(place + step) % ring.length]).filter((code): code is string => code !== undefined && code !== own)
  // A short ring comes round to the same neighbour or to the node itself: then the next that is free.
  const neighbours = [...new Set([...wanted, ...others.slice(Math.max(place, 0)), ...others])].slice(0, steps.length)
  return own === national ? neighbours : [national, ...neighbours]
}

/** How many witnesses have to have seen the log: more than half of them. */
export const quorumOf = (count: number): number => (count === 0 ? 0 : Math.floor(count / 2) + 1)

/** The witnesses of this node's log whose keys are known, and how many there ought to be. Asks for keys that are not known yet. */
export async function witnessesOf(node: Node): Promise<{ known: Witness[]; expected: number }> {
  const addresses = await nodeAddresses(node.db)
  const { code: own, national } = node.config
  const codes = witnessCodes(own, addresses.map((a) => a.code), national.code)
  const known = await Promise.all(codes.map(async (code): Promise<Witness[]> => {
    if (!(await findLog(node.db, code))) await learnKeys(node, code).catch(() => false)
    const log = await findLog(node.db, code)
    const baseUrl = addresses.find((a) => a.code === code)?.baseUrl
    return log && baseUrl ? [{ code, baseUrl, key: parseKey(log.witnessKey), isMirror: code === national.code }] : []
  }))
  return { known: known.flat(), expected: codes.length }
}

/** Whom to believe about this node's log: its key, and more than half of the witnesses that it ought to have. */
export async function policyOf(node: Node): Promise<LogPolicy> {
  const [{ log }, { known, expected }] = [await logKeysOf(node), await witnessesOf(node)]
  return { log: log.key, witnesses: known.map((w) => w.key), quorum: Math.min(known.length, quorumOf(expected)) }
}
