import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { Button, EmptyState, Form, Table, Tag, usePage } from '../../../../ui/index.ts'
import { confirmGrants, currentReview, grantsToReview, type ReviewedGrant } from '../rights/grant-review.ts'
import { officerHref, reviewPath, withdrawHref } from './hrefs.ts'
import { proved } from './proved.tsx'
import { Done, readNames, roleWords, scopeWords, type Names } from './words.tsx'

/** The half-yearly review of accounts (TCVN 14423:2026): each right is confirmed or withdrawn by another than who holds it; a page says how far it is. */
export const reviewRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/account-reviews', access: { permission: 'identity.manage-officers' }, handler: proved(show) },
  { method: 'POST', path: '/admin/account-reviews', access: { permission: 'identity.manage-officers' }, handler: proved(async (req) => {
    await confirmGrants(req.ctx, req.form.all('grant').filter(isId))
    return redirect(`${reviewPath}?done=confirmed`)
  }) },
]

/** Rows on one page: what is confirmed goes to the end, so the next ones come up by themselves. */
const pageSize = 100

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const period = await currentReview(ctx)
  const grants = await grantsToReview(ctx, ctx.db, period)
  const rows = grants.slice(0, pageSize)
  const names = await readNames(ctx, rows)
  const title = ctx.t('identity.officers.review.title')
  return page(<Review {...{ rows, names, period }} total={grants.length} confirmed={grants.filter((g) => g.reviewedAt).length} done={req.query.done} />, { title, layout: 'desk' })
}

interface Props { rows: ReviewedGrant[]; names: Names; period: string; total: number; confirmed: number; done: string | undefined }

function Review({ rows, names, period, total, confirmed, done }: Props): VNode {
  const { t } = usePage()
  const [year, month] = period.split('-')
  return (
    <>
      <Done what={done} />
      <h1 class="govuk-heading-l">{t('identity.officers.review.title')}</h1>
      <p class="govuk-body">{t('identity.officers.review.lead', { month: `${month}/${year}` })}</p>
      <p class="govuk-body" role="status"><label for="progress">{t('identity.officers.review.progress', { confirmed, total })}</label> <progress id="progress" max={Math.max(1, total)} value={confirmed} /></p>
      {rows.length === 0 ? <EmptyState title={t('identity.officers.review.none')} /> : (
        <Form action={reviewPath}>
          <Table caption={t('identity.officers.review.caption')} captionHidden stack rowHeader={false}
            columns={['confirm', 'officer', 'role', 'scope', 'last_log_in', 'act'].map((column) => ({ header: t(`identity.officers.column.${column}`) }))}
            rows={rows.map((g) => [
              g.reviewedAt ? <Tag tone="done">{t('identity.officers.review.confirmed')}</Tag> : <Box grant={g} />,
              <a class="govuk-link" href={officerHref(g.officerId)}>{g.officerName}</a>, roleWords(t, g.role), scopeWords(t, names, g), g.lastLogInAt ? formatDateTime(g.lastLogInAt) : t('identity.officers.never'),
              <a class="govuk-link" href={withdrawHref(g.officerId, g.id)}>{t('identity.officers.act.withdraw')}<span class="govuk-visually-hidden"> {roleWords(t, g.role)}, {g.officerName}</span></a>,
            ])} />
          {confirmed < total && <Button>{t('identity.officers.review.button')}</Button>}
        </Form>
      )}
    </>
  )
}

function Box({ grant }: { grant: ReviewedGrant }): VNode {
  const { t } = usePage()
  const id = `grant-${grant.id}`
  return (
    <div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">
      <input class="govuk-checkboxes__input" type="checkbox" name="grant" id={id} value={grant.id} />
      <label class="govuk-label govuk-checkboxes__label" for={id}><span class="govuk-visually-hidden">{t('identity.officers.review.confirm', { role: roleWords(t, grant.role), name: grant.officerName })}</span></label>
    </div></div>
  )
}
