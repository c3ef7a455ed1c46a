import type { FieldError } from '../../../../platform/errors.ts'
import { file, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { renderPdf } from '../../../documents/index.ts'
import { getTask, type Task } from '../../../process/index.ts'
import { acceptDossier } from '../../accept-dossier.ts'
import { completeStep } from '../../complete-step.ts'
import { errors } from '../../dossiers.errors.ts'
import { checkDraftFields } from '../../papers/draft-fields.ts'
import { draftResult, previewResult } from '../../papers/build-result.ts'
import { refuseDossier } from '../../refuse-dossier.ts'
import { requestSupplement } from '../../request-supplement.ts'
import { signResult } from '../../sign-result.ts'
import { stopDossier } from '../../withdraw-dossier.ts'
import { checkReason, maxReason } from './check-reason.ts'
import { supplementItems } from './action-panel.tsx'
import { showDossier } from './dossier.page.tsx'
import { acceptPath, askSupplementPath, completeTaskPath, deskDossierHref, previewPath, refusePath, stopPath } from './hrefs.ts'
import { readDeskView, readDossierOfDesk, recordReading } from './read-desk-dossier.ts'
import { withProof } from './with-proof.ts'

const back = (req: Req): Reply => redirect(deskDossierHref(req.params.id!))

export const deskActionRoutes: Route[] = [
  { method: 'POST', path: acceptPath, access: { permission: 'dossiers.receive' }, handler: async (req) => {
    await acceptDossier(req.ctx, { dossierId: (await readDossierOfDesk(req)).id })
    return back(req)
  } },
  { method: 'POST', path: refusePath, access: { permission: 'dossiers.receive' }, handler: async (req) => {
    const mistakes = checkReason(req, 'refuseReason')
    if (mistakes.length > 0) return showDossier(req, mistakes, req.form.fields)
    await refuseDossier(req.ctx, { dossierId: (await readDossierOfDesk(req)).id, reason: req.form.get('refuseReason') })
    return back(req)
  } },
  { method: 'POST', path: askSupplementPath, access: { permission: 'dossiers.handle' }, handler: askSupplement },
  { method: 'POST', path: stopPath, access: { permission: 'dossiers.receive' }, handler: async (req) => {
    await stopDossier(req.ctx, { dossierId: (await readDossierOfDesk(req)).id })
    return back(req)
  } },
  { method: 'POST', path: completeTaskPath, access: { permission: 'dossiers.handle' }, handler: completeTask },
  { method: 'GET', path: previewPath, access: { permission: 'dossiers.view' }, kind: 'raw', handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    await recordReading(req, dossier)
    const { template, data } = await previewResult(req.ctx, dossier)
    return file(await renderPdf(req.ctx.node, template, data), { type: 'application/pdf', name: 'preview.pdf', inline: true })
  } },
]

async function askSupplement(req: Req): Promise<Reply> {
  const view = await readDeskView(req)
  // The letter is in Vietnamese, whatever the officer's screen speaks.
  const offered = supplementItems(view, 'vi', 'Nội dung kê khai')
  const items = req.form.all('items').flatMap((i) => offered[Number(i)] ?? [])
  const mistakes = [...(items.length === 0 ? [{ field: 'items', key: 'dossiers.desk.itemsMissing' }] : []), ...checkReason(req, 'supplementReason')]
  if (mistakes.length > 0) return showDossier(req, mistakes, { supplementReason: '', ...req.form.fields })
  await requestSupplement(req.ctx, { dossierId: view.dossier.id, reason: req.form.get('supplementReason'), items })
  return back(req)
}

async function completeTask(req: Req): Promise<Reply> {
  const [dossier, task] = await Promise.all([readDossierOfDesk(req), getTask(req.ctx.db, req.params.task!)])
  if (!task || task.subject !== dossier.id) throw errors.WRONG_TASK()
  const mistakes = checkStep(req, task)
  if (mistakes.length > 0) return showDossier(req, mistakes.map((m) => ({ ...m, field: `${m.field}-${task.id}` })), req.form.fields)
  const note = req.form.get('note').slice(0, maxReason)
  const outcome = req.form.get('outcome') || undefined
  if (task.act === 'sign' && (!outcome || outcome === task.outcomes[0]?.value)) return withProof(req, { code: `code-${task.id}`, other: `note-${task.id}` }, (ctx) => signResult(ctx, { dossierId: dossier.id, taskId: task.id, note }))
  await completeStep(req.ctx, { dossierId: dossier.id, taskId: task.id, outcome, note, ...(task.act === 'draft-result' ? { draft: await draftResult(req.ctx, dossier, req.form.fields) } : {}) })
  return back(req)
}

function checkStep(req: Req, task: Task): FieldError[] {
  const outcome = req.form.get('outcome')
  return [
    ...(task.outcomes.length > 0 && !task.outcomes.some((o) => o.value === outcome) ? [{ field: 'outcome', key: 'dossiers.desk.outcomeMissing' }] : []),
    ...(task.act === 'draft-result' ? checkDraftFields(req.form.fields) : []),
  ]
}
