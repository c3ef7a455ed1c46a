import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, Button, Checkboxes, EmptyState, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, LinkButton, NotificationBanner, Pagination, PrintButton, SummaryList, Table, Tag, TextInput, usePage, WarningText, type Tone } from '../../../ui/index.ts'
import { DemoHint } from '../citizens/demo-hint.tsx'
import type { Registration } from '../citizens/registration.form.ts'
import type { AccountRequest, RequestState } from './account-request.store.ts'
import { masked } from './masked.ts'
import { peoplePath } from './people.page.tsx'
import { consentMinutes } from './send-consent-code.ts'

const href = (id: string): string => `/desk/people/requests/${id}`
const tones: Readonly<Record<RequestState, Tone>> = { consent: 'attention', waiting: 'running', opened: 'done', existing: 'done', refused: 'late', withdrawn: 'stopped' }

function StateTag({ state }: { state: RequestState }): VNode {
  const { t } = usePage()
  return <Tag tone={tones[state]}>{t(`identity.desk.request.${state}`)}</Tag>
}

export function RequestList({ rows, page, pages }: { rows: AccountRequest[]; page: number; pages: number }): VNode {
  const { t } = usePage()
  const columns = ['number', 'person', 'when', 'state'].map((name) => ({ header: t(`identity.desk.requests.${name}`) }))
  return (
    <>
      <BackLink href={peoplePath} />
      <h1 class="govuk-heading-l">{t('identity.desk.requests.title')}</h1>
      {rows.length === 0 ? <EmptyState title={t('identity.desk.requests.none')} /> : (
        <Table caption={t('identity.desk.requests.title')} captionHidden columns={columns} stack
          rows={rows.map((r) => [<a class="govuk-link" href={href(r.id)}>{r.consentNumber}</a>, r.person ? `${r.person.fullName}, ${masked(r.person.idNumber)}` : '—', formatDateTime(r.createdAt), <StateTag state={r.state} />])} />
      )}
      <Pagination page={page} pages={pages} href={(n) => `/desk/people/requests?page=${n}`} />
    </>
  )
}

interface Shown { request: AccountRequest; now: Date; mistakes?: FieldError[]; resent?: boolean; smsUrl: string | undefined }

export function RequestView({ request, now, mistakes, resent, smsUrl }: Shown): VNode {
  const { t } = usePage()
  const { person, state } = request
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href="/desk/people/requests" />
      <ErrorSummary errors={mistakes} />
      {resent && state === 'consent' && <NotificationBanner type="success" heading={t('identity.desk.request.resent')} />}
      <h1 class="govuk-heading-l">{t('identity.desk.request.title')}</h1>
      <SummaryList rows={[
        { key: t('identity.desk.requests.number'), value: request.consentNumber },
        { key: t('identity.desk.requests.state'), value: <StateTag state={state} /> },
        ...(person ? [{ key: t('identity.field.fullName'), value: person.fullName }, { key: t('identity.field.idNumber'), value: masked(person.idNumber) }, { key: t('identity.desk.answer.phone'), value: masked(person.phone) }] : []),
        ...(request.consentFile ? [{ key: t('identity.desk.paper.scan'), value: <a class="govuk-link" href={`${href(request.id)}/consent`}>{t('identity.desk.paper.open_scan')}</a> }] : []),
      ]} />
      {request.objectedAt && <WarningText>{t('identity.desk.request.objected', { when: formatDateTime(request.objectedAt) })}</WarningText>}
      {state === 'consent' && (request.consentKind === 'screen' ? <ScreenConsent request={request} now={now} mistakes={mistakes} smsUrl={smsUrl} /> : <PaperConsent request={request} mistakes={mistakes} />)}
      {state === 'waiting' && <InsetText><p class="govuk-body">{t('identity.desk.request.waiting_text')}</p><p class="govuk-body"><a class="govuk-link" href={href(request.id)}>{t('identity.desk.request.look_again')}</a></p></InsetText>}
      {state === 'refused' && <WarningText>{t(`identity.desk.request.refused_${request.reason!}`)}</WarningText>}
      {(state === 'opened' || state === 'existing') && <InsetText>{t(`identity.desk.request.${state}_text`)}</InsetText>}
      {state === 'consent' && <Form action={`${href(request.id)}/withdraw`}><Button kind="link">{t('identity.desk.request.withdraw')}</Button></Form>}
      {state !== 'consent' && <LinkButton kind="secondary" href={peoplePath}>{t('identity.desk.answer.next')}</LinkButton>}
    </div></div>
  )
}

