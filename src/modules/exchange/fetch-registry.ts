import { decodeJwt, type JWK } from 'jose'
import type { Node } from '../../platform/node.ts'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { certificateSchema } from './node-certificate.ts'
import { getText } from './post-json.ts'
import { readRegistry } from './registry-document.ts'
import { readRegistryState, replaceCertificates, saveRegistryCopy } from './registry.store.ts'

/**
 * Pulls the registry from the national node and keeps it, if it is signed with the pinned key and not older than the copy.
 * @returns false when the pinned key does not fit any more: the node has to enrol anew.
 * @throws when the national node cannot be reached.
 */
export async function fetchRegistry(node: Node): Promise<boolean> {
  const { national } = node.config
  const before = await readRegistryState(node.db)
  if (!before?.nationalKey) return false
  const jws = await getText(`${national.baseUrl}/exchange/v1/registry`, 10_000)
  const document = await readRegistry(jws, { code: national.code, key: before.nationalKey }, node.now()).catch((error: unknown) => {
    node.log.warn({ err: error }, 'the registry is not signed with the pinned key of the national node')
    return undefined
  })
  if (!document) return false
  await transact(systemCtx(node, 'exchange'), async (tx) => {
    const current = await readRegistryState(tx, true)
    // An older one, though genuine, may still name a key that was taken back since.
    if (!current || document.version < current.version) return
    await saveRegistryCopy(tx, { version: document.version, nationalKey: before.nationalKey!, document: jws, fetchedAt: node.now() })
    if (document.version > current.version) await replaceCertificates(tx, document.certificates)
  })
  return true
}

/** The signing key that a registry names for the national node itself; worth nothing until the document is proved in another way. */
export function decodeRegistryKey(jws: string, code: string): JWK {
  const { certificates } = decodeJwt<{ certificates?: unknown }>(jws)
  const own = certificateSchema.array().parse(certificates).find((c) => c.nodeCode === code && c.status === 'active')
  if (!own) throw new Error('The registry does not name the national node.')
  return own.signingKey
}
