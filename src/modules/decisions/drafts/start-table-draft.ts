import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../decisions.errors.ts'
import { findTableVersion, listTableVersions } from '../decisions.store.ts'
import { tableDefinition, type TableDefinition } from '../table-definition.ts'
import { insertTableDraft, type TableDraft } from './draft.store.ts'
import { draftFacts, editorOf, officeOf, requireOwnTable } from './open-table-draft.ts'

/** Opens a draft from a published version; a table has one at a time. @throws TABLE_NOT_FOUND, NOT_AUTHOR, TABLE_NOT_OWN, DRAFT_EXISTS */
export async function startTableDraft(ctx: Ctx, key: string, version: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const base = await findTableVersion(tx, key, version)
    if (!base) throw errors.TABLE_NOT_FOUND({ key })
    await requireOwnTable(tx, ctx, base.owner)
    const draft: TableDraft = { key, owner: base.owner, baseVersion: version, definition: base.definition, examples: base.examples, revision: 1, state: 'draft', ...editorOf(ctx), note: null }
    if (!(await insertTableDraft(tx, draft))) throw errors.DRAFT_EXISTS()
    await appendEvent(tx, ctx, { type: 'decision.table_draft_started', subject: key, data: draftFacts(draft) })
  })
}

const blank = (key: string, title: TableDefinition['title']): TableDefinition => ({
  key, title, ground: '', purpose: 'fee', procedure: '',
  table: { hitPolicy: 'UNIQUE', inputs: [{ expression: '', label: '', typeRef: 'string' }], outputs: [{ name: '', label: '', typeRef: 'number' }], rules: [{ inputs: [''], outputs: [''], notes: [''] }] },
})

/** Opens the draft of a new table of the officer's own office; the mistakes come back. @throws NOT_AUTHOR, TABLE_EXISTS, DRAFT_EXISTS */
export async function startNewTable(ctx: Ctx, { key, title }: Pick<TableDefinition, 'key' | 'title'>): Promise<FieldError[]> {
  const mistakes = [
    ...(tableDefinition.shape.key.safeParse(key).success ? [] : [{ field: 'key', key: 'decisions.check.key' }]),
    ...(['vi', 'en'] as const).flatMap((lang) => (title[lang] === '' || title[lang].length > 200 ? [{ field: `title-${lang}`, key: 'decisions.check.empty' }] : [])),
  ]
  if (mistakes.length > 0) return mistakes
  const owner = officeOf(ctx.actor) ?? ''
  await requireOwnTable(ctx.db, ctx, owner)
  return transact(ctx, async (tx) => {
    if ((await listTableVersions(tx, key)).length > 0) throw errors.TABLE_EXISTS({ key, version: 1 })
    const draft: TableDraft = { key, owner, baseVersion: null, definition: blank(key, title), examples: [], revision: 1, state: 'draft', ...editorOf(ctx), note: null }
    if (!(await insertTableDraft(tx, draft))) throw errors.DRAFT_EXISTS()
    await appendEvent(tx, ctx, { type: 'decision.table_draft_started', subject: key, data: draftFacts(draft) })
    return []
  })
}
