import { z } from 'zod'
import { json } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatNumber } from '../../../platform/i18n.ts'
import { type Task } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { extendDossier } from '../clock/extend-dossier.ts'
import { completeStep } from '../complete-step.ts'
import { deskReach } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { dossierStates } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { listDeskDossiers, mostListed } from '../dossiers.store.ts'
import { answerMessage } from '../messages/answer-message.ts'
import { listMessages } from '../messages/message.store.ts'
import { readMessages } from '../messages/read-messages.ts'
import { settleMessages } from '../messages/settle-messages.ts'
import { supplementItems } from '../pages/desk/action-panel.tsx'
import { readDeskView, readDossierOfDesk, recordReading } from '../pages/desk/read-desk-dossier.ts'
import { agenciesOf } from '../pages/desk/read-inbox.ts'
import { checkDraftFields } from '../papers/draft-fields.ts'
import { draftResult } from '../papers/build-result.ts'
import { refuseDossier } from '../refuse-dossier.ts'
import { requestSupplement } from '../request-supplement.ts'
import { signResult } from '../sign-result.ts'
import { stopDossier } from '../withdraw-dossier.ts'
import { dossierJson, dossierSchema, messagesSchema, pageSchema, readPaging } from './dossier-json.ts'
import { messageBody, messageId, messagesJson } from './messages-json.ts'
import { posting } from './posting.ts'
import { readTask } from './read-task.ts'

const reason = z.string().trim().min(1).max(2000)
const nothing = z.strictObject({})
const note = z.string().max(2000).default('')
const receive = { permission: 'dossiers.receive' } as const
const handle = { permission: 'dossiers.handle' } as const
const view = { permission: 'dossiers.view' } as const

/** The same acts as the officers' pages, for programs: rights, states and the ledger are those of the acts. */
export const deskDossierApi: Route[] = [
  { method: 'GET', path: '/api/v1/desk/dossiers', access: view, kind: 'api', audit: 'dossiers.inbox', handler: list, openapi: { summary: 'Dossiers of the desk, the most urgent first', query: { state: 'One of the states', procedure: 'Code of the procedure', q: 'Code or reference, or how it begins, or day and number of the code', waiting: '1: the person waits for an answer', sort: 'due or submitted', page: 'From 1; the first 5,000 dossiers are listed and counted', size: 'At most 100' }, response: pageSchema } },
  { method: 'GET', path: '/api/v1/desk/dossiers/:id', access: view, kind: 'api', handler: show, openapi: { summary: 'A dossier with what was declared, its papers and the steps that this officer may do', response: { ...dossierSchema, properties: { ...dossierSchema.properties, applicant: { type: 'object' }, answers: { type: 'object' }, tasks: { type: 'array', items: { type: 'object' } }, documents: { type: 'array', items: { type: 'object' } }, supplementItems: { type: 'array', items: { type: 'string' } } } } } },
  posting({ path: '/api/v1/desk/dossiers/:id/accept', access: receive, summary: 'Accept as valid: gives the code and starts the clock', body: nothing, response: dossierSchema, read: readDossierOfDesk, act: async (req, { id }) => dossierJson(await acceptDossier(req.ctx, { dossierId: id })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/refuse', access: receive, summary: 'Refuse to receive, with the legal reason', body: z.strictObject({ reason }), response: dossierSchema, read: readDossierOfDesk, act: async (req, { id }, body) => dossierJson(await refuseDossier(req.ctx, { dossierId: id, ...body })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/supplement', access: handle, summary: 'Ask for a supplement: everything in one request; the clock stops', body: z.strictObject({ reason, items: z.array(z.string()).min(1).max(100) }), response: dossierSchema, read: readDossierOfDesk, act: askSupplement }),
  posting({ path: '/api/v1/desk/dossiers/:id/stop', access: receive, summary: 'Confirm the withdrawal: handling stops', body: nothing, response: dossierSchema, read: readDossierOfDesk, act: async (req, { id }) => dossierJson(await stopDossier(req.ctx, { dossierId: id })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/extend', access: handle, summary: 'Apologise and put the date off, once', body: z.strictObject({ date: z.iso.date(), reason }), response: dossierSchema, read: readDossierOfDesk, act: async (req, { id }, body) => {
    const mistakes = await extendDossier(req.ctx, { dossierId: id, ...body })
    return mistakes.length > 0 ? mistakes.map((m) => ({ field: m.field === 'newDate' ? 'date' : 'reason', message: req.ctx.t(m.key, m.params) })) : dossierJson(await readDossierOfDesk(req))
  } }),
  posting({ path: '/api/v1/desk/dossiers/:id/tasks/:task/complete', access: handle, summary: 'Complete a step, also that of returning the result; signing has its own address', body: z.strictObject({ outcome: z.string().max(100).optional(), note, draft: z.record(z.string(), z.string()).default({}) }), response: dossierSchema, read: readTask, act: complete }),
  posting({ path: '/api/v1/desk/dossiers/:id/tasks/:task/sign', access: handle, summary: 'Sign the result; asks for a proof of who signs that is not too old', body: z.strictObject({ note }), response: dossierSchema, read: readTask, act: async (req, { dossier, task }, body) => dossierJson(await signResult(req.ctx, { dossierId: dossier.id, taskId: task.id, ...body })) }),
  { method: 'GET', path: '/api/v1/desk/dossiers/:id/messages', access: view, kind: 'api', openapi: { summary: 'Messages about the dossier; what the person wrote is read from now on', response: messagesSchema }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    await recordReading(req, dossier)
    const answer = json(messagesJson(await listMessages(req.ctx.db, dossier.id)))
    await readMessages(req.ctx, dossier, 'office')
    return answer
  } },
  posting({ path: '/api/v1/desk/dossiers/:id/messages', access: handle, summary: 'Write to the person; settles what the person asked', body: messageBody, response: dossierSchema, read: readDossierOfDesk, act: async (req, dossier, { body }) => {
    await answerMessage(req.ctx, { dossierId: dossier.id, id: messageId(req.ctx, dossier.id, req.headers['idempotency-key']), body, files: [] })
    return dossierJson(dossier)
  } }),
  posting({ path: '/api/v1/desk/dossiers/:id/messages/settle', access: handle, summary: 'The person’s messages need no answer', body: nothing, response: dossierSchema, read: readDossierOfDesk, act: async (req, dossier) => {
    await settleMessages(req.ctx, { dossierId: dossier.id })
    return dossierJson(dossier)
  } }),
]

