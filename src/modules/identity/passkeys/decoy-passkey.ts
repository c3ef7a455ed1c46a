import { generateKeyPairSync } from 'node:crypto'

let publicKey: Buffer | undefined

/** A public key (COSE, ES256) that belongs to nobody: an answer about an unknown passkey is verified against it, so that the clock does not tell which keys are known here. */
export function decoyPublicKey(): Buffer {
  if (!publicKey) {
    const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    publicKey = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x!, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y!, 'base64url')])
  }
  return publicKey
}
