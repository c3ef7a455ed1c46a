import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, ButtonGroup, Form, InsetText, LinkButton, NotificationBanner, PrintButton, SummaryList, Table, Tag, Timeline, usePage, WarningText } from '../../../../ui/index.ts'
import { listEvents, listEventsUnder, type LedgerEvent } from '../../../ledger/index.ts'
import { acceptMandate } from '../accept-mandate.ts'
import { stateAt, type StateAt } from '../mandate.ts'
import { listMandatesOf, type MandateSeen } from '../mandates.store.ts'
import { refuseMandate } from '../refuse-mandate.ts'
import { mayWithdraw, withdrawMandate } from '../withdraw-mandate.ts'
import { errors } from '../../identity.errors.ts'
import { acceptHref, acceptPath, actingPath, listPath, mandateHref, mandatePath, refuseHref, refusePath, withdrawHref, withdrawPath } from './hrefs.ts'
import { rightWords, scopeWords, stateTones, termWords } from './mandate-words.ts'
import { personCtx } from './person-ctx.ts'

/** One mandate: what it says, what is to do, what happened to it and under it; on paper as on the screen. */
export const mandateRoutes: readonly Route[] = [
  { method: 'GET', path: mandatePath, access: 'person', handler: show },
  { method: 'POST', path: acceptPath, access: 'person', handler: (req) => act(req, acceptMandate) },
  { method: 'POST', path: refusePath, access: 'person', handler: (req) => act(req, refuseMandate) },
  { method: 'GET', path: withdrawPath, access: 'person', handler: askWithdrawal },
  { method: 'POST', path: withdrawPath, access: 'person', handler: (req) => act(req, withdrawMandate) },
]

async function act(req: Req, doIt: typeof acceptMandate): Promise<Reply> {
  const ctx = personCtx(req)
  if (!isId(req.params.id)) throw errors.MANDATE_NOT_FOUND()
  await doIt(ctx, ctx.actor, req.params.id)
  return redirect(`${mandateHref(req.params.id)}?xong=1`)
}

/** @throws MANDATE_NOT_FOUND also for another person's */
async function seenMandate(req: Req): Promise<MandateSeen> {
  const ctx = personCtx(req)
  const [mandate] = isId(req.params.id) ? await listMandatesOf(ctx.db, ctx.actor.id, req.params.id) : []
  if (!mandate) throw errors.MANDATE_NOT_FOUND()
  return mandate
}

interface View { mandate: MandateSeen; state: StateAt; scope: string[]; history: LedgerEvent[]; acts: LedgerEvent[]; isDone: boolean; now: Date }

async function show(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const mandate = await seenMandate(req)
  const [scope, history, acts] = await Promise.all([scopeWords(ctx, { kind: mandate.scope, codes: mandate.scopeCodes }), listEvents(ctx.db, mandate.id), listEventsUnder(ctx.db, mandate.id, 100)])
  const view = { mandate, state: stateAt(mandate, ctx.now), scope, history: history.filter((e) => e.type.startsWith('identity.mandate_') || e.type === 'identity.representative_recognised'), acts, isDone: req.query.xong === '1', now: ctx.now }
  return page(<MandateView {...view} />, { title: ctx.t('identity.mandates.one', { acting: mandate.actingName ?? '–', represented: mandate.representedName ?? '–' }) })
}

function MandateView({ mandate: m, state, scope, history, acts, isDone, now }: View): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={listPath}>{t('identity.mandates.title')}</BackLink>
      {isDone && <NotificationBanner type="success" heading={t(`identity.mandates.done.${state}`)} />}
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t(`identity.mandates.kind.${m.kind}`)}</span>{t('identity.mandates.one', { acting: m.actingName ?? '–', represented: m.representedName ?? '–' })}</h1>
      <SummaryList rows={[
        { key: t('identity.mandates.column.state'), value: <Tag tone={stateTones[state]}>{t(`identity.mandates.state.${state}`)}</Tag> },
        { key: t('identity.mandates.column.acting'), value: m.actingName ?? '–' },
        { key: t('identity.mandates.column.represented'), value: <>{m.representedName ?? '–'}{m.taxCode && <><br />{t('identity.mandates.taxCode', { code: m.taxCode })}</>}</> },
        { key: t('identity.mandates.column.relation'), value: t(`identity.mandates.relation.${m.relation}`) },
        { key: t('identity.mandates.column.scope'), value: <Lines lines={scope} /> },
        { key: t('identity.mandates.column.rights'), value: <Lines lines={rightWords(t, m.rights)} /> },
        { key: t('identity.mandates.column.term'), value: termWords(t, m) },
        ...(m.paper ? [{ key: t('identity.mandates.column.paper'), value: m.paper }] : []),
        { key: t('identity.mandates.column.code'), value: <span class="mc-code">{m.id}</span> },
      ]} />
      <Moves m={m} state={state} now={now} />
      <h2 class="govuk-heading-m">{t('identity.mandates.history')}</h2>
      <Timeline label={t('identity.mandates.history')} items={history.map((e) => ({ at: e.at, title: t(`identity.mandates.event.${e.type.replace(/^identity\./, '')}`), ...(typeof e.data.by === 'string' ? { by: t(`identity.mandates.by.${e.data.by}`) } : {}) }))} />
      <Acts acts={acts} />
      <PrintButton />
    </>
  )
}

