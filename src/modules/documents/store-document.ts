import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { insertDocument } from './documents.store.ts'

export interface NewDocument {
  /** Template name or kind of paper: 'appointment-slip'. */
  kind: string
  /** What it is about: the id of a dossier. */
  subject: string
  title: string
  bytes: Uint8Array
  number?: string
  /** Name under which a person saves it; made from kind and number when absent. */
  fileName?: string
  /** 'application/pdf' when absent. */
  mediaType?: string
  signedAt?: Date
  /** The same key stores once: the first document's id is returned. */
  key?: string
}

/** Keeps a paper: its bytes in the file store, a row about it, and an event with its hash. Returns its id. */
export async function storeDocument(tx: Tx, ctx: Ctx, document: NewDocument): Promise<string> {
  const { id: fileId, size } = await ctx.node.files.put(document.bytes)
  const { id, fresh } = await insertDocument(tx, {
    id: newId(),
    kind: document.kind,
    subject: document.subject,
    title: document.title,
    number: document.number ?? null,
    fileId,
    fileName: document.fileName ?? fileName(document),
    mediaType: document.mediaType ?? 'application/pdf',
    size,
    createdAt: ctx.now,
    signedAt: document.signedAt ?? null,
    key: document.key ?? null,
  })
  if (fresh) await appendEvent(tx, ctx, { type: 'document.stored', subject: id, data: { kind: document.kind, about: document.subject, sha256: fileId, size } })
  return id
}

function fileName(document: NewDocument): string {
  return `${[document.kind, document.number?.replace(/[^\p{L}\p{N}.]+/gu, '-')].filter(Boolean).join('-')}.pdf`
}
