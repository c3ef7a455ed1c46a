import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import type { LedgerEvent } from '../../../../platform/ledger-event.ts'
import { BackLink, Button, Deadline, Details, ErrorSummary, fieldErrors, Form, NotificationBanner, Radios, SummaryList, Tag, Textarea, Timeline, usePage } from '../../../../ui/index.ts'
import type { Account } from '../../citizens/account.store.ts'
import type { AccessRow } from '../access/list-readers.ts'
import { problemsPath } from '../hrefs.ts'
import { outcomes, type Problem, type ProblemMessage, type Statement } from './problem.ts'
import { problemTones } from './problem-tones.ts'

export interface ProblemProps {
  problem: Problem
  statement: Statement | undefined
  account: Account | undefined
  look: AccessRow | undefined
  messages: ProblemMessage[]
  events: (LedgerEvent & { actorName: string | undefined })[]
  wrong: FieldError[]
  typed: Readonly<Record<string, string>>
  just: string | undefined
  now: Date
}

/** One reported problem before the officer: what was said, both clocks, what was done, and the steps still open. */
export function ProblemView(props: ProblemProps): VNode {
  const { t } = usePage()
  const { problem: p, statement, account, look, wrong, just, now } = props
  const clock = (due: Date | null, ended: Date | null): VNode | string => (due ? <Deadline due={due} now={ended ?? now} state={ended ? 'done' : 'running'} exact soonHours={6} /> : t('identity.life.problem.clock.waits'))
  return (
    <>
      <BackLink href={problemsPath} />
      <ErrorSummary errors={wrong} />
      {just && ['taken', 'informed', 'message', 'closed'].includes(just) && <NotificationBanner type="success" heading={t(`identity.life.problem.done.${just}`)} />}
      <h1 class="govuk-heading-l">{t('identity.life.problem.one', { reference: p.reference })}</h1>
      <SummaryList rows={[
        { key: t('identity.life.problem.kind'), value: t(`identity.life.problem.kind.${p.kind}`) },
        { key: t('identity.life.problem.state'), value: <Tag tone={problemTones[p.state]}>{t(`identity.life.problem.state.${p.state}`)}</Tag> },
        { key: t('identity.life.problem.madeAt'), value: formatDateTime(p.madeAt) },
        { key: t('identity.life.problem.clock.inform'), value: clock(p.informBy, p.informedAt ?? p.closedAt) },
        { key: t('identity.life.problem.clock.result'), value: clock(p.resultBy, p.closedAt) },
        { key: t('identity.life.problem.words'), value: statement?.words ?? t('identity.life.erased') },
        { key: t('identity.life.problem.contact'), value: statement?.contact ?? t('identity.life.erased') },
        { key: t('identity.life.problem.whose'), value: account ? `${account.fullName} · ${account.idNumber}` : statement?.idNumber ?? t('identity.life.problem.whose.unknown') },
        ...(look ? [{ key: t('identity.life.problem.look'), value: `${formatDateTime(look.at)} · ${look.agencyCode} · ${look.purpose} · ${look.object ?? '–'}` }] : []),
        ...(p.outcome ? [{ key: t('identity.life.problem.outcome'), value: t(`identity.life.problem.outcome.${p.outcome}`) }] : []),
      ]} />
      {p.state !== 'closed' && <Steps {...props} />}
      <h2 class="govuk-heading-m">{t('identity.life.history')}</h2>
      <Timeline label={t('identity.life.history')} items={props.events.map((e) => ({ at: e.at, title: t(`identity.life.event.${e.type.replace('identity.', '')}`), by: e.actorName ?? t(e.actor.startsWith('system:') ? 'identity.life.by.system' : 'identity.life.by.citizen'), tone: e.type === 'identity.problem_overdue' ? 'late' : 'neutral' }))} />
      {props.messages.length > 0 && <SummaryList card={{ title: t('identity.life.problem.told') }} rows={props.messages.map((m) => ({ key: `${t(`identity.life.problem.message.${m.kind}`)}, ${formatDateTime(m.at)}`, value: m.words || t('identity.life.erased') }))} />}
    </>
  )
}

function Steps({ problem: p, wrong, typed }: ProblemProps): VNode {
  const { t } = usePage()
  const found = fieldErrors(wrong, t)
  const action = (step: string): string => `${problemsPath}/${p.id}/${step}`
  const has = (...fields: string[]): boolean => wrong.some((w) => fields.includes(w.field))
  return (
    <>
      {!p.takenAt && <Form action={action('take')}><p class="govuk-body">{t('identity.life.problem.take.lead')}</p><Button>{t('identity.life.problem.take')}</Button></Form>}
      <Details summary={t('identity.life.problem.parties.summary')} open={!p.informedAt || has('parties')}>
        <Form action={action('inform')}>
          <Textarea name="parties" label={t('identity.life.problem.parties')} hint={t('identity.life.problem.parties.hint')} value={typed.parties} error={found.of('parties')} rows={3} />
          <Button kind="secondary">{t('identity.life.problem.parties.button')}</Button>
        </Form>
      </Details>
      <Details summary={t('identity.life.problem.message')} open={has('message')}>
        <Form action={action('message')}>
          <Textarea name="message" label={t('identity.life.problem.message.words')} hint={t('identity.life.problem.message.hint')} value={typed.message} error={found.of('message')} rows={4} />
          <Button kind="secondary">{t('identity.life.problem.message.button')}</Button>
        </Form>
      </Details>
      {p.takenAt && (
        <Details summary={t('identity.life.problem.close')} open={has('outcome', 'answer')}>
          <Form action={action('close')}>
            <Radios name="outcome" label={t('identity.life.problem.outcome')} value={typed.outcome} error={found.of('outcome')} options={outcomes.map((o) => ({ value: o, text: t(`identity.life.problem.outcome.${o}`) }))} />
            <Textarea name="answer" label={t('identity.life.problem.answer')} hint={t('identity.life.problem.message.hint')} value={typed.answer} error={found.of('answer')} rows={5} />
            <Button>{t('identity.life.problem.close.button')}</Button>
          </Form>
        </Details>
      )}
    </>
  )
}
