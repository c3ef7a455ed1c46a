/** Largest payload of one message: bytes of its JSON text. A file inside it counts as base64. */
export const maxPayloadBytes = 16 * 1024 * 1024
/** Longest parcel: one payload of the largest size or many small ones, their signatures, as base64url, and the header. */
export const maxSealedLength = Math.ceil(((maxPayloadBytes + 64 * 1024) * 4) / 3) + 4096
/** Largest request with a parcel. */
export const maxRequestBytes = maxSealedLength + 4096
/** Most messages in one parcel. */
export const maxBatch = 50
/** Payload bytes after which a parcel is closed, except that one message of any allowed size always goes. */
export const maxBatchPayloadBytes = 4 * 1024 * 1024
/** How long a message may be presented after it was signed. A retry is signed anew. */
export const sealLifetimeMs = 5 * 60_000
/** How far two nodes' clocks may differ. */
export const clockToleranceMs = 2 * 60_000
/** How long a local node trusts its copy of the registry without hearing from the national node. */
export const registryLifetimeMs = 7 * 24 * 3600_000
/** How long a replaced key still verifies messages that were under way. */
export const keyGraceMs = 3600_000
/** Failures in a row after which a connection counts as lost and is only probed. */
export const failuresUntilLost = 5
