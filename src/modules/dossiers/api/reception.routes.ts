import { z } from 'zod'
import type { Req, Route } from '../../../platform/http/route.ts'
import { isId, newId } from '../../../platform/ids.ts'
import { assertServiceOpen } from '../../catalogue/index.ts'
import { errorText, findForm, loadUnits, placeOf, validateAnswers, visibleAnswers } from '../../forms/index.ts'
import { attachedFiles } from '../answers-of.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { openProcedure } from '../open-procedure.ts'
import { receiveFiled } from '../places/receive-filed.ts'
import { findToReturn, returnHere } from '../places/return-here.ts'
import { deliverResult } from '../postal/deliver-result.ts'
import { endDelegation, giveDelegation, postalActs } from '../postal/delegation.ts'
import { giveToDesk, giveToPost } from '../postal/hand-over-list.ts'
import { findDelegation, findList, listInHand, type Delegation, type PostalList } from '../postal/postal.store.ts'
import { mayTake, takeList } from '../postal/take-list.ts'
import { closeVisit } from '../reception/close-visit.ts'
import { fileChecked } from '../reception/file-at-desk.ts'
import { officerCtx, readVisit } from '../reception/pages/read-visit.ts'
import type { Visit } from '../reception/reception.store.ts'
import { representOrganisation } from '../reception/represent-organisation.ts'
import { startVisit } from '../reception/start-visit.ts'
import { dossierJson, dossierSchema } from './dossier-json.ts'
import { mistakesIn, orMistakes } from './posting-mistakes.ts'
import { posting, type Mistake } from './posting.ts'

const nothing = z.strictObject({})
const id = { type: 'string', format: 'uuid' } as const
const made = { type: 'object', required: ['id'], properties: { id } } as const
const takeIn = { permission: 'dossiers.take-in' } as const
const receive = { permission: 'dossiers.receive' } as const
const post = { permission: 'dossiers.post' } as const
const nobody = (): Promise<undefined> => Promise.resolve(undefined)
const day = z.iso.date()

const visits: Route[] = [
  posting({
    path: '/api/v1/desk/visits', access: takeIn, summary: 'Take in a person or a letter: looks up who it is, on record', response: made, read: nobody,
    body: z.strictObject({ channel: z.enum(['desk', 'post', 'assisted']), query: z.string().max(2000), postedOn: day.optional(), arrivedOn: day.optional() }),
    act: async (req, _, body) => {
      const started = await startVisit(officerCtx(req), { channel: body.channel, query: body.query, postedOn: body.postedOn, arrivedOn: body.arrivedOn })
      return 'errors' in started ? mistakesIn(req, started.errors) : { id: started.visitId }
    },
  }),
  posting({ path: '/api/v1/desk/visits/:id/organisation', access: takeIn, summary: 'The person files for an organisation, by mandate or on a paper shown', body: z.strictObject({ taxCode: z.string().max(20), name: z.string().max(300).default(''), paper: z.string().max(300).default('') }), response: made, read: readVisit, act: async (req, visit, body) =>
    orMistakes(req, await representOrganisation(officerCtx(req), visit, body), { organisationName: 'name', organisationPaper: 'paper' }, () => ({ id: visit.id })) }),
  posting({
    path: '/api/v1/desk/visits/:id/dossiers', access: takeIn, summary: 'File for the person of the visit and receive at once where this node decides; an Idempotency-Key makes it one filing for ever', response: dossierSchema, read: readVisit,
    body: z.strictObject({ procedure: z.string().max(40), answers: z.record(z.string(), z.unknown()), returnWay: z.enum(['online', 'desk', 'post']).default('desk'), later: z.boolean().default(false) }),
    act: fileForVisit,
  }),
  posting({ path: '/api/v1/desk/visits/:id/close', access: takeIn, summary: 'End the visit; what is known of the person in it goes', body: nothing, response: made, read: readVisit, act: async (req, visit) => {
    await closeVisit(officerCtx(req), visit)
    return { id: visit.id }
  } }),
]

interface Filing { procedure: string; answers: Record<string, unknown>; returnWay: 'online' | 'desk' | 'post'; later: boolean }

async function fileForVisit(req: Req, visit: Visit, body: Filing): Promise<object | Mistake[]> {
  const ctx = officerCtx(req)
  const procedure = await openProcedure(ctx.db, body.procedure, ctx.now)
  const form = procedure.content.service ? await findForm(ctx.db, procedure.content.service.formKey) : undefined
  if (!form) throw errors.PROCEDURE_NOT_ONLINE()
  await assertServiceOpen(ctx.db, procedure.code, ctx)
  const units = await loadUnits(ctx.db, ctx.now, form)
  const mistakes = validateAnswers(form, body.answers, { now: ctx.now, units })
  if (mistakes.length > 0) return mistakes.map((m) => ({ field: `answers.${m.field}`, message: errorText(form, m, ctx.lang) }))
  // As for filings of persons: whose bytes a file in answers names, this route cannot tell.
  if (attachedFiles(body.answers, ctx.now).length > 0) throw errors.FILES_NOT_BY_API()
  const answers = visibleAnswers(form, body.answers)
  const key = req.headers['idempotency-key'] ?? newId()
  const filing = { procedure, form: { key: form.definition.key, version: form.definition.version }, answers, files: [], placeCode: placeOf(form, answers) ?? null, filingKey: `desk:${ctx.actor.id}:${key}` }
  const filed = await fileChecked(ctx, visit, form, { filing, units }, { returnWay: body.returnWay, later: body.later })
  if ('errors' in filed) return mistakesIn(req, filed.errors, { [form.definition.applicant.citizenId]: `answers.${form.definition.applicant.citizenId}` })
  if (!filed.same) throw errors.KEY_REUSED()
  return dossierJson((await findDossier(ctx.db, filed.dossierId))!)
}

