import type { VNode } from 'preact'
import { page, redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Button, Form, usePage } from '../../../../ui/index.ts'
import { safeReturn } from '../../access/return-path.ts'
import { accountHome, problemPath, unlockedPath } from '../hrefs.ts'

/** Says once, after the log-in, that the account had been locked and is open again. */
export const unlockedRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/da-mo-khoa', access: 'person', handler: ({ ctx, query }) => page(<Unlocked back={safeReturn(query.tiep, accountHome)} />, { title: ctx.t('identity.life.unlocked.title') }) },
  { method: 'POST', path: '/tai-khoan/da-mo-khoa', access: 'person', handler: async ({ ctx, form }) => {
    if (ctx.actor.kind === 'person') await ctx.db`UPDATE identity.account SET notice = NULL WHERE id = ${ctx.actor.id}`
    return redirect(safeReturn(form.get('tiep'), accountHome))
  } },
]

function Unlocked({ back }: { back: string }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.life.unlocked.title')}</h1>
      <p class="govuk-body">{t('identity.life.unlocked.lead')}</p>
      <p class="govuk-body">{t('identity.life.unlocked.check')}</p>
      <Form action={unlockedPath} hidden={{ tiep: back }}><Button>{t('identity.life.continue')}</Button></Form>
      <p class="govuk-body"><a class="govuk-link" href={`${problemPath}?loai=misuse`}>{t('identity.life.unlocked.not_me')}</a></p>
    </div></div>
  )
}
