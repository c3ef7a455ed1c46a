import { z } from 'zod'
import { entryOf } from './event-text.ts'
import { NoteFault } from './note.ts'
import { checkProof, parseProof, type LogPolicy } from './proof-file.ts'

/** What a proof that a person was given shows. */
export interface Receipt {
  readonly type: string
  readonly subject: string
  /** When the node says that it happened. */
  readonly claimed: Date
  readonly index: number
  readonly size: number
  /** When witnesses saw it in the log, by their own clocks. */
  readonly seen: readonly { readonly witness: string; readonly at: Date }[]
}

const textSchema = z.object({ v: z.literal(1), log: z.string(), type: z.string(), subject: z.string(), at: z.iso.datetime(), seq: z.number().int(), previous: z.string().nullable(), commitment: z.string() })

/**
 * Checks the proof of an event without asking anybody.
 * @throws {NoteFault} with a sentence that says what does not hold
 */
export function checkReceipt(file: string, policy: LogPolicy): Receipt {
  const proof = parseProof(file)
  if (!proof.extra) throw new NoteFault('the proof does not say of what')
  const text = proof.extra.toString('utf8')
  const checkpoint = checkProof(proof, entryOf(text), policy)
  // What is in the log was written as JSON: anything else is not ours.
  const parsed = textSchema.safeParse(JSON.parse(text))
  if (!parsed.success || parsed.data.log !== policy.log.name) throw new NoteFault('what is proved is no event of this log')
  return { type: parsed.data.type, subject: parsed.data.subject, claimed: new Date(parsed.data.at), index: proof.index, size: checkpoint.size, seen: checkpoint.cosignatures.map(({ key, at }) => ({ witness: key.name, at: at! })) }
}
