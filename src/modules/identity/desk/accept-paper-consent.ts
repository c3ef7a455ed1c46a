import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { UploadedFile } from '../../../platform/http/route.ts'
import { errors } from '../identity.errors.ts'
import { lockRequest } from './account-request.store.ts'
import { forwardRequest } from './forward-request.ts'

export type PaperMistake = 'missing' | 'type' | 'size'

const largest = 10 * 1024 * 1024
const types: readonly [type: string, start: readonly number[]][] = [['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]], ['image/jpeg', [0xff, 0xd8, 0xff]], ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]]]

/** What a file is, by its first bytes; its name and what the browser says do not count. */
const typeOf = (bytes: Buffer): string | undefined => types.find(([, start]) => start.every((byte, i) => bytes[i] === byte))?.[0]

/**
 * The person signed the printed form: a scan or photo of it is kept, or the officer says that the signed original with this number is kept
 * at the agency. One of the two must be given. A repeat after it has no effect. @throws REQUEST_NOT_OPEN
 */
export async function acceptPaperConsent(ctx: Ctx, requestId: string, given: { file: UploadedFile | undefined; originalKept: boolean }): Promise<PaperMistake | undefined> {
  const file = given.file && given.file.bytes.length > 0 ? given.file : undefined
  if (!file && !given.originalKept) return 'missing'
  if (file && (file.truncated || file.bytes.length > largest)) return 'size'
  const type = file && typeOf(file.bytes)
  if (file && !type) return 'type'
  const stored = file && await ctx.node.files.put(file.bytes)
  return transact(ctx, async (tx): Promise<PaperMistake | undefined> => {
    const request = await lockRequest(tx, ctx.node, requestId)
    if (!request || request.state === 'withdrawn' || request.consentKind !== 'paper') throw errors.REQUEST_NOT_OPEN()
    if (request.state !== 'consent') return undefined
    await tx`UPDATE identity.account_request SET consent_file = ${stored?.id ?? null}, consent_file_type = ${type ?? null} WHERE id = ${requestId}`
    await forwardRequest(tx, ctx, request)
    return undefined
  })
}
