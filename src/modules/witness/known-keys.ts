import type { Node } from '../../platform/node.ts'
import { nodeAddresses, readNodeSignature, signAsNode } from '../exchange/index.ts'
import { formatKey, logKeysOf, logOrigin, parseKey, witnessName } from '../ledger/index.ts'
import { askNode } from './ask-node.ts'
import { keysSchema, keysType } from './log-messages.ts'
import { saveKeys } from './witness.store.ts'

/** The keys of this node's log and witness, signed with its key of the exchange (compact JWS). */
export async function publishKeys(node: Node): Promise<string> {
  const { log, witness } = await logKeysOf(node)
  return (await signAsNode(node, JSON.stringify({ iss: node.config.code, log: formatKey(log.key), witness: formatKey(witness.key) }), keysType)).jws
}

/** Asks a node for its keys and keeps them, where its key of the exchange has signed them. @returns whether it has */
export async function learnKeys(node: Node, code: string): Promise<boolean> {
  const address = (await nodeAddresses(node.db)).find((n) => n.code === code)
  if (!address) return false
  const { status, body } = await askNode(`${address.baseUrl}/log/keys`)
  const text = status === 200 ? await readNodeSignature(node, body.trim(), { type: keysType, issuer: code }) : undefined
  if (text === undefined) return false
  const keys = keysSchema.parse(JSON.parse(text))
  const [log, witness] = [parseKey(keys.log), parseKey(keys.witness)]
  if (keys.iss !== code || log.name !== logOrigin(code) || log.kind !== 'note' || witness.name !== witnessName(code) || witness.kind !== 'cosignature') return false
  await saveKeys(node.db, code, { logKey: keys.log, witnessKey: keys.witness, now: node.now() })
  return true
}
