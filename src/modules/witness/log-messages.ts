import { z } from 'zod'

/** Types of what nodes sign for each other about their logs. */
export const keysType = 'motcua-log-keys+jws'
export const entriesType = 'motcua-log-entries+jws'
export const readType = 'motcua-log-read+jws'

/** Most entries in one request. */
export const maxEntries = 4096
/** Largest request: entries of the longest subjects. */
export const maxBodyBytes = 4 * 1024 * 1024
/** How long a request to read is good for. */
export const readLifetimeMs = 120_000

const code = z.string().regex(/^(VN|[GH]\d{2})$/)
const index = z.number().int().nonnegative()

/** Keys of a node for transparency, signed with its key of the exchange. */
export const keysSchema = z.object({ iss: code, log: z.string().max(300), witness: z.string().max(300) })

/** Entries of the sender's log from `from` on: thirty-two bytes each, together in base64. Subjects for the national node alone. */
export const entriesSchema = z.object({ iss: code, aud: code, from: index, hashes: z.base64().max(maxEntries * 44), subjects: z.array(z.string().max(300)).max(maxEntries).optional() })

/** A node asks for the copies of its own log, from an entry on. */
export const readSchema = z.object({ iss: code, aud: code, iat: z.number().int(), from: index })

/** The answer: copies that lead to the last checkpoint that this witness cosigned. */
export const copiesSchema = z.object({ note: z.string().nullable(), hashes: z.base64(), subjects: z.array(z.string()) })
export type CopiesAnswer = z.infer<typeof copiesSchema>
