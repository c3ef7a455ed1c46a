import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { findFormUse, listFormUses, type FormUse } from '../../catalogue/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { FormDefinition } from '../definition.ts'
import { slug } from '../definition-parts.ts'
import { errors } from '../forms.errors.ts'
import { findVersion, listFormVersions } from '../forms.store.ts'
import type { FormDraft } from './draft.ts'
import { insertFormDraft } from './draft.store.ts'
import { blankField } from './field-boxes.ts'
import { isOwnForm, ownerInWords, ownersInWords } from './form-owner.ts'
import { draftFacts, editorOf } from './open-draft.ts'
import { insertPurpose } from './purpose.store.ts'

/** As it was typed: a key for the form, the code of its procedure, the titles, the form that is copied or nothing. */
export interface TypedNewForm { key: string; procedure: string; vi: string; en: string; copyOf: string }

/** Words that are addresses of the editor. */
const reserved = new Set(['new'])
const longestTitle = 200

/**
 * Begins a form for a procedure of the own office that is not filed by one yet: with the pages that every form needs, or with those of another form.
 * Mistakes in what was typed come back. @throws NOT_AUTHOR at a local node
 */
export async function startNewForm(ctx: Ctx, typed: TypedNewForm): Promise<FieldError[]> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  return transact(ctx, async (tx) => {
    const [use, filedBy, taken, copied] = await Promise.all([findFormUse(tx, typed.procedure), listFormUses(tx), listFormVersions(tx, typed.key), listFormVersions(tx, typed.copyOf)])
    const mistakes: FieldError[] = [
      ...(!slug.safeParse(typed.key).success || reserved.has(typed.key) ? [{ field: 'key', key: 'forms.editor.new.invalid.key' }] : taken.length > 0 ? [{ field: 'key', key: 'forms.editor.new.invalid.keyTaken' }] : []),
      ...(await procedureMistakes(tx, ctx, use, filedBy)),
      ...(['vi', 'en'] as const).filter((lang) => typed[lang] === '' || [...typed[lang]].length > longestTitle).map((lang) => ({ field: `title-${lang}`, key: `forms.editor.new.invalid.title-${lang}` })),
      ...(typed.copyOf !== '' && copied.length === 0 ? [{ field: 'copyOf', key: 'forms.editor.new.invalid.copyOf' }] : []),
    ]
    if (mistakes.length > 0) return mistakes
    const base = copied[0] && (await findVersion(tx, typed.copyOf, copied[0].version))
    const title = { vi: typed.vi, en: typed.en }
    const definition = base ? copyOf(base.definition, typed.key, title) : blankForm(typed.key, title, use!)
    const draft: FormDraft = { key: typed.key, baseVersion: 0, definition, trial: null, revision: 1, state: 'draft', ...editorOf(ctx), startedAt: ctx.now, note: null }
    // Somebody else was quicker with this key or this procedure.
    if (!(await insertPurpose(tx, { key: typed.key, code: use!.code, by: actorKey(ctx.actor), at: ctx.now }))) return [{ field: 'procedure', key: 'forms.editor.new.invalid.begun' }]
    if (!(await insertFormDraft(tx, draft))) throw errors.DRAFT_EXISTS()
    await appendEvent(tx, ctx, { type: 'form.draft_started', subject: typed.key, data: { ...draftFacts(draft), procedure: use!.code } })
    return []
  })
}

async function procedureMistakes(tx: Tx, ctx: Ctx, use: FormUse | undefined, filedBy: readonly FormUse[]): Promise<FieldError[]> {
  if (!use) return [{ field: 'procedure', key: 'forms.editor.new.invalid.procedure' }]
  if (!isOwnForm(ctx.actor, [use])) return [{ field: 'procedure', key: 'forms.editor.new.invalid.notOwn', params: { owner: ownerInWords(await ownersInWords(tx, [use], ctx.lang), [use]) } }]
  return filedBy.some((other) => other.code === use.code) ? [{ field: 'procedure', key: 'forms.editor.new.invalid.hasForm' }] : []
}

/** Where the official form comes from is another instrument, and it is offered from another day. */
function copyOf({ source: _source, validFrom: _validFrom, ...definition }: FormDefinition, key: string, title: FormDefinition['title']): FormDefinition {
  return { ...definition, key, version: 1, title }
}

/** What no form can do without: who applies, the place that decides which agency is competent, the undertaking; every component shown at the desk until a field takes it. */
function blankForm(key: string, title: FormDefinition['title'], use: FormUse): FormDefinition {
  return {
    key, version: 1, title, placeField: 'place',
    applicant: { name: 'requester.name', citizenId: 'requester.citizenId', birthDate: 'requester.birthDate', sex: 'requester.sex', phone: 'requester.phone', address: 'requester.residence' },
    ...(use.components.length > 0 && { components: [...new Set(use.components)].map((name) => ({ name, by: 'desk' as const })) }),
    pages: [
      { id: 'requester', path: 'nguoi-yeu-cau', title: { vi: 'Người yêu cầu', en: 'Who applies' }, fields: [{ id: 'requester', type: 'person', self: true, parts: ['name', 'birthDate', 'sex', 'citizenId', 'residence', 'phone'], label: { vi: 'Người yêu cầu', en: 'Who applies' } }] },
      { id: 'place', path: 'noi-giai-quyet', title: { vi: 'Nơi giải quyết', en: 'Where it is handled' }, fields: [{ id: 'place', type: 'address', street: 'none', label: { vi: 'Xã, phường, đặc khu', en: 'Commune' } }] },
      { id: 'declaration', path: 'cam-doan', title: { vi: 'Cam đoan', en: 'Declaration' }, fields: [blankField('declaration', 'declaration', { vi: 'Tôi cam đoan những nội dung khai trên là đúng sự thật và chịu trách nhiệm trước pháp luật.', en: 'I declare that what I stated is true and that I answer for it before the law.' })] },
    ],
  }
}

/** What a form that has no version yet is compared with. */
export const nothingYet = (definition: FormDefinition): FormDefinition => ({ key: definition.key, version: 0, title: { vi: '', en: '' }, placeField: '', applicant: { name: '', citizenId: '' }, pages: [] })
