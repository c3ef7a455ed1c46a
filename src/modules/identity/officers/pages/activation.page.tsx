import type { VNode } from 'preact'
import { actorKey } from '../../../../platform/actor.ts'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, InsetText, PrintButton, SummaryList, usePage, WarningText } from '../../../../ui/index.ts'
import { activatePath, activationCode, openActivationOf, shownSeconds, type Activation } from '../accounts/issue-activation.ts'
import type { Officer } from '../officer.store.ts'
import { officerToChange } from '../rights/administration.ts'
import { officerHref } from './hrefs.ts'
import { proved } from './proved.tsx'
import { Done } from './words.tsx'

/** The paper for an officer without a mail address: its code is shown to its maker alone, and for a quarter of an hour. */
export const activationRoute: Route = { method: 'GET', path: '/admin/officers/:id/activation', access: { permission: 'identity.manage-officers' }, handler: proved(show) }

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const officer = await officerToChange(ctx, req.params.id!)
  const activation = await openActivationOf(ctx.db, officer.id, ctx.now)
  const isShown = activation && !activation.byMail && !activation.openedAt && activation.createdBy === actorKey(ctx.actor) && ctx.now.getTime() - activation.createdAt.getTime() < shownSeconds * 1000
  const code = isShown ? activationCode(ctx.node, activation.id) : undefined
  return page(<Paper officer={officer} activation={activation} code={code} url={`${ctx.node.config.baseUrl}${activatePath}`} done={req.query.done} />, { title: ctx.t('identity.officers.activation.title'), layout: 'desk', headers: { 'cache-control': 'no-store' } })
}

function Paper({ officer, activation, code, url, done }: { officer: Officer; activation: Activation | undefined; code: string | undefined; url: string; done: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={officerHref(officer.id)}>{officer.name}</BackLink>
      <Done what={done} />
      <h1 class="govuk-heading-l">{t('identity.officers.activation.title')}</h1>
      {code && activation ? (
        <>
          <SummaryList rows={[
            { key: t('identity.officers.column.name'), value: officer.name },
            { key: t('identity.officers.activation.address'), value: url },
            { key: t('identity.officers.column.login'), value: officer.login },
            { key: t('identity.officers.activation.code'), value: <strong class="mc-code">{code}</strong> },
            { key: t('identity.officers.activation.until'), value: formatDateTime(activation.expiresAt) },
          ]} />
          <p class="govuk-body">{t('identity.officers.activation.how')}</p>
          <WarningText>{t('identity.officers.activation.once')}</WarningText>
          <PrintButton />
        </>
      ) : (
        <InsetText>{activation ? t(activation.byMail ? 'identity.officers.activation.by_mail' : 'identity.officers.activation.hidden', { at: formatDateTime(activation.expiresAt) }) : t('identity.officers.activation.none')}</InsetText>
      )}
    </>
  )
}
