import { createHash } from 'node:crypto'
import type { DemoCertificate } from './demo-certificates.ts'
import { signDigest } from './demo-keys.ts'

export type TokenAnswer = { kind: 'signed'; signature: Buffer } | { kind: 'wrong-pin'; left: number } | { kind: 'blocked' }

const tries = 3

/** A token or SIM in software: it holds the key, asks for the personal number at every signature, and blocks itself after three wrong ones. */
export class SoftwareToken {
  #left = tries
  readonly content: DemoCertificate
  readonly #pin: string

  constructor(content: DemoCertificate, pin: string) {
    this.content = content
    this.#pin = pin
  }

  /** ECDSA with SHA-256 over some bytes. */
  sign(pin: string, bytes: Uint8Array): TokenAnswer {
    return this.signDigest(pin, createHash('sha256').update(bytes).digest())
  }

  signDigest(pin: string, digest: Uint8Array): TokenAnswer {
    const opened = this.open(pin)
    return opened.kind === 'open' ? { kind: 'signed', signature: signDigest(this.content.key, digest) } : opened
  }

  /** Does the number open the token? */
  open(pin: string): { kind: 'open' } | { kind: 'wrong-pin'; left: number } | { kind: 'blocked' } {
    if (this.#left === 0) return { kind: 'blocked' }
    if (pin !== this.#pin) return --this.#left === 0 ? { kind: 'blocked' } : { kind: 'wrong-pin', left: this.#left }
    this.#left = tries
    return { kind: 'open' }
  }

  /** What the issuer does at its counter. */
  unblock(): void {
    this.#left = tries
  }
}
