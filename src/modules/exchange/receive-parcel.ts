import { z } from 'zod'
import type { Node } from '../../platform/node.ts'
import { digestOf, EnvelopeFault, type OpenedMessage } from './envelope.ts'
import { errors } from './exchange.errors.ts'
import { handleMessages } from './handle-messages.ts'
import { recordRejections, type Rejection } from './inbox.store.ts'
import type { NodeKeys } from './node-keys.ts'
import { isRefused, openParcel, parcelHeader, type Parcel } from './parcel.ts'
import { signReceipt, type MessageAnswer } from './receipt.ts'
import type { Registry } from './registry.ts'
import type { RejectionBudget } from './rejection-budget.ts'

export interface ReceivingMeans { readonly keys: NodeKeys; readonly registry: Registry; readonly rejectionBudget: RejectionBudget }

const requestSchema = z.object({ parcel: z.string().min(1) })

/**
 * Takes a parcel: opens it, proves each message, handles them, and answers about each with a signed receipt.
 * Everything turned away at the door, and every replay, is recorded with the sender it claims and the reason.
 * @throws MALFORMED when the request is not one.
 */
export async function receiveParcel(node: Node, means: ReceivingMeans, body: unknown, address: string): Promise<{ receipt: string }> {
  const request = requestSchema.safeParse(body)
  if (!request.success) throw errors.MALFORMED()
  const sealed = request.data.parcel
  const claimed = claimedSender(sealed)
  const digest = digestOf(sealed)
  const receipt = { iss: node.config.code, aud: claimed ?? '', iat: Math.floor(node.now().getTime() / 1000), parcel: digest }
  const record = (rejections: readonly Rejection[]): Promise<void> => recordRejections(node.db, means.rejectionBudget.take(rejections), address, node.now())
  let parcel: Parcel
  try {
    parcel = await openParcel(sealed, { self: node.config.code, encryption: means.keys.encryption, signer: (kid) => means.registry.signer(kid), now: node.now() })
  } catch (error) {
    if (!(error instanceof EnvelopeFault)) throw error
    await record([{ claimedSender: claimed, code: error.code, digest, size: sealed.length }])
    return { receipt: await signReceipt(means.keys.signing, { ...receipt, refused: error.code, answers: [] }) }
  }
  const { answers, rejected } = await answer(node, parcel)
  await record(rejected)
  return { receipt: await signReceipt(means.keys.signing, { ...receipt, answers }) }
}

async function answer(node: Node, parcel: Parcel): Promise<{ answers: MessageAnswer[]; rejected: Rejection[] }> {
  const proved = parcel.messages.filter((m): m is OpenedMessage => !isRefused(m))
  const { outcomes, replayed } = proved.length > 0 ? await handleMessages(node, parcel.from, proved) : { outcomes: [], replayed: [] }
  const outcomeOf = new Map(proved.map((m, i) => [m, outcomes[i]!]))
  const answers = parcel.messages.map((m): MessageAnswer => (isRefused(m) ? { status: 'refused', code: m.fault.code } : outcomeOf.get(m)!))
  const about = (evidence: string, code: string): Rejection => ({ claimedSender: parcel.from.slice(0, 20), code, digest: digestOf(evidence), size: evidence.length })
  return { answers, rejected: [...parcel.messages.filter(isRefused).map((m) => about(m.evidence, m.fault.code)), ...replayed.map((m) => about(m.evidence, 'REPLAYED'))] }
}

function claimedSender(sealed: string): string | null {
  const iss = parcelHeader(sealed)?.iss
  return typeof iss === 'string' ? iss.slice(0, 20).replaceAll('\u0000', '') : null
}
