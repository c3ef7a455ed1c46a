import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, DateInput, emptyDate, ErrorSummary, fieldErrors, Form, joinDate, readDateParts, splitDate, SummaryList, TextInput, usePage, WarningText, type DateParts } from '../../../../ui/index.ts'
import { errors as refusals } from '../../identity.errors.ts'
import type { Holder, LogInWay } from '../log-in-ways.ts'
import { closeWay } from './close-way.ts'
import { capital, isPossible, type DecisionInput } from './decision-fields.ts'
import type { Act } from './log-in-way.store.ts'
import { openWay } from './open-way.ts'
import { takeBackChange } from './take-back-change.ts'

export const logInWaysPath = '/admin/log-in-ways'

/** One change of one way: what it means, from when on, by which rule, and a confirmation. */
export const changeWayRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/log-in-ways/change', access: { permission: 'identity.manage-ways' }, handler: show },
  { method: 'POST', path: '/admin/log-in-ways/change', access: { permission: 'identity.manage-ways' }, handler: post },
]

interface Change { act: Act; way: LogInWay; holder: Holder; /** The planned day that is taken back. */ day?: string }

export const changeHref = (change: Change): string => `/admin/log-in-ways/change?${new URLSearchParams({ ...change })}`

const acts: Readonly<Record<Act, (ctx: Req['ctx'], input: DecisionInput) => Promise<FieldError[]>>> = { open: openWay, close: closeWay, 'take-back': takeBackChange }

/** Throws where no such change exists: the page is reached by the links of the table. */
function readChange({ act = '', way = '', holder = '', day }: Readonly<Record<string, string>>): Change {
  const isTakenBack = act === 'take-back'
  if (!Object.hasOwn(acts, act) || !isPossible(way, holder) || (isTakenBack && !joinDate(splitDate(day)))) throw refusals.NO_SUCH_WAY()
  return { act: act as Act, way: way as LogInWay, holder: holder as Holder, ...(isTakenBack ? { day: day! } : {}) }
}

function show(req: Req): Reply {
  const change = readChange(req.query)
  return changePage(req, change, { date: emptyDate, basis: '' })
}

async function post(req: Req): Promise<Reply> {
  const change = readChange(req.query)
  const typed: Typed = { date: change.day ? splitDate(change.day) : readDateParts(req.form, 'onDay'), basis: req.form.get('basis') }
  const errors = await acts[change.act](req.ctx, { way: change.way, holder: change.holder, onDay: joinDate(typed.date), basis: typed.basis, confirmed: req.form.get('confirmed') === 'yes' })
  return errors.length > 0 ? changePage(req, change, typed, errors) : redirect(`${logInWaysPath}?saved=1`)
}

interface Typed { date: DateParts; basis: string }

function changePage(req: Req, change: Change, typed: Typed, errors: FieldError[] = []): Reply {
  return page(<ChangeView change={change} typed={typed} errors={errors} />, { title: req.ctx.t(`identity.ways.admin.change.${change.act}`), layout: 'desk', status: errors.length > 0 ? 400 : 200 })
}

function ChangeView({ change, typed, errors }: { change: Change; typed: Typed; errors: FieldError[] }): VNode {
  const { t } = usePage()
  const { act, way, holder, day } = change
  const wrong = fieldErrors(errors, t)
  return (
    <>
      <BackLink href={logInWaysPath} />
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-l">{t(`identity.ways.admin.change.${act}`)}</h1>
        <SummaryList rows={[
          { key: t('identity.ways.admin.way'), value: capital(t(`identity.ways.name.${way}`)) },
          { key: t('identity.ways.admin.holder'), value: t(`identity.ways.holder.${holder}`) },
          ...(day ? [{ key: t('identity.ways.admin.on_day'), value: <span id="onDay">{formatDate(day)}</span> }] : []),
        ]} />
        <WarningText>{t(`identity.ways.admin.warning.${act}`)}</WarningText>
        <Form action={changeHref(change)}>
          {!day && <DateInput name="onDay" label={t('identity.ways.admin.on_day')} hint={t('identity.ways.admin.on_day_hint')} value={typed.date} error={wrong.of('onDay')} />}
          <TextInput name="basis" label={t('identity.ways.admin.basis')} hint={t('identity.ways.admin.basis_hint')} value={typed.basis} error={wrong.of('basis')} maxLength={200} />
          <Checkboxes name="confirmed" label={t('identity.ways.admin.confirm')} error={wrong.of('confirmed')} options={[{ value: 'yes', text: t('identity.ways.admin.confirmed') }]} />
          <Button kind={act === 'close' ? 'warning' : 'primary'}>{t(`identity.ways.admin.change.${act}`)}</Button>
        </Form>
      </div></div>
    </>
  )
}