const places: Route[] = [
  posting({ path: '/api/v1/desk/receive-filed', access: receive, summary: 'Receive what was filed online for an agency of the node, by the reference that the person shows', body: z.strictObject({ reference: z.string().max(30) }), response: dossierSchema, read: nobody, act: async (req, _, body) => dossierJson(await receiveFiled(officerCtx(req), body)) }),
  posting({ path: '/api/v1/desk/returns/:id', access: receive, summary: 'Hand out the result of another agency at the desk that the person chose', body: z.strictObject({ recipient: z.string().max(300) }), response: made, read: (req) => findToReturn(officerCtx(req), isId(req.params.id) ? req.params.id : newId()), act: async (req, d, body) =>
    orMistakes(req, await returnHere(officerCtx(req), { dossierId: d.id, ...body }), {}, () => ({ id: d.id })) }),
]

const dossierIds = z.array(z.uuid()).min(1).max(500)

/** A list that this officer may sign. */
async function readListToTake(req: Req): Promise<PostalList> {
  const list = isId(req.params.id) ? await findList(req.ctx.db, req.params.id) : undefined
  if (!list || !mayTake(officerCtx(req), { ...list, takenAt: null })) throw errors.NOT_FOUND()
  return list
}

async function readResultInHand(req: Req): Promise<string> {
  const { db, actor } = officerCtx(req)
  const found = (await listInHand(db, actor.id)).find((one) => one.dossierId === req.params.id && one.what === 'result')
  if (!found) throw errors.NOT_FOUND()
  return found.dossierId
}

async function readDelegation(req: Req): Promise<Delegation> {
  const delegation = isId(req.params.id) ? await findDelegation(req.ctx.db, req.params.id) : undefined
  if (delegation?.agencyCode !== officerCtx(req).actor.agencyCode) throw errors.NOT_FOUND()
  return delegation
}

const postal: Route[] = [
  posting({ path: '/api/v1/desk/post/lists', access: post, summary: 'Hand what is in hand to the one-stop desk: making the list signs it', body: z.strictObject({ dossierIds }), response: made, read: nobody, act: async (req, _, body) => {
    const list = await giveToDesk(officerCtx(req), body)
    return 'errors' in list ? mistakesIn(req, list.errors, { dossier: 'dossierIds' }) : { id: list.listId }
  } }),
  posting({ path: '/api/v1/desk/with-post', access: receive, summary: 'Give results to a member of the postal staff who may return them', body: z.strictObject({ dossierIds, officerId: z.uuid() }), response: made, read: nobody, act: async (req, _, body) => {
    const list = await giveToPost(officerCtx(req), body)
    return 'errors' in list ? mistakesIn(req, list.errors, { dossier: 'dossierIds', officer: 'officerId' }) : { id: list.listId }
  } }),
  posting({ path: '/api/v1/desk/post/lists/:id/take', access: { permission: 'dossiers.sign-post' }, summary: 'Sign for what is there of a list; the rest stays with who gave', body: z.strictObject({ there: z.array(z.uuid()).max(500) }), response: made, read: readListToTake, act: async (req, list, body) => {
    await takeList(officerCtx(req), { listId: list.id, ...body })
    return { id: list.id }
  } }),
  posting({ path: '/api/v1/desk/post/results/:id', access: post, summary: 'A result in hand was given to its owner', body: z.strictObject({ recipient: z.string().max(300) }), response: made, read: readResultInHand, act: async (req, dossierId, body) =>
    orMistakes(req, await deliverResult(officerCtx(req), { dossierId, ...body }), {}, () => ({ id: dossierId })) }),
  posting({
    path: '/api/v1/desk/postal-delegations', access: { permission: 'dossiers.delegate-post' }, summary: 'Let a member of the postal staff work for the desk between two days', read: nobody,
    body: z.strictObject({ officerId: z.uuid(), acts: z.array(z.enum(postalActs as ['receive', 'return'])).min(1), from: day, to: day, basis: z.string().max(300) }), response: { type: 'object', required: ['officerId'], properties: { officerId: id } },
    act: async (req, _, body) => orMistakes(req, await giveDelegation(req.ctx, body), { officer: 'officerId' }, () => ({ officerId: body.officerId })),
  }),
  posting({ path: '/api/v1/desk/postal-delegations/:id/end', access: { permission: 'dossiers.delegate-post' }, summary: 'End a delegation', body: nothing, response: made, read: readDelegation, act: async (req, d) => {
    await endDelegation(req.ctx, d.id)
    return { id: d.id }
  } }),
]

/** What happens at a desk with people and papers: the same acts as on the officers' pages. */
export const receptionApi: Route[] = [...visits, ...places, ...postal]
