import { isRefusal, type FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { joinDate, readDateParts, type DateParts } from '../../../../ui/index.ts'
import { changeProcessDraft } from '../change-process-draft.ts'
import { discardProcessDraft } from '../discard-process-draft.ts'
import { addAfter, addAtEdge, addBeside, changeHead, moveDown, moveUp, removeStep } from '../edit-steps.ts'
import { judgeDraft, marksOf } from '../findings.ts'
import { handOverProcessDraft } from '../hand-over-process-draft.ts'
import { publishProcessDraft } from '../publish-process-draft.ts'
import { redraw } from '../redraw.ts'
import { returnProcessDraft } from '../return-process-draft.ts'
import { rowsOf } from '../rows.ts'
import { addable } from '../step-templates.ts'
import { hasPools, idOf, lanesOf, openTree, ourAttribute, type Tree } from '../tree.ts'
import { drawIntoBpmn } from '../../draw-into-bpmn.ts'
import { errors } from '../../process.errors.ts'
import { DiscardView, DraftView } from './draft-view.tsx'
import { durationOf } from './duration-input.tsx'
import { discardPath, draftFilePath, draftHref, draftPath, handOverPath, headPath, processesPath, processHref, publishPath, returnPath, stepHref, stepsPath } from './hrefs.ts'
import { Picture } from './picture.tsx'
import { fileReply } from './process.page.tsx'
import { readProcessDraft, seenRevision } from './read-draft.ts'

const access = { permission: 'process.design' } as const

/** The draft of a process as a table, and its way to publication. */
export const processDraftRoutes: readonly Route[] = [
  { method: 'GET', path: draftPath, access, handler: (req) => show(req) },
  { method: 'GET', path: draftFilePath, access, handler: async (req) => fileReply(req.params.key!, (await readProcessDraft(req)).bpmn) },
  { method: 'POST', path: stepsPath, access, handler: changeSteps },
  { method: 'POST', path: headPath, access, handler: saveHead },
  { method: 'POST', path: handOverPath, access, handler: async (req) => {
    const problems = await handOverProcessDraft(req.ctx, req.params.key!, seenRevision(req))
    return problems.length > 0 ? show(req, { mistakes: [{ field: 'findings', key: 'process.designer.handOver.refused' }] }) : redirect(draftHref(req.params.key!))
  } },
  { method: 'POST', path: returnPath, access, handler: async (req) => {
    const mistakes = await returnProcessDraft(req.ctx, req.params.key!, req.form.get('note'))
    return mistakes.length > 0 ? show(req, { mistakes }) : redirect(draftHref(req.params.key!))
  } },
  { method: 'POST', path: publishPath, access: { permission: 'process.publish' }, handler: async (req) => {
    const { mistakes, problems } = await publishProcessDraft(req.ctx, req.params.key!, seenRevision(req), joinDate(readDateParts(req.form, 'firstDay')))
    if (mistakes.length + problems.length === 0) return redirect(`${processHref(req.params.key!)}?done=published`)
    return show(req, { mistakes: [...mistakes, ...(problems.length > 0 ? [{ field: 'findings', key: 'process.designer.handOver.refused' }] : [])], day: readDateParts(req.form, 'firstDay') })
  } },
  { method: 'GET', path: discardPath, access, handler: askDiscard },
  { method: 'POST', path: discardPath, access, handler: async (req) => {
    const { key, baseVersion } = await readProcessDraft(req)
    await discardProcessDraft(req.ctx, key, seenRevision(req))
    return redirect(baseVersion === null ? processesPath : `${processHref(key)}?done=discarded`)
  } },
]

/** Adds, removes or moves a step, or lays the drawing out anew, as a button says: "up-sign", "remove-sign", "add", "redraw". */
async function changeSteps(req: Req): Promise<Reply> {
  const key = req.params.key!
  const [, act, step] = /^(add|up|down|remove|redraw)(?:-(.+))?$/.exec(req.form.get('act')) ?? []
  let place = '#steps'
  return keep(req, async (before) => {
    const tree = readTree(before)
    if (act === 'redraw') return hasPools(tree) ? before : drawIntoBpmn(before)
    const added = act === 'add' ? add(tree, req) : undefined
    if (added) place = stepHref(key, added)
    const isDone = added !== undefined || (act === 'up' && moveUp(tree, step ?? '')) || (act === 'down' && moveDown(tree, step ?? '')) || (act === 'remove' && removeStep(tree, step ?? ''))
    return isDone ? redraw(before, tree) : before
  }, () => (place.startsWith('#') ? `${draftHref(key)}${place}` : place))
}

function add(tree: Tree, { form }: Req): string | undefined {
  const template = addable[form.get('template')]
  if (!template) return undefined
  if (template.atEdge) return addAtEdge(tree, form.get('at'), form.get('template'), template)
  return form.get('how') === 'beside' ? addBeside(tree, form.get('at'), form.get('template'), template) : addAfter(tree, form.get('at'), form.get('template'), template)
}

async function saveHead(req: Req): Promise<Reply> {
  const { form } = req
  const key = req.params.key!
  const [nameVi, nameEn] = [form.get('nameVi'), form.get('nameEn')]
  const mistakes = (['nameVi', 'nameEn'] as const).flatMap((field) => (form.get(field) === '' || form.get(field).length > 200 ? [{ field, key: 'process.designer.check.name' }] : []))
  if (mistakes.length > 0) return show(req, { mistakes })
  return keep(req, (before) => {
    const tree = readTree(before)
    const lanes = Object.fromEntries(lanesOf(tree).map((lane, i) => [idOf(lane), { vi: form.get(`lane-${i}-vi`), en: form.get(`lane-${i}-en`) }]))
    changeHead(tree, { nameVi, nameEn, limit: durationOf(form, 'limit', ourAttribute(tree, tree.process, 'limit')), lanes })
    return redraw(before, tree)
  }, () => `${draftHref(key)}#head`)
}

/** @throws DRAFT_UNREADABLE */
export function readTree(bpmn: string): Tree {
  const tree = openTree(bpmn)
  if (!tree) throw errors.DRAFT_UNREADABLE()
  return tree
}

/** Keeps a change. When somebody else was faster, the page says who, and shows what stands there now. */
async function keep(req: Req, change: (before: string) => Promise<string> | string, next: () => string): Promise<Reply> {
  try {
    await changeProcessDraft(req.ctx, req.params.key!, seenRevision(req), (draft) => change(draft.bpmn))
    return redirect(next())
  } catch (error) {
    if (!isRefusal(error, 'DRAFT_CHANGED')) throw error
    return show(req, { conflict: req.ctx.t(error.key, error.params) })
  }
}

interface Failed { mistakes?: FieldError[]; conflict?: string; day?: DateParts }

async function show(req: Req, failed: Failed = {}): Promise<Reply> {
  const { ctx } = req
  const draft = await readProcessDraft(req)
  const name = ctx.lang === 'vi' ? draft.nameVi : draft.nameEn
  const judged = await judgeDraft(ctx, draft.bpmn)
  const picture = await Picture({ bpmn: draft.bpmn, name, t: ctx.t, lang: ctx.lang, marks: marksOf(judged.findings) })
  const tree = readTree(draft.bpmn)
  const status = failed.conflict !== undefined ? 409 : failed.mistakes ? 400 : 200
  return page(<DraftView draft={draft} name={name} tree={tree} rows={rowsOf(tree)} judged={judged} picture={picture} typed={req.form} mistakes={failed.mistakes ?? []} conflict={failed.conflict} day={failed.day} />, { title: name, layout: 'desk', status })
}

async function askDiscard(req: Req): Promise<Reply> {
  const draft = await readProcessDraft(req)
  const title = req.ctx.t('process.designer.discard.title', { title: req.ctx.lang === 'vi' ? draft.nameVi : draft.nameEn })
  return page(<DiscardView draft={draft} title={title} />, { title, layout: 'desk' })
}
