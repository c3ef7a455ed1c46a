import { z } from 'zod'
import { json } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { listDocuments } from '../../documents/index.ts'
import { findAgency } from '../../organisations/index.ts'
import { answerSupplement } from '../answer-supplement.ts'
import type { Dossier } from '../dossier.ts'
import { listOwnDossiers, proceduresOf } from '../dossiers.store.ts'
import { listMessages } from '../messages/message.store.ts'
import { readMessages } from '../messages/read-messages.ts'
import { writeMessage } from '../messages/write-message.ts'
import { progressOf } from '../next/progress.ts'
import { assertMayAct, coveredProcedures, mandatesInForce, mayReceive, partyOf } from '../on-behalf.ts'
import { errors } from '../dossiers.errors.ts'
import { readOwn } from '../pages/portal/own-dossier.page.tsx'
import { personOf } from '../pages/portal/read-draft.ts'
import { innerPapers } from '../papers/build-slip.ts'
import { changeReturnWay } from '../return-way/change-return-way.ts'
import { checkChoice, desksFor } from '../return-way/return-choice.ts'
import { requestWithdrawal } from '../withdraw-dossier.ts'
import { dossierJson, dossierSchema, messagesSchema, pageSchema, readPaging } from './dossier-json.ts'
import { messageBody, messageId, messagesJson } from './messages-json.ts'
import { posting } from './posting.ts'

const done = { type: 'object', required: ['id', 'accepted'], properties: { id: { type: 'string', format: 'uuid' }, accepted: { type: 'boolean', description: 'Done here, or on its way to the handling node' } } } as const

/** A dossier on which the person may act. */
async function readToAct(req: Req): Promise<Dossier> {
  const dossier = await readOwn(req)
  await assertMayAct(req.ctx, personOf(req), dossier)
  return dossier
}

/** The same acts as the person's pages, for programs. */
export const ownDossierApi: Route[] = [
  { method: 'GET', path: '/api/v1/own-dossiers', access: 'person', kind: 'api', openapi: { summary: 'Own dossiers, newest first', query: { page: 'From 1', size: 'At most 100' }, response: pageSchema }, handler: listOwn },
  { method: 'GET', path: '/api/v1/own-dossiers/:id', access: 'person', kind: 'api', handler: showOwn, openapi: { summary: 'One of the own dossiers with its steps and papers', response: { ...dossierSchema, properties: { ...dossierSchema.properties, steps: { type: 'array', items: { type: 'object' } }, documents: { type: 'array', items: { type: 'object' } } } } } },
  { method: 'GET', path: '/api/v1/own-dossiers/:id/messages', access: 'person', kind: 'api', openapi: { summary: 'Messages about the dossier; what the office wrote is read from now on', response: messagesSchema }, handler: async (req) => {
    const dossier = await readOwn(req)
    if (!(await mayReceive(req.ctx, personOf(req), dossier))) throw errors.OUT_OF_MANDATE({ name: (personOf(req).actingFor ?? personOf(req)).name })
    const answer = json(messagesJson(await listMessages(req.ctx.db, dossier.id)))
    await readMessages(req.ctx, dossier, 'person')
    return answer
  } },
  posting({ path: '/api/v1/own-dossiers/:id/messages', access: 'person', summary: 'Write to the unit that handles the dossier', body: messageBody, response: done, read: readToAct, act: async (req, { id }, { body }) => {
    await writeMessage(req.ctx, { dossierId: id, id: messageId(req.ctx, id, req.headers['idempotency-key']), body, files: [] })
    return { id, accepted: true }
  } }),
  posting({ path: '/api/v1/own-dossiers/:id/supplement', access: 'person', summary: 'Answer the request for a supplement', body: z.strictObject({ answer: z.string().trim().min(1).max(2000) }), response: done, read: readToAct, act: async (req, { id }, { answer }) => {
    await answerSupplement(req.ctx, { dossierId: id, answer, files: [] })
    return { id, accepted: true }
  } }),
  posting({ path: '/api/v1/own-dossiers/:id/withdraw', access: 'person', summary: 'Ask to withdraw the dossier', body: z.strictObject({ reason: z.string().trim().max(2000).default('') }), response: done, read: readToAct, act: async (req, { id }, { reason }) => {
    await requestWithdrawal(req.ctx, { dossierId: id, reason })
    return { id, accepted: true }
  } }),
  posting({
    path: '/api/v1/own-dossiers/:id/return-way', access: 'person', summary: 'Choose how the result comes, until there is one', response: done, read: readToAct,
    body: z.strictObject({ way: z.enum(['online', 'desk', 'post']), deskCode: z.string().max(40).nullable().default(null), recipient: z.strictObject({ name: z.string().trim(), phone: z.string().trim(), address: z.string().trim() }).nullable().default(null) }),
    act: async (req, dossier, choice) => {
      const agency = await findAgency(req.ctx.db, dossier.agencyCode, req.ctx.now)
      const mistakes = checkChoice(choice, agency ? await desksFor(req.ctx, agency) : [])
      if (mistakes.length > 0) return mistakes.map((m) => ({ field: apiFields[m.field] ?? m.field, message: req.ctx.t(m.key, m.params) }))
      await changeReturnWay(req.ctx, { dossierId: dossier.id, choice })
      return { id: dossier.id, accepted: true }
    },
  }),
]

/** Fields of the page's form as the API names them. */
const apiFields: Readonly<Record<string, string>> = { returnDesk: 'deskCode', returnName: 'recipient.name', returnPhone: 'recipient.phone', returnAddress: 'recipient.address' }

async function listOwn(req: Req) {
  const { ctx } = req
  const person = personOf(req)
  const { page, size, limit, offset } = readPaging(req.query)
  const party = partyOf(person)
  const procedures = person.actingFor && (await coveredProcedures(ctx, person, await proceduresOf(ctx.db, party)))
  const filer = person.actingFor ? undefined : { accountId: person.id, mandateIds: await mandatesInForce(ctx, person) }
  const rows = await listOwnDossiers(ctx.db, party, { limit: limit + 1, offset, procedures, filer })
  return json({ dossiers: rows.slice(0, size).map(dossierJson), page, size, more: rows.length > size })
}

async function showOwn(req: Req) {
  const dossier = await readOwn(req)
  const documents = (await mayReceive(req.ctx, personOf(req), dossier)) ? (await listDocuments(req.ctx.db, dossier.id)).filter((d) => !innerPapers.has(d.kind)) : []
  return json({ ...dossierJson(dossier), steps: await progressOf(req.ctx, dossier), documents: documents.map((d) => ({ id: d.id, kind: d.kind, title: d.title, number: d.number, createdAt: d.createdAt, sha256: d.fileId })) })
}
