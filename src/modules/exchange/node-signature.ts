import { CompactSign, compactVerify, decodeProtectedHeader, type JWK } from 'jose'
import type { Db } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import { exchangeOf } from './exchange-state.ts'
import { signingAlgorithm } from './node-keys.ts'
import { listCertificates } from './registry.store.ts'

/** A public key with which a node signs, as others may keep it. */
export interface PublishedKey { readonly kid: string; readonly jwk: JWK; readonly validFrom: Date; readonly validTo: Date }

/** Key id with which this node signs now. */
export async function signingKeyId(node: Node): Promise<string> {
  return (await exchangeOf(node)).keys.signing.kid
}

/**
 * Signs a text as this node (compact JWS, Ed25519). `type` says what kind of thing is signed ('motcua-procedure+jws'), so that a
 * signature made for one purpose is worth nothing for another.
 */
export async function signAsNode(node: Node, text: string, type: string): Promise<{ jws: string; kid: string }> {
  const { signing } = (await exchangeOf(node)).keys
  const jws = await new CompactSign(Buffer.from(text)).setProtectedHeader({ alg: signingAlgorithm, kid: signing.kid, typ: type }).sign(signing.privateKey)
  return { jws, kid: signing.kid }
}

/** The signed text, when the signature is of the expected type and was made by node `issuer` with a key that the registry trusts now; else undefined. */
export async function readNodeSignature(node: Node, jws: string, expected: { type: string; issuer: string }): Promise<string | undefined> {
  try {
    const header = decodeProtectedHeader(jws)
    if (header.typ !== expected.type || typeof header.kid !== 'string') return undefined
    const signer = await (await exchangeOf(node)).registry.signer(header.kid)
    if (signer?.code !== expected.issuer) return undefined
    return Buffer.from((await compactVerify(jws, signer.key, { algorithms: [signingAlgorithm] })).payload).toString('utf8')
  } catch {
    return undefined
  }
}

/** Keys with which a node signs or signed, the newest first; not those that were revoked. */
export async function publishedKeys(db: Db, nodeCode: string): Promise<PublishedKey[]> {
  const own = (await listCertificates(db)).filter((c) => c.nodeCode === nodeCode && c.status !== 'revoked')
  return own.map((c) => ({ kid: c.signingKid, jwk: c.signingKey, validFrom: c.validFrom, validTo: c.validTo })).sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime())
}
