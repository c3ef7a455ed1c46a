import { importJWK, type CryptoKey } from 'jose'
import type { Node } from '../../platform/node.ts'
import type { NodeCertificate } from './node-certificate.ts'
import { sealingAlgorithm, signingAlgorithm } from './node-keys.ts'
import { listCertificates } from './registry.store.ts'

export interface Recipient { readonly code: string; readonly baseUrl: string; readonly kid: string; readonly key: CryptoKey }
export interface Signer { readonly code: string; readonly key: CryptoKey }

/** The certificates that this process knows, with the keys ready for use. */
export interface Registry {
  /** Codes of the other nodes that have an active certificate. */
  peers(): string[]
  recipient(code: string): Recipient | undefined
  /** Who signs with a key; an unknown one makes the registry look again, at most once a second. */
  signer(kid: string): Promise<Signer | undefined>
  /** Reads the node's own copy anew. */
  reload(): Promise<void>
  /** Gets the newest registry: from the national node, or there from the database. Quick repeats have no effect. */
  refresh(): Promise<void>
}

interface Known { certificate: NodeCertificate; signing: CryptoKey; encryption: CryptoKey }

/** `fetchRegistry` brings the copy in the database up to date; absent at the national node, which owns it. */
export function createRegistry(node: Node, fetchRegistry?: () => Promise<void>): Registry {
  let known: Known[] = []
  let lastRefresh = -Infinity
  let refreshing: Promise<void> | undefined

  const find = (kid: string): Signer | undefined => {
    const now = node.now()
    const entry = known.find(({ certificate: c }) => c.signingKid === kid && c.status !== 'revoked' && c.validFrom <= now && now < c.validTo)
    return entry && { code: entry.certificate.nodeCode, key: entry.signing }
  }
  const reload = async (): Promise<void> => {
    known = await Promise.all((await listCertificates(node.db)).map(toKnown))
  }
  const refresh = async (): Promise<void> => {
    if (refreshing) return refreshing
    if (performance.now() - lastRefresh < 1000) return
    refreshing = (async () => {
      await fetchRegistry?.()
      await reload()
    })().finally(() => {
      lastRefresh = performance.now()
      refreshing = undefined
    })
    return refreshing
  }
  return {
    reload,
    refresh,
    peers: () => known.filter(({ certificate: c }) => c.status === 'active' && c.nodeCode !== node.config.code).map(({ certificate: c }) => c.nodeCode),
    recipient(code) {
      const entry = known.find(({ certificate: c }) => c.nodeCode === code && c.status === 'active' && node.now() < c.validTo)
      return entry && { code, baseUrl: entry.certificate.baseUrl, kid: entry.certificate.encryptionKid, key: entry.encryption }
    },
    async signer(kid) {
      const signer = find(kid)
      if (signer) return signer
      await refresh().catch((error: unknown) => node.log.warn({ err: error }, 'the certificate registry could not be refreshed'))
      return find(kid)
    },
  }
}

async function toKnown(certificate: NodeCertificate): Promise<Known> {
  const [signing, encryption] = await Promise.all([importJWK(certificate.signingKey, signingAlgorithm), importJWK(certificate.encryptionKey, sealingAlgorithm)])
  return { certificate, signing: signing as CryptoKey, encryption: encryption as CryptoKey }
}
