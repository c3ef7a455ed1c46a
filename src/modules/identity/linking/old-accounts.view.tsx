import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody } from '../../../platform/http/route.ts'
import { formatDate } from '../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, EmptyState, ErrorSummary, fieldErrors, Form, Pagination, Radios, Table, Tag, Textarea, Timeline, usePage, type Tone } from '../../../ui/index.ts'
import type { Account } from '../citizens/account.store.ts'
import { masked } from '../desk/masked.ts'
import { sameName } from '../desk/same-name.ts'
import type { OldAccount, OldState, QueueView, Step } from './old-account.store.ts'

const path = '/desk/old-accounts'
const tones: Readonly<Record<OldState, Tone>> = { waiting: 'paused', linked: 'done', declined: 'attention', closed: 'stopped' }

export function OldAccountList({ rows, view, page, pages }: { rows: OldAccount[]; view: QueueView; page: number; pages: number }): VNode {
  const { t } = usePage()
  const other = view === 'open' ? 'linked' : 'open'
  return (
    <>
      <h1 class="govuk-heading-l">{t('identity.linking.queue.title')}</h1>
      <p class="govuk-body">{t('identity.linking.queue.lead')}</p>
      <p class="govuk-body"><a class="govuk-link" href={`${path}?view=${other}`}>{t(`identity.linking.queue.show_${other}`)}</a></p>
      {rows.length === 0 ? <EmptyState title={t(`identity.linking.queue.none_${view}`)} /> : (
        <Table caption={t(`identity.linking.queue.${view}`)} columns={['local_id', 'person', 'born', 'state'].map((name) => ({ header: t(`identity.linking.${name}`) }))} stack
          rows={rows.map((o) => [<a class="govuk-link" href={`${path}/${o.id}`}>{o.localId}</a>, o.fullName, formatDate(o.birthDate), <Tag tone={tones[o.state]}>{t(`identity.linking.state.${o.state}`)}</Tag>])} />
      )}
      <Pagination page={page} pages={pages} href={(n) => `${path}?view=${view}&page=${n}`} />
    </>
  )
}

interface Shown { old: OldAccount; people: Account[]; steps: Step[]; form?: FormBody; mistakes?: FieldError[] }

export function OldAccountView(props: Shown): VNode {
  const { t } = usePage()
  const { old, people, steps, mistakes } = props
  return (
    <>
      <BackLink href={path} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('identity.linking.one.title', { id: old.localId })} <Tag tone={tones[old.state]}>{t(`identity.linking.state.${old.state}`)}</Tag></h1>
      <Sides old={old} people={people} />
      {people.length === 0 && <EmptyState title={t('identity.linking.one.nobody')} />}
      {old.state === 'closed' ? null : <Decide {...props} />}
      {steps.length > 0 && <><h2 class="govuk-heading-m">{t('identity.linking.one.history')}</h2><Timeline items={steps.map((s) => ({ title: t(`identity.linking.step.${s.action}`), at: s.at, children: s.reason ?? undefined }))} /></>}
    </>
  )
}

/** Both sides next to each other; what differs says so in words. */
function Sides({ old, people }: { old: OldAccount; people: Account[] }): VNode {
  const { t } = usePage()
  const beside = (value: string, same: boolean): string => (same ? value : `${value} — ${t('identity.linking.one.differs')}`)
  const number = old.idNumber ? masked(old.idNumber) : old.oldIdNumber ? t('identity.linking.one.old_number', { number: masked(old.oldIdNumber) }) : '—'
  return (
    <Table caption={t('identity.linking.one.sides')} captionHidden stack
      columns={[{ header: t('identity.linking.one.what') }, { header: t('identity.linking.one.old') }, ...people.map((_, i) => ({ header: t('identity.linking.one.national', { number: i + 1 }) }))]}
      rows={[
        [t('identity.field.fullName'), old.fullName, ...people.map((p) => beside(p.fullName, sameName(p.fullName, old.fullName)))],
        [t('identity.field.birthDate'), formatDate(old.birthDate), ...people.map((p) => beside(formatDate(p.birthDate), p.birthDate === old.birthDate))],
        [t('identity.field.idNumber'), number, ...people.map((p) => beside(masked(p.idNumber), old.idNumber === null || p.idNumber === old.idNumber))],
        [t('identity.desk.answer.phone'), old.phone ? masked(old.phone) : '—', ...people.map((p) => beside(masked(p.phone), old.phone === null || p.phone === old.phone))],
      ]} />
  )
}

function Decide({ old, people, form, mistakes }: Shown): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  return (
    <Form action={`${path}/${old.id}`}>
      <h2 class="govuk-heading-m">{t('identity.linking.one.decide')}</h2>
      {old.state !== 'linked' && people.length > 0 && (
        <Radios name="account" label={t('identity.linking.one.which')} hint={t('identity.linking.one.which_hint')} value={form?.get('account')} error={sentences.of('account')}
          options={people.map((p, i) => ({ value: p.id, text: t('identity.linking.one.national', { number: i + 1 }), hint: `${p.fullName}, ${formatDate(p.birthDate)}` }))} />
      )}
      <Textarea name="reason" label={t('identity.linking.one.reason')} hint={t('identity.linking.one.reason_hint')} value={form?.get('reason')} error={sentences.of('reason')} />
      <ButtonGroup>
        {old.state === 'linked' ? <Button name="judgement" value="unlink" kind="warning">{t('identity.linking.one.unlink')}</Button> : (
          <>
            {people.length > 0 && <Button name="judgement" value="link">{t('identity.linking.one.link')}</Button>}
            <Button name="judgement" value="close" kind="secondary">{t('identity.linking.one.close')}</Button>
          </>
        )}
      </ButtonGroup>
    </Form>
  )
}
