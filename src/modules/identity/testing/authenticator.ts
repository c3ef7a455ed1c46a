import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export interface Behaviour {
  /** Did the device ask for PIN, finger or face? */
  isVerified?: boolean
  origin?: string
  /** Count that the key tells; the next one unless told. */
  counter?: number
}

/** A device with one passkey, as WebAuthn describes it (ES256, no attestation), and the browser before it. */
export class Authenticator {
  readonly id = randomBytes(16).toString('base64url')
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #site: { rpId: string; origin: string }
  readonly #synced: boolean
  #counter = 0

  constructor(site: { rpId: string; origin: string }, options: { synced?: boolean } = {}) {
    this.#site = site
    this.#synced = options.synced ?? false
  }

  make(options: { challenge: string }, behaviour: Behaviour = {}): string {
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' })
    const id = Buffer.from(this.id, 'base64url')
    const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x!, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y!, 'base64url')])
    const data = Buffer.concat([this.#data(0x40, 0, behaviour), Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
    const attestation = Buffer.concat([Buffer.from([0xa3]), word('fmt'), word('none'), word('attStmt'), Buffer.from([0xa0]), word('authData'), Buffer.from([0x58, data.length]), data])
    return this.#told({ clientDataJSON: this.#client('webauthn.create', options.challenge, behaviour).toString('base64url'), attestationObject: attestation.toString('base64url'), transports: ['internal'] })
  }

  find(options: { challenge: string }, behaviour: Behaviour = {}): string {
    this.#counter = behaviour.counter ?? this.#counter + 1
    const client = this.#client('webauthn.get', options.challenge, behaviour)
    const data = this.#data(0, this.#counter, behaviour)
    const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), this.#keys.privateKey)
    return this.#told({ clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url'), signature: signature.toString('base64url') })
  }

  #data(flags: number, counter: number, { isVerified = true }: Behaviour): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([createHash('sha256').update(this.#site.rpId).digest(), Buffer.from([flags | 0x01 | (isVerified ? 0x04 : 0) | (this.#synced ? 0x18 : 0)]), count])
  }

  #client(type: string, challenge: string, { origin = this.#site.origin }: Behaviour): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  #told(response: object): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response })
  }
}

/** A short text in CBOR. */
const word = (text: string): Buffer => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
