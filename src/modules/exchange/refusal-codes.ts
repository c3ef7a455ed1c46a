/**
 * What a receiver answers about a message, or about a whole parcel, that it does not take. Stable: they stand in the message log of both nodes.
 * A refusal by the service's own rules is `<module>.<CODE>` and always final.
 */
export type RefusalCode = keyof typeof refusalCodes | `${string}.${string}`

/** `retry`: the sender keeps the message and tries again; else it becomes a dead letter that a person has to look at. */
export const refusalCodes = {
  /** Not a parcel or message of ours, or one whose header or claims lack something. */
  MALFORMED: { retry: false },
  /** Longer than the stated limit. */
  TOO_LARGE: { retry: false },
  /** Sealed or signed with an algorithm that is not ours. */
  ALGORITHM: { retry: false },
  /** No service of that name at the receiver. */
  UNKNOWN_SERVICE: { retry: false },
  /** Not sealed for any key of the receiver, or damaged. */
  UNDECIPHERABLE: { retry: true },
  /** Signed with a key that the registry does not know or no longer trusts. */
  UNKNOWN_KEY: { retry: true },
  BAD_SIGNATURE: { retry: true },
  /** The signature covers another payload. */
  PAYLOAD_MISMATCH: { retry: true },
  WRONG_AUDIENCE: { retry: true },
  /** The signer is not the node that the message names as its sender. */
  WRONG_SENDER: { retry: true },
  EXPIRED: { retry: true },
  /** Signed in the future: a clock is wrong. */
  NOT_YET_VALID: { retry: true },
  /** An earlier message about the subject has not been handled; `expected` says which number comes next. */
  GAP: { retry: true },
  /** The number was used by another message; `expected` says which number comes next. */
  SEQUENCE_USED: { retry: true },
  /** The same signed message was presented before. Only in the log: the answer is `duplicate`. */
  REPLAYED: { retry: false },
  /** The service has as much from this sender as it keeps at a time (`TryLater`). */
  LATER: { retry: true },
  /** The receiver failed; its log has the details. */
  FAULT: { retry: true },
} as const

/** Codes that a fresh registry may cure. */
export const keyTroubles: ReadonlySet<string> = new Set(['UNDECIPHERABLE', 'UNKNOWN_KEY', 'BAD_SIGNATURE', 'WRONG_SENDER'])

/** A service cannot take a message now: thrown by its handler, the message stays at the sender, which comes again. */
export class TryLater extends Error {}

/** True when the sender should try again by itself. */
export function mayRetry(code: string): boolean {
  return code in refusalCodes && refusalCodes[code as keyof typeof refusalCodes].retry
}
