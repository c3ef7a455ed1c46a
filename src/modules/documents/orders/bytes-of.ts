import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { PaperMaker } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findDocument, listDocuments, type StoredDocument } from '../documents.store.ts'

/** The bytes of a paper. One that is only ordered is made now, which takes some tens of milliseconds; the first to make it has made it for all. */
export async function bytesOf(ctx: Ctx, document: StoredDocument): Promise<Buffer> {
  return document.fileId === null ? ctx.node.files.get(await makePaper(ctx, document)) : ctx.node.files.get(document.fileId)
}

/** Makes an ordered paper and keeps it; returns the id of its file. */
export async function makePaper({ node, db }: Pick<Ctx, 'node' | 'db'>, document: StoredDocument): Promise<string> {
  const ctx: Ctx = { ...systemCtx(node, 'documents.orders'), db }
  const [order] = await db<{ maker: string; payload: Record<string, unknown> }[]>`SELECT maker, payload FROM documents.paper_order WHERE document_id = ${document.id}`
  if (order) {
    const maker = makerOf(node, order.maker)
    const { id: fileId, size } = await node.files.put(await maker.make(ctx, document, order.payload))
    await transact(ctx, async (tx) => {
      const [kept] = await tx<{ signedAt: Date }[]>`
        UPDATE documents.document SET file_id = ${fileId}, size = ${size}, signed_at = coalesce(signed_at, ${ctx.now}) WHERE id = ${document.id} AND file_id IS NULL RETURNING signed_at AS "signedAt"`
      if (!kept) return
      await tx`DELETE FROM documents.paper_order WHERE document_id = ${document.id}`
      await appendEvent(tx, ctx, { type: 'document.stored', subject: document.id, data: { kind: document.kind, about: document.subject, sha256: fileId, size } })
      await maker.kept?.(tx, ctx, { ...document, signedAt: kept.signedAt })
    })
  }
  const fileId = (await findDocument(db, document.id))?.fileId
  if (!fileId) throw new Error(`The paper ${document.id} is neither made nor ordered.`)
  return fileId
}

/**
 * Makes what is only ordered about a dossier: before something changes of which those papers speak. An act does it before its transaction, not to hold
 * it while papers are typeset; who is given a transaction, `within` it. */
export async function makeOrderedPapers(ctx: Ctx, subject: string): Promise<void> {
  for (const paper of await listDocuments(ctx.db, subject)) if (paper.fileId === null) await makePaper(ctx, paper)
}

function makerOf(node: Node, name: string): PaperMaker {
  const maker = node.modules.flatMap((m) => (m.papers?.[name] ? [m.papers[name]] : []))[0]
  if (!maker) throw new Error(`No module makes papers of the kind ${name}.`)
  return maker
}
