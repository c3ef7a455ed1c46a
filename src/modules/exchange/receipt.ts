import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { signingAlgorithm, type KeyPair } from './node-keys.ts'
import type { Registry } from './registry.ts'

/** What became of one message of a parcel. */
export type MessageAnswer =
  | { status: 'accepted' | 'duplicate' }
  /** `expected`: the number that comes next about the subject, with GAP and SEQUENCE_USED. */
  | { status: 'refused'; code: string; expected?: number }

const receiptType = 'motcua-receipt+jws'
const answerSchema = z.union([
  z.object({ status: z.enum(['accepted', 'duplicate']) }),
  z.object({ status: z.literal('refused'), code: z.string().max(100), expected: z.number().int().positive().optional() }),
])
const receiptSchema = z.object({
  iss: z.string(), aud: z.string(), iat: z.number(),
  /** SHA-256 of the sealed parcel, base64url. */
  parcel: z.string(),
  /** Why the parcel as a whole was refused; then there are no answers. */
  refused: z.string().max(100).optional(),
  /** In the order of the messages. */
  answers: z.array(answerSchema).max(100),
})
export type Receipt = z.infer<typeof receiptSchema>

/** The signed answer to a parcel: the sender keeps it as proof of what arrived. */
export async function signReceipt(own: KeyPair, receipt: Receipt): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(receipt))).setProtectedHeader({ alg: signingAlgorithm, kid: own.kid, typ: receiptType }).sign(own.privateKey)
}

/** @throws when the receipt was not signed by `from` for `self`, or is for another parcel. */
export async function readReceipt(jws: string, registry: Registry, expected: { from: string; self: string; parcel: string; count: number }): Promise<Receipt> {
  const header = decodeProtectedHeader(jws)
  const signer = typeof header.kid === 'string' ? await registry.signer(header.kid) : undefined
  if (header.typ !== receiptType || signer?.code !== expected.from) throw new Error(`The receipt is not signed by node ${expected.from}.`)
  const { payload } = await compactVerify(jws, signer.key, { algorithms: [signingAlgorithm] })
  const receipt = receiptSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
  const fits = receipt.iss === expected.from && receipt.aud === expected.self && receipt.parcel === expected.parcel && receipt.answers.length === (receipt.refused === undefined ? expected.count : 0)
  if (!fits) throw new Error(`The receipt of node ${expected.from} is for another parcel.`)
  return receipt
}
