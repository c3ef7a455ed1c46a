import { file } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { bytesOf, findDocument } from '../../documents/index.ts'
import { findAttachment } from '../../dossiers/index.ts'
import { errors } from '../national-portal.errors.ts'
import { isFileLink } from './file-links.ts'

/** The files that messages to the portal name. The address is the key: it is made with the node's secret and stands nowhere but in messages. */
export const fileLinkRoutes: readonly Route[] = [
  { method: 'GET', path: '/lien-thong/tep/:id/:key', access: 'public', kind: 'raw', handler: async (req) => {
    const found = await readFile(req)
    if (!found) throw errors.FILE_NOT_FOUND()
    return file(found.bytes, { type: found.type, name: found.name })
  } },
]

async function readFile({ ctx, params }: Req): Promise<{ bytes: Buffer; type: string; name: string } | undefined> {
  const { id = '', key = '' } = params
  if (!ctx.node.config.nationalPortal || !isId(id) || !isFileLink(ctx.node, id, key)) return undefined
  const attachment = await findAttachment(ctx.db, id)
  if (attachment) return { bytes: await ctx.node.files.get(attachment.fileId), type: attachment.mimeType, name: attachment.fileName }
  const document = await findDocument(ctx.db, id)
  // A result that was replaced is no result any more.
  return document && document.kind === 'result' && document.revokedAt === null ? { bytes: await bytesOf(ctx, document), type: document.mediaType, name: document.fileName } : undefined
}
