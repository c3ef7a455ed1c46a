import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { recordAccess } from '../access/access-log.ts'
import { findAccount, type Account } from '../citizens/account.store.ts'
import type { OfficerCtx } from '../desk/look-up-person.ts'
import { errors } from '../identity.errors.ts'
import { judgeOldAccount, type Judgement } from './judge-old-account.ts'
import { candidatesFor, findOldAccount, listOldAccounts, stepsOf } from './old-account.store.ts'
import { OldAccountList, OldAccountView } from './old-accounts.view.tsx'

export const oldAccountsPath = '/desk/old-accounts'
const access = { permission: 'identity.link-accounts' } as const
const perPage = 25

/** Old accounts that cannot be linked by the person's word alone: the desk sees both sides and decides. */
export const oldAccountRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/old-accounts', access, handler: list },
  { method: 'GET', path: '/desk/old-accounts/:id', access, handler: (req) => show(req, {}) },
  { method: 'POST', path: '/desk/old-accounts/:id', access, handler: post },
]

async function list(req: Req): Promise<Reply> {
  const { ctx, query } = req
  const view = query.view === 'linked' ? 'linked' : 'open'
  const number = Math.max(1, Math.min(10_000, Number.parseInt(query.page ?? '1', 10) || 1))
  const { rows, total } = await listOldAccounts(ctx.db, view, { limit: perPage, offset: (number - 1) * perPage })
  return page(<OldAccountList rows={rows} view={view} page={number} pages={Math.ceil(total / perPage)} />, { title: ctx.t('identity.linking.queue.title'), layout: 'desk' })
}

interface View { form?: FormBody; mistakes?: FieldError[] }

async function show(req: Req, view: View): Promise<Reply> {
  const ctx = req.ctx as OfficerCtx
  const old = isId(req.params.id) ? await findOldAccount(ctx.db, req.params.id) : undefined
  if (!old) throw errors.OLD_ACCOUNT_NOT_FOUND()
  const ids = old.accountId ? [old.accountId] : await candidatesFor(ctx.db, old)
  const people = (await Promise.all(ids.map((id) => findAccount(ctx.db, id)))).filter((a): a is Account => a !== undefined)
  for (const person of people) await recordAccess(ctx.db, ctx, { subjectId: person.id, objectId: old.id, purpose: 'identity.linking.purpose' })
  return page(<OldAccountView old={old} people={people} steps={await stepsOf(ctx.db, old.id)} {...view} />, { title: ctx.t('identity.linking.queue.title'), layout: 'desk', status: view.mistakes ? 400 : 200 })
}

async function post(req: Req): Promise<Reply> {
  const { form } = req
  const judgement = judgementOf(form)
  if (!judgement || !isId(req.params.id)) throw errors.OLD_ACCOUNT_NOT_FOUND()
  const mistakes = await judgeOldAccount(req.ctx as OfficerCtx, req.params.id, { judgement, reason: form.get('reason') })
  return mistakes.length > 0 ? show(req, { form, mistakes }) : redirect(`${oldAccountsPath}/${req.params.id}`)
}

function judgementOf(form: FormBody): Judgement | undefined {
  switch (form.get('judgement')) {
    case 'link': return { kind: 'link', accountId: isId(form.get('account')) ? form.get('account') : '' }
    case 'close': return { kind: 'close' }
    case 'unlink': return { kind: 'unlink' }
    default: return undefined
  }
}
