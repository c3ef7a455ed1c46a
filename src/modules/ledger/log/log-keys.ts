import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { loadKeyFile } from '../../../platform/key-file.ts'
import type { Node } from '../../../platform/node.ts'
import { logOrigin } from './event-text.ts'
import { noteKey, type KeyKind, type NoteSigner } from './note.ts'

/** Keys of a node for transparency alone: one signs checkpoints of its own log, the other those of logs that it witnesses. */
export interface LogKeys { readonly log: NoteSigner; readonly witness: NoteSigner }

/** Name with which a node cosigns the logs of others. */
export const witnessName = (nodeCode: string): string => `motcua/witness/${nodeCode}`

const loaded = new WeakMap<Node, Promise<LogKeys>>()

/** The node's keys in this process; made at the first start of the node. */
export function logKeysOf(node: Node): Promise<LogKeys> {
  const known = loaded.get(node)
  if (known) return known
  const { dataDir, code } = node.config
  const keys = (async () => ({ log: await load(dataDir, 'log', logOrigin(code), 'note'), witness: await load(dataDir, 'witness', witnessName(code), 'cosignature') }))()
  loaded.set(node, keys)
  keys.catch(() => loaded.delete(node))
  return keys
}

async function load(dataDir: string, file: string, name: string, kind: KeyKind): Promise<NoteSigner> {
  const { jwk, path } = await loadKeyFile(dataDir, file, async () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d) throw new Error(`The key file ${path} does not hold a private key of the expected kind.`)
  const privateKey = createPrivateKey({ format: 'jwk', key: jwk as never })
  return { key: noteKey(name, kind, createPublicKey(privateKey)), privateKey }
}
