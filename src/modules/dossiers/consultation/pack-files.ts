import type { Ctx } from '../../../platform/ctx.ts'
import type { ConsultationFile } from './consultation.store.ts'

/** A file with its bytes in base64, for the way to another node. */
export type PackedFile = ConsultationFile & { bytes: string }

export async function packFiles(ctx: Ctx, files: readonly ConsultationFile[]): Promise<PackedFile[]> {
  return Promise.all(files.map(async (f) => ({ ...f, bytes: (await ctx.node.files.get(f.fileId)).toString('base64') })))
}

export async function unpackFiles(ctx: Ctx, files: readonly PackedFile[]): Promise<ConsultationFile[]> {
  return Promise.all(files.map(async ({ bytes, ...f }) => ({ ...f, fileId: (await ctx.node.files.put(Buffer.from(bytes, 'base64'))).id })))
}
