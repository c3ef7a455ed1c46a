import { isRefusal, type FieldError } from '../../../../platform/errors.ts'
import { file, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { renderPdf } from '../../../documents/index.ts'
import { proofState, proveAgain, proveByCertificate } from '../../../identity/index.ts'
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
  const dossier = await readDossierOfDesk(req)
  const task = isId(req.params.task) ? await getTask(req.ctx.db, req.params.task) : undefined
  if (!task || task.subject !== dossier.id) throw errors.WRONG_TASK()
  const mistakes = checkStep(req, task)
  if (mistakes.length > 0) return showDossier(req, mistakes.map((m) => ({ ...m, field: `${m.field}-${task.id}` })), req.form.fields)
  const note = req.form.get('note').slice(0, maxReason)
  const outcome = req.form.get('outcome') || undefined
  if (task.act === 'sign' && (!outcome || outcome === task.outcomes[0]?.value)) return sign(req, { dossierId: dossier.id, taskId: task.id, note })
  await completeStep(req.ctx, { dossierId: dossier.id, taskId: task.id, outcome, note, ...(task.act === 'draft-result' ? { draft: await draftResult(req.ctx, dossier, req.form.fields) } : {}) })
  return back(req)
}

/** Signs, after a new proof where the last one is too old: asked for on the same page, with everything that was typed. */
async function sign(req: Req, input: { dossierId: string; taskId: string; note: string }): Promise<Reply> {
  const { ctx, form } = req
  if (ctx.actor.kind !== 'officer' || (await proofState(ctx.db, ctx.actor, ctx.now)).isFresh) {
    await signResult(ctx, input)
    return back(req)
  }
  const again = (key: string, params: Record<string, string | number> = {}): Promise<Reply> => showDossier(req, [{ field: `code-${input.taskId}`, key, params }], form.fields)
  if (form.get('proof') === 'certificate') return (await proveByCertificate(req)) ?? again('dossiers.desk.proof.too_long')
  if (form.get('code') === '') return again('dossiers.desk.proof.missing')
  const outcome = await proveAgain(ctx, form.get('code'))
  if (outcome.kind === 'wait') return again(outcome.seconds < 90 ? 'identity.wait.seconds' : 'identity.wait.minutes', { count: outcome.seconds < 90 ? outcome.seconds : Math.ceil(outcome.seconds / 60) })
  if (outcome.kind === 'wrong') return again('dossiers.desk.proof.wrong')
  const cookies = [outcome.cookie]
  try {
    await signResult(outcome.ctx, input)
  } catch (error) {
    // The proof stands, whatever hinders the signing; without its cookie the officer would be logged out.
    if (!isRefusal(error)) throw error
    return { ...await showDossier({ ...req, ctx: outcome.ctx }, [{ field: `note-${input.taskId}`, key: error.key, params: error.params }], form.fields), cookies }
  }
  return redirect(deskDossierHref(req.params.id!), { cookies })
}

function checkStep(req: Req, task: Task): FieldError[] {
  const outcome = req.form.get('outcome')
  return [
    ...(task.outcomes.length > 0 && !task.outcomes.some((o) => o.value === outcome) ? [{ field: 'outcome', key: 'dossiers.desk.outcomeMissing' }] : []),
    ...(task.act === 'draft-result' ? checkDraftFields(req.form.fields) : []),
  ]
}
