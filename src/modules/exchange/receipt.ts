import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { signingAlgorithm, type KeyPair } from './node-keys.ts'
import type { Registry } from './registry.ts'

/** What became of one message of a request. */
export type MessageAnswer = {
  /** SHA-256 of the sealed message, base64url: says which one is meant, also when it could not be opened. */
  digest: string
} & (
  | { status: 'accepted' | 'duplicate' }
  /** `expected`: the number that comes next about the subject, with GAP and SEQUENCE_USED. */
  | { status: 'refused'; code: string; expected?: number }
)

const receiptType = 'motcua-receipt+jws'
const answerSchema = z.union([
  z.object({ digest: z.string(), status: z.enum(['accepted', 'duplicate']) }),
  z.object({ digest: z.string(), status: z.literal('refused'), code: z.string().max(100), expected: z.number().int().positive().optional() }),
])
const receiptSchema = z.object({ iss: z.string(), aud: z.string(), iat: z.number(), answers: z.array(answerSchema).max(100) })
export type Receipt = z.infer<typeof receiptSchema>

/** The signed answer to a request: the sender keeps it as proof that the messages arrived. */
export async function signReceipt(own: KeyPair, receipt: Receipt): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(receipt))).setProtectedHeader({ alg: signingAlgorithm, kid: own.kid, typ: receiptType }).sign(own.privateKey)
}

/** @throws when the receipt was not signed by `from` for `self`, or answers other messages than those sent. */
export async function readReceipt(jws: string, registry: Registry, expected: { from: string; self: string; digests: readonly string[] }): Promise<Receipt> {
  const header = decodeProtectedHeader(jws)
  const signer = typeof header.kid === 'string' ? await registry.signer(header.kid) : undefined
  if (header.typ !== receiptType || signer?.code !== expected.from) throw new Error(`The receipt is not signed by node ${expected.from}.`)
  const { payload } = await compactVerify(jws, signer.key, { algorithms: [signingAlgorithm] })
  const receipt = receiptSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
  const fits = receipt.iss === expected.from && receipt.aud === expected.self && receipt.answers.length === expected.digests.length && receipt.answers.every((a, i) => a.digest === expected.digests[i])
  if (!fits) throw new Error(`The receipt of node ${expected.from} is for other messages.`)
  return receipt
}
