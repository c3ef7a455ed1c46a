/** Largest payload of one message: bytes of its JSON text. A file inside it counts as base64. */
export const maxPayloadBytes = 16 * 1024 * 1024
/** Longest sealed message: the payload and its signature as base64url, and the headers. */
export const maxSealedLength = Math.ceil(((maxPayloadBytes + 4096) * 4) / 3) + 4096
/** Largest request with messages: one of the longest, or many small ones. */
export const maxRequestBytes = maxSealedLength + 64 * 1024
/** Most messages in one request. */
export const maxBatch = 50
/** Payload bytes after which a batch is closed, except that one message of any allowed size always goes. */
export const maxBatchPayloadBytes = 4 * 1024 * 1024
/** How long a sealed message may be presented after sealing. A retry is sealed anew. */
export const sealLifetimeMs = 5 * 60_000
/** How far two nodes' clocks may differ. */
export const clockToleranceMs = 2 * 60_000
/** How long a local node trusts its copy of the registry without hearing from the national node. */
export const registryLifetimeMs = 7 * 24 * 3600_000
/** How long a replaced key still verifies messages that were under way. */
export const keyGraceMs = 3600_000
/** Failures in a row after which a connection counts as lost and is only probed. */
export const failuresUntilLost = 5
