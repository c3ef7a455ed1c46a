import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Details, EmptyState, InsetText, LinkButton, Tag, usePage } from '../../../../ui/index.ts'
import { stateAt, type StateAt } from '../mandate.ts'
import { listMandatesOf, type MandateSeen } from '../mandates.store.ts'
import { actingPath, listPath, mandateHref, newPath, organisationsPath } from './hrefs.ts'
import { stateTones, termWords } from './mandate-words.ts'
import { personCtx } from './person-ctx.ts'

/** Mandates given and received. They are kept at the national node; another node sends there. */
export const mandatesRoute: Route = { method: 'GET', path: listPath, access: 'person', handler: show }
export const mandatesElsewhere: Route = { method: 'GET', path: listPath, access: 'person', handler: ({ ctx }) => redirect(`${ctx.node.config.national.baseUrl}${listPath}`, { external: true }) }

async function show(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const mandates = await listMandatesOf(ctx.db, ctx.actor.id)
  return page(<Mandates mandates={mandates} now={ctx.now} />, { title: ctx.t('identity.mandates.title') })
}

const isOpen = (state: StateAt): boolean => state === 'accepted' || state === 'waiting' || state === 'offered' || state === 'awaiting-paper'

/** My move first, then what holds, by side; what is over below, since nothing is deleted. */
export function Mandates({ mandates, now }: { mandates: MandateSeen[]; now: Date }): VNode {
  const { t } = usePage()
  const isMine = (m: MandateSeen): boolean => stateAt(m, now) === 'offered' && m.side !== m.offeredBy
  const open = mandates.filter((m) => isOpen(stateAt(m, now)) && !isMine(m))
  const mine = mandates.filter(isMine)
  const over = mandates.filter((m) => !isOpen(stateAt(m, now)))
  return (
    <>
      <BackLink href="/tai-khoan">{t('identity.account.title')}</BackLink>
      <h1 class="govuk-heading-l">{t('identity.mandates.title')}</h1>
      <p class="govuk-body">{t('identity.mandates.lead')}</p>
      <p class="govuk-body"><LinkButton href={newPath}>{t('identity.mandates.new')}</LinkButton></p>
      {mine.length > 0 && <Group title={t('identity.mandates.mine')} mandates={mine} now={now} />}
      {mandates.length === 0 ? <EmptyState title={t('identity.mandates.none')}><p class="govuk-body">{t('identity.mandates.noneText')}</p></EmptyState> : (
        <>
          <Group title={t('identity.mandates.received')} none={t('identity.mandates.receivedNone')} mandates={open.filter((m) => m.side === 'acting')} now={now} />
          <Group title={t('identity.mandates.given')} none={t('identity.mandates.givenNone')} mandates={open.filter((m) => m.side === 'represented')} now={now} />
        </>
      )}
      {over.length > 0 && <Details summary={t('identity.mandates.over', { count: over.length })}><List mandates={over} now={now} level={2} /></Details>}
      <InsetText>
        <p class="govuk-body"><a class="govuk-link" href={actingPath}>{t('identity.mandates.acting.title')}</a></p>
        <p class="govuk-body"><a class="govuk-link" href={organisationsPath}>{t('identity.mandates.organisations.title')}</a></p>
      </InsetText>
    </>
  )
}

function Group({ title, none, mandates, now }: { title: string; none?: string; mandates: MandateSeen[]; now: Date }): VNode {
  return <><h2 class="govuk-heading-m">{title}</h2>{mandates.length > 0 ? <List mandates={mandates} now={now} level={3} /> : <p class="govuk-body">{none}</p>}</>
}

export function List({ mandates, now, level }: { mandates: MandateSeen[]; now: Date; level: 2 | 3 }): VNode {
  const { t } = usePage()
  const Heading = `h${level}` as const
  return (
    <ul class="mc-procedures">
      {mandates.map((m) => (
        <li class="mc-procedure">
          <Heading class="mc-procedure__name"><a class="govuk-link" href={mandateHref(m.id)}>{t('identity.mandates.sentence', { acting: m.actingName ?? '–', represented: m.representedName ?? '–' })}</a></Heading>
          <p><Tag tone={stateTones[stateAt(m, now)]}>{t(`identity.mandates.state.${stateAt(m, now)}`)}</Tag></p>
          <p class="mc-procedure__facts">{t(`identity.mandates.kind.${m.kind}`)} · {termWords(t, m)}</p>
        </li>
      ))}
    </ul>
  )
}
