import type { FieldError } from '../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { transact } from '../../../platform/ctx.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { recordAccess } from '../access/access-log.ts'
import { errors } from '../identity.errors.ts'
import { acceptPaperConsent } from './accept-paper-consent.ts'
import { findRequest, listRequests, type AccountRequest } from './account-request.store.ts'
import { ConsentForm, RequestList, RequestView } from './account-request.view.tsx'
import { confirmConsent } from './confirm-consent.ts'
import type { OfficerCtx } from './look-up-person.ts'
import { sendConsentCode } from './send-consent-code.ts'
import { withdrawRequest } from './withdraw-request.ts'

export const requestsPath = '/desk/people/requests'
export const requestHref = (id: string): string => `${requestsPath}/${id}`
const access = { permission: 'identity.find-people' } as const
const perPage = 25

/** Accounts that the desk asked for: the consent, the printed form, the answer of the national node. */
export const accountRequestRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/people/requests', access, handler: list },
  { method: 'GET', path: '/desk/people/requests/:id', access, handler: async (req) => view(req, await requestOf(req), {}) },
  { method: 'POST', path: '/desk/people/requests/:id/code', access, handler: postCode },
  { method: 'POST', path: '/desk/people/requests/:id/resend', access, handler: resend },
  { method: 'POST', path: '/desk/people/requests/:id/paper', access, bodyLimit: 12 * 1024 * 1024, handler: postPaper },
  { method: 'POST', path: '/desk/people/requests/:id/withdraw', access, handler: withdraw },
  { method: 'GET', path: '/desk/people/requests/:id/form', access, handler: printed },
  { method: 'GET', path: '/desk/people/requests/:id/consent', access, handler: consentFile },
]

async function requestOf(req: Req): Promise<AccountRequest> {
  const { ctx, params } = req
  const request = isId(params.id) ? await findRequest(ctx.db, ctx.node, params.id, (ctx as OfficerCtx).actor.agencyCode) : undefined
  if (!request) throw errors.REQUEST_NOT_FOUND()
  return request
}

async function list(req: Req): Promise<Reply> {
  const ctx = req.ctx as OfficerCtx
  const number = Math.max(1, Math.min(10_000, Number.parseInt(req.query.page ?? '1', 10) || 1))
  const { rows, total } = await listRequests(ctx.db, ctx.node, ctx.actor.agencyCode, { limit: perPage, offset: (number - 1) * perPage })
  return page(<RequestList rows={rows} page={number} pages={Math.ceil(total / perPage)} />, { title: ctx.t('identity.desk.requests.title'), layout: 'desk' })
}

interface Shown { mistakes?: FieldError[]; message?: string; resent?: boolean }

async function view(req: Req, request: AccountRequest, shown: Shown): Promise<Reply> {
  const { ctx } = req
  return page(<RequestView request={request} now={ctx.now} {...shown} resent={req.query.sent === '1'} smsUrl={ctx.node.config.demo ? ctx.node.config.standIns.smsUrl : undefined} />,
    { title: ctx.t('identity.desk.request.title'), layout: 'desk', status: shown.mistakes ? 400 : 200 })
}

async function postCode(req: Req): Promise<Reply> {
  const request = await requestOf(req)
  const code = req.form.get('code')
  if (!/^[\d\s]{6,12}$/.test(code)) return view(req, request, { mistakes: [{ field: 'code', key: `identity.field.code.${code ? 'form' : 'missing'}` }] })
  const outcome = await confirmConsent(req.ctx, request.id, code)
  if (outcome.kind === 'agreed') return redirect(requestHref(request.id))
  const mistake: FieldError = outcome.kind === 'wrong' && outcome.left > 0 ? { field: 'code', key: 'identity.field.code.wrong', params: { count: outcome.left } } : { field: 'code', key: 'identity.desk.request.code_over' }
  return view(req, request, { mistakes: [mistake] })
}

async function resend(req: Req): Promise<Reply> {
  const request = await requestOf(req)
  await transact(req.ctx, (tx) => sendConsentCode(tx, req.ctx, request.id))
  return redirect(`${requestHref(request.id)}?sent=1`)
}

async function postPaper(req: Req): Promise<Reply> {
  const request = await requestOf(req)
  const mistake = await acceptPaperConsent(req.ctx, request.id, { file: req.form.files.find((f) => f.field === 'scan'), originalKept: req.form.get('kept') === 'yes' })
  return mistake ? view(req, request, { mistakes: [{ field: mistake === 'missing' ? 'kept' : 'scan', key: `identity.desk.paper.${mistake}` }] }) : redirect(requestHref(request.id))
}

async function withdraw(req: Req): Promise<Reply> {
  await withdrawRequest(req.ctx, (await requestOf(req)).id)
  return redirect(requestsPath)
}

async function printed(req: Req): Promise<Reply> {
  const { ctx } = req
  const request = await requestOf(req)
  if (!request.person || request.consentKind !== 'paper') throw errors.REQUEST_NOT_OPEN()
  const agency = await findAgency(ctx.db, request.agencyCode, ctx.now)
  return page(<ConsentForm request={request} person={request.person} agency={agency ? agencyName(agency, ctx.lang) : request.agencyCode} now={ctx.now} />, { title: ctx.t('identity.desk.form.title'), layout: 'bare' })
}

/** The scan of the signed form; who opens it is written down like any look at personal data. */
async function consentFile(req: Req): Promise<Reply> {
  const { ctx } = req
  const request = await requestOf(req)
  if (!request.consentFile || !request.consentFileType) throw errors.REQUEST_NOT_FOUND()
  await recordAccess(ctx.db, ctx, { ...(request.accountId ? { subjectId: request.accountId } : {}), objectId: request.id, purpose: 'identity.desk.purpose.account' })
  return file(await ctx.node.files.get(request.consentFile), { type: request.consentFileType, name: request.consentNumber })
}
