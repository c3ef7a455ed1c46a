import type { VNode } from 'preact'
import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDate } from '../../../platform/i18n.ts'
import { isId } from '../../../platform/ids.ts'
import { Button, ButtonGroup, EmptyState, Form, LinkButton, SummaryList, usePage } from '../../../ui/index.ts'
import { safeReturn } from '../access/return-path.ts'
import { findAccount } from '../citizens/account.store.ts'
import { masked } from '../desk/masked.ts'
import { errors } from '../identity.errors.ts'
import { answerOldAccount } from './answer-old-account.ts'
import { oldAccountsAwaiting, type OldAccount } from './old-account.store.ts'

const path = '/tai-khoan/tai-khoan-cu'
export const ownOldAccountHref = (returnTo: string): string => `${path}?tiep=${encodeURIComponent(returnTo)}`

/** After the log-in at a local node: "this old account is yours?" Nothing is linked without the person's word. */
export const ownOldAccountRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/tai-khoan-cu', access: 'person', handler: show },
  { method: 'POST', path: '/tai-khoan/tai-khoan-cu', access: 'person', handler: post },
]

type PersonCtx = Ctx & { actor: Person }

async function show(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const account = await findAccount(ctx.db, ctx.actor.id)
  if (!account) throw errors.ACCOUNT_NOT_FOUND()
  const returnTo = safeReturn(req.query.tiep, '/tai-khoan')
  const [first] = await oldAccountsAwaiting(ctx.db, account)
  return page(<OwnOldAccount old={first} returnTo={returnTo} />, { title: ctx.t('identity.linking.own.title') })
}

async function post(req: Req): Promise<Reply> {
  const { form } = req
  const ctx = req.ctx as PersonCtx
  const [id, answer, returnTo] = [form.get('id'), form.get('answer'), safeReturn(form.get('tiep'), '/tai-khoan')]
  if (!isId(id) || (answer !== 'mine' && answer !== 'not-mine')) throw errors.OLD_ACCOUNT_NOT_FOUND()
  await answerOldAccount(ctx, id, answer === 'mine')
  const account = await findAccount(ctx.db, ctx.actor.id)
  return redirect(account && (await oldAccountsAwaiting(ctx.db, account)).length > 0 ? ownOldAccountHref(returnTo) : returnTo)
}

function OwnOldAccount({ old, returnTo }: { old: OldAccount | undefined; returnTo: string }): VNode {
  const { t } = usePage()
  if (!old) return <EmptyState title={t('identity.linking.own.none')}><p class="govuk-body"><a class="govuk-link" href={returnTo}>{t('identity.linking.own.go_on')}</a></p></EmptyState>
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.linking.own.title')}</h1>
      <p class="govuk-body">{t('identity.linking.own.lead')}</p>
      <SummaryList rows={[
        { key: t('identity.linking.local_id'), value: old.localId },
        { key: t('identity.field.fullName'), value: old.fullName },
        { key: t('identity.field.birthDate'), value: formatDate(old.birthDate) },
        { key: t('identity.desk.answer.phone'), value: old.phone ? masked(old.phone) : '—' },
      ]} />
      <Form action={path} hidden={{ id: old.id, tiep: returnTo }}>
        <ButtonGroup>
          <Button name="answer" value="mine">{t('identity.linking.own.mine')}</Button>
          <Button name="answer" value="not-mine" kind="secondary">{t('identity.linking.own.not_mine')}</Button>
        </ButtonGroup>
      </Form>
      <p class="govuk-body"><LinkButton kind="link" href={returnTo}>{t('identity.linking.own.later')}</LinkButton></p>
    </div></div>
  )
}
