import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { decodeXml } from '../../../platform/xml.ts'
import { appendEvent } from '../../ledger/index.ts'
import { readBpmn } from '../bpmn-document.ts'
import { parseDuration } from '../duration.ts'
import { errors } from '../process.errors.ts'
import { findDefinitionFile, insertProcessDraft, listDefinitions } from './draft.store.ts'
import { emptyProcess } from './empty-process.ts'
import { draftFacts, editorOf } from './open-draft.ts'
import { prepareFile, type PreparedFile } from './prepare-file.ts'

const keyShape = /^[a-z][a-z0-9-]{1,59}$/

/** Opens a draft from a published version; a process has one at a time. @throws VERSION_NOT_FOUND, DRAFT_EXISTS */
export async function startProcessDraft(ctx: Ctx, key: string, version: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const base = await findDefinitionFile(tx, key, version)
    const file = base && await prepareFile(base.bpmn)
    if (!file) throw errors.VERSION_NOT_FOUND()
    await insert(tx, ctx, file, version)
  })
}

export interface NewProcess { key: string; nameVi: string; nameEn: string; limit: string }

/** Opens the draft of a new process that goes from its start straight to its end; the mistakes come back. @throws DRAFT_EXISTS */
export async function startEmptyProcess(ctx: Ctx, wanted: NewProcess): Promise<FieldError[]> {
  const mistakes = [
    ...(keyShape.test(wanted.key) ? [] : [{ field: 'key', key: 'process.designer.check.key' }]),
    ...(['nameVi', 'nameEn'] as const).flatMap((field) => (wanted[field] === '' || wanted[field].length > 200 ? [{ field, key: 'process.designer.check.name' }] : [])),
    ...(parseDuration(wanted.limit) ? [] : [{ field: 'limit', key: 'process.designer.check.limit' }]),
  ]
  if (mistakes.length > 0) return mistakes
  return transact(ctx, async (tx) => {
    if ((await listDefinitions(tx, wanted.key)).length > 0) return [{ field: 'key', key: 'process.designer.check.taken', params: { key: wanted.key } }]
    await insert(tx, ctx, (await prepareFile(emptyProcess(wanted)))!, null)
    return []
  })
}

/** Opens a draft with an uploaded BPMN file, as the next version of the process whose id it has. @throws DRAFT_EXISTS */
export async function startFromFile(ctx: Ctx, bytes: Uint8Array): Promise<{ key: string } | FieldError[]> {
  const text = decodeXml(bytes)
  if (!await readBpmn(text)) return [{ field: 'file', key: 'process.problem.not_bpmn' }]
  const file = await prepareFile(text)
  if (!file) return [{ field: 'file', key: 'process.designer.check.oneProcess' }]
  if (!keyShape.test(file.key)) return [{ field: 'file', key: 'process.designer.check.fileKey', params: { key: file.key } }]
  await transact(ctx, async (tx) => insert(tx, ctx, file, (await listDefinitions(tx, file.key))[0]?.version ?? null))
  return { key: file.key }
}

async function insert(tx: Tx, ctx: Ctx, { key, nameVi, nameEn, bpmn }: PreparedFile, baseVersion: number | null): Promise<void> {
  const draft = { key, baseVersion, nameVi, nameEn, bpmn, revision: 1, state: 'draft' as const, ...editorOf(ctx), note: null }
  if (!await insertProcessDraft(tx, draft)) throw errors.DRAFT_EXISTS()
  await appendEvent(tx, ctx, { type: 'process.draft_started', subject: key, data: draftFacts(draft) })
}