function ScreenConsent({ request, now, mistakes, smsUrl }: Omit<Shown, 'resent'>): VNode {
  const { t } = usePage()
  const over = !request.codeExpiresAt || request.codeExpiresAt <= now
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.desk.screen.title')}</h2>
      <p class="govuk-body">{t('identity.desk.screen.person')}</p>
      <p class="govuk-body">{t('identity.desk.form.text')}</p>
      {over && <WarningText>{t('identity.desk.request.code_over')}</WarningText>}
      <Form action={`${href(request.id)}/code`} autocomplete="off">
        <TextInput name="code" label={t('identity.field.code')} hint={t('identity.desk.screen.code_hint', { minutes: consentMinutes })} error={fieldErrors(mistakes, t).of('code')} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />
        <Button>{t('identity.desk.screen.agree')}</Button>
      </Form>
      <Form action={`${href(request.id)}/resend`}><Button kind="link">{t('identity.code.resend')}</Button></Form>
      <DemoHint href={smsUrl} text="identity.demo.messages" />
    </>
  )
}

function PaperConsent({ request, mistakes }: { request: AccountRequest; mistakes: FieldError[] | undefined }): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.desk.paper.title')}</h2>
      <p class="govuk-body">{t('identity.desk.paper.lead')} <a class="govuk-link" href={`${href(request.id)}/form`}>{t('identity.desk.paper.print')}</a></p>
      <Form action={`${href(request.id)}/paper`} files>
        <FileUpload name="scan" label={t('identity.desk.paper.scan')} hint={t('identity.desk.paper.scan_hint')} accept=".pdf,image/jpeg,image/png" error={sentences.of('scan')} />
        <Checkboxes name="kept" label={t('identity.desk.paper.or')} error={sentences.of('kept')} options={[{ value: 'yes', text: t('identity.desk.paper.kept', { number: request.consentNumber }) }]} />
        <Button>{t('identity.desk.paper.send')}</Button>
      </Form>
    </>
  )
}

/** The form that the person signs: what for, by whom, which data, how to object. */
export function ConsentForm({ request, person, agency, now }: { request: AccountRequest; person: Registration; agency: string; now: Date }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={href(request.id)} />
      <PrintButton />
      <p class="govuk-body">{agency}</p>
      <h1 class="govuk-heading-l">{t('identity.desk.form.title')}</h1>
      <p class="govuk-body">{t('identity.desk.requests.number')}: <strong>{request.consentNumber}</strong></p>
      <SummaryList rows={[
        { key: t('identity.field.fullName'), value: person.fullName },
        { key: t('identity.field.birthDate'), value: formatDate(person.birthDate) },
        { key: t('identity.field.idNumber'), value: person.idNumber },
        { key: t('identity.field.phone'), value: person.phone },
        { key: t('identity.desk.form.email'), value: person.email ?? '—' },
      ]} />
      <p class="govuk-body">{t('identity.desk.form.text')}</p>
      <p class="govuk-body">{t('identity.desk.form.object')}</p>
      <p class="govuk-body">{t('identity.desk.form.signed', { date: formatDate(now) })}</p>
      <p class="govuk-body govuk-!-margin-bottom-9">{t('identity.desk.form.signature')}</p>
      <p class="govuk-body">………………………………………………</p>
    </>
  )
}