const Lines = ({ lines }: { lines: string[] }): VNode => <>{lines.map((line, i) => <>{i > 0 && <br />}{line}</>)}</>

/** What this reader may do now. */
function Moves({ m, state, now }: { m: MandateSeen; state: StateAt; now: Date }): VNode {
  const { t } = usePage()
  const isMyMove = state === 'offered' && m.side !== m.offeredBy
  return (
    <>
      {isMyMove && (
        <>
          <WarningText>{t(`identity.mandates.acceptWarning.${m.side}`)}</WarningText>
          <ButtonGroup>
            <Form action={acceptHref(m.id)}><Button>{t('identity.mandates.accept')}</Button></Form>
            <Form action={refuseHref(m.id)}><Button kind="secondary">{t('identity.mandates.refuse')}</Button></Form>
          </ButtonGroup>
        </>
      )}
      {state === 'offered' && !isMyMove && <InsetText>{t('identity.mandates.waitsForOther', { until: formatDateTime(m.lapsesAt!) })}</InsetText>}
      {state === 'awaiting-paper' && <InsetText>{t('identity.mandates.waitsForPaper')}</InsetText>}
      {state === 'accepted' && m.side === 'acting' && <p class="govuk-body"><LinkButton href={actingPath}>{t('identity.mandates.acting.title')}</LinkButton></p>}
      {m.kind === 'representative' && state === 'accepted' && <InsetText>{t('identity.mandates.byRegister')}</InsetText>}
      {mayWithdraw(m, m.side, now) && <p class="govuk-body"><a class="govuk-link" href={withdrawHref(m.id)}>{t('identity.mandates.withdraw')}</a></p>}
    </>
  )
}

/** What was done under the mandate at this node, for both sides to see. */
function Acts({ acts }: { acts: LedgerEvent[] }): VNode {
  const { t } = usePage()
  const words = (e: LedgerEvent): string => {
    const key = `dossiers.event.${e.type.replace(/^dossier\./, '')}`
    return e.type.startsWith('dossier.') && t.has(key) ? t(key) : t('identity.mandates.otherAct')
  }
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.mandates.acts')}</h2>
      {acts.length === 0 ? <p class="govuk-body">{t('identity.mandates.actsNone')}</p> : (
        <Table caption={t('identity.mandates.acts')} captionHidden columns={[{ header: t('identity.account.when') }, { header: t('identity.mandates.column.act') }]}
          rows={acts.map((e) => [formatDateTime(e.at), e.type.startsWith('dossier.') ? <a class="govuk-link" href={`/ho-so/${e.subject}`}>{words(e)}</a> : words(e)])} />
      )}
    </>
  )
}

async function askWithdrawal(req: Req): Promise<Reply> {
  const mandate = await seenMandate(req)
  if (!mayWithdraw(mandate, mandate.side, req.ctx.now)) throw errors.MANDATE_NOT_IN_STATE()
  return page(<AskWithdrawal m={mandate} />, { title: req.ctx.t('identity.mandates.withdraw') })
}

function AskWithdrawal({ m }: { m: MandateSeen }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={mandateHref(m.id)} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('identity.mandates.sentence', { acting: m.actingName ?? '–', represented: m.representedName ?? '–' })}</span>{t('identity.mandates.withdraw')}</h1>
      <WarningText>{t('identity.mandates.withdrawWarning')}</WarningText>
      <Form action={withdrawHref(m.id)}>
        <ButtonGroup><Button kind="warning">{t('identity.mandates.withdrawButton')}</Button><a class="govuk-link" href={mandateHref(m.id)}>{t('identity.mandates.keep')}</a></ButtonGroup>
      </Form>
    </>
  )
}