async function list(req: Req) {
  const { ctx, query } = req
  const { page, size, limit, offset } = readPaging(query)
  if (offset + limit > mostListed) throw errors.BEYOND_LIST({ most: formatNumber(mostListed, ctx.lang) })
  const reach = await deskReach(ctx, 'dossiers.view')
  const { rows, total } = await listDeskDossiers(ctx.db, ctx.node.config.code, {
    reach, ...(query.state && query.state in dossierStates ? { states: [query.state] } : {}), ...(query.procedure ? { procedureCode: query.procedure.slice(0, 40) } : {}),
    ...(query.q ? { text: query.q.slice(0, 60), agencies: await agenciesOf(req, reach) } : {}), ...(query.waiting === '1' ? { waiting: true } : {}), sort: query.sort === 'submitted' ? 'submitted' : 'due', limit, offset,
  })
  return json({ dossiers: rows.map(dossierJson), page, size, total: Math.min(total, mostListed), more: offset + rows.length < total })
}

const taskJson = (task: Task) => ({ id: task.id, name: task.name, act: task.act, role: task.role, due: task.dueAt, outcomes: task.outcomes })

async function show(req: Req) {
  const seen = await readDeskView(req)
  await recordReading(req, seen.dossier)
  const { content, documents, tasks } = seen
  return json({
    ...dossierJson(seen.dossier), applicant: content.applicant, answers: content.answers, tasks: tasks.map(taskJson), supplementItems: supplementItems(seen, 'vi', declaration),
    documents: documents.map((d) => ({ id: d.id, kind: d.kind, title: d.title, number: d.number, createdAt: d.createdAt, sha256: d.fileId })),
  })
}

/** What a request may name besides the components, in the language of the letter. */
const declaration = 'Nội dung kê khai'

async function askSupplement(req: Req, { id }: Dossier, body: { reason: string; items: string[] }) {
  const offered = supplementItems(await readDeskView(req), 'vi', declaration)
  const unknown = body.items.flatMap((item, n) => (offered.includes(item) ? [] : [{ field: `items.${n}`, message: req.ctx.t('dossiers.api.itemUnknown') }]))
  return unknown.length > 0 ? unknown : dossierJson(await requestSupplement(req.ctx, { dossierId: id, ...body }))
}

async function complete(req: Req, { dossier, task }: { dossier: Dossier; task: Task }, body: { outcome?: string | undefined; note: string; draft: Record<string, string> }) {
  const { t } = req.ctx
  if (task.outcomes.length > 0 && !task.outcomes.some((o) => o.value === body.outcome)) return [{ field: 'outcome', message: t('dossiers.desk.outcomeMissing') }]
  const drafts = task.act === 'draft-result'
  const wrong = drafts ? checkDraftFields(body.draft) : []
  if (wrong.length > 0) return wrong.map((m) => ({ field: `draft.${m.field}`, message: t(m.key, m.params) }))
  return dossierJson(await completeStep(req.ctx, { dossierId: dossier.id, taskId: task.id, note: body.note, ...(body.outcome === undefined ? {} : { outcome: body.outcome }), ...(drafts ? { draft: await draftResult(req.ctx, dossier, body.draft) } : {}) }))
}
