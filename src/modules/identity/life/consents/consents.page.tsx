import type { VNode } from 'preact'
import type { Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, EmptyState, Form, InsetText, NotificationBanner, PrintButton, SummaryList, Table, Tag, usePage } from '../../../../ui/index.ts'
import { accountHome, consentsPath, requestsPath, termsPath } from '../hrefs.ts'
import { listAcceptances, type Acceptance } from '../terms/terms.ts'
import { giveConsent, listConsents, openPurposes, withdrawConsent, type ConsentRecord, type Purpose } from './consents.ts'

/** What a person agreed to: purpose by purpose, given and taken back here, with the whole history. */
export const consentRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/dong-y', access: 'person', handler: show },
  { method: 'POST', path: '/tai-khoan/dong-y', access: 'person', handler: change },
]

type PersonCtx = Ctx & { actor: Person }

async function show(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const [purposes, records, acceptances] = await Promise.all([openPurposes(ctx.db, ctx.now), listConsents(ctx.db, ctx.actor.id), listAcceptances(ctx.db, ctx.actor.id)])
  const asked = purposes.find((p) => p.purpose === req.query.rut)
  if (asked) return page(<Confirm purpose={asked} />, { title: ctx.t('identity.life.consent.withdraw.title') })
  return page(<Consents purposes={purposes} records={records} acceptances={acceptances} done={req.query.xong} now={ctx.now} />, { title: ctx.t('identity.life.consents') })
}

async function change(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const purpose = req.form.get('purpose')
  if (req.form.get('act') === 'withdraw') {
    await withdrawConsent(ctx, purpose)
    return redirect(`${consentsPath}?xong=rut`)
  }
  await giveConsent(ctx, purpose)
  return redirect(`${consentsPath}?xong=dong-y`)
}

function Confirm({ purpose }: { purpose: Purpose }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={consentsPath} />
      <h1 class="govuk-heading-l">{t('identity.life.consent.withdraw.title')}</h1>
      <p class="govuk-body"><strong>{t(`identity.life.consent.${purpose.purpose}`)}</strong></p>
      <p class="govuk-body">{t(purpose.thirdParties ? 'identity.life.consent.withdraw.others' : 'identity.life.consent.withdraw.own')}</p>
      <Form action={consentsPath} hidden={{ purpose: purpose.purpose, act: 'withdraw' }}><Button kind="warning">{t('identity.life.consent.withdraw')}</Button></Form>
    </div></div>
  )
}

interface Props { purposes: Purpose[]; records: ConsentRecord[]; acceptances: Acceptance[]; done: string | undefined; now: Date }

function Consents({ purposes, records, acceptances, done, now }: Props): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={accountHome} />
      {(done === 'rut' || done === 'dong-y') && <NotificationBanner type="success" heading={t(done === 'rut' ? 'identity.life.consent.done.withdrawn' : 'identity.life.consent.done.given')}>{done === 'rut' && <p class="govuk-body"><a class="govuk-link" href={requestsPath}>{t('identity.life.requests')}</a></p>}</NotificationBanner>}
      <h1 class="govuk-heading-l">{t('identity.life.consents')}</h1>
      <p class="govuk-body">{t('identity.life.consents.lead')}</p>
      {purposes.map((p) => <PurposeCard purpose={p} last={records.find((r) => r.purpose === p.purpose)} now={now} />)}
      <h2 class="govuk-heading-m">{t('identity.life.consents.history')}</h2>
      {records.length === 0 ? <EmptyState title={t('identity.life.consents.none')} /> : (
        <Table stack caption={t('identity.life.consents.history')} captionHidden columns={[{ header: t('identity.life.consents.at') }, { header: t('identity.life.consents.purpose') }, { header: t('identity.life.consents.what') }]}
          rows={records.map((r) => [formatDateTime(r.at), t(`identity.life.consent.${r.purpose}`), t(r.given ? 'identity.life.consent.given' : 'identity.life.consent.withdrawn')])} />
      )}
      <h2 class="govuk-heading-m">{t('identity.life.terms.accepted')}</h2>
      <ul class="govuk-list">{acceptances.map((a) => <li><a class="govuk-link" href={`${termsPath}?phien-ban=${a.version}`}>{t('identity.life.terms.accepted.one', { version: a.version, at: formatDateTime(a.acceptedAt) })}</a></li>)}</ul>
      {acceptances.length === 0 && <InsetText><a class="govuk-link" href={termsPath}>{t('identity.life.terms.read')}</a></InsetText>}
      <PrintButton />
    </div></div>
  )
}

function PurposeCard({ purpose: { purpose, thirdParties, basis }, last, now }: { purpose: Purpose; last: ConsentRecord | undefined; now: Date }): VNode {
  const { t } = usePage()
  const isGiven = last !== undefined && last.given && (last.expiresAt === null || last.expiresAt > now)
  return (
    <>
      <SummaryList card={{ title: t(`identity.life.consent.${purpose}`) }} rows={[
        { key: t('identity.life.consent.for'), value: t(`identity.life.consent.${purpose}.hint`) },
        { key: t('identity.life.consent.who'), value: t(thirdParties ? 'identity.life.consent.who.others' : 'identity.life.consent.who.own') },
        { key: t('identity.life.consent.state'), value: <Tag tone={isGiven ? 'done' : 'neutral'}>{t(isGiven ? 'identity.life.consent.given' : last ? 'identity.life.consent.withdrawn' : 'identity.life.consent.never')}</Tag> },
        ...(isGiven && last.expiresAt ? [{ key: t('identity.life.consent.until'), value: formatDate(last.expiresAt) }] : []),
        { key: t('identity.life.basis'), value: basis },
      ]} />
      {isGiven
        ? <p class="govuk-body"><a class="govuk-link" href={`${consentsPath}?rut=${purpose}`}>{t('identity.life.consent.withdraw')}<span class="govuk-visually-hidden"> {t(`identity.life.consent.${purpose}`)}</span></a></p>
        : <Form action={consentsPath} hidden={{ purpose, act: 'give' }}><Button kind="secondary" about={t(`identity.life.consent.${purpose}`)}>{t('identity.life.consent.give')}</Button></Form>}
    </>
  )
}
