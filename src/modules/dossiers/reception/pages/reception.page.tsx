import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, DateInput, ErrorSummary, fieldErrors, Form, joinDate, Radios, readDateParts, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { longestQuery, masked } from '../../../identity/index.ts'
import { listOpenVisits, type Visit } from '../reception.store.ts'
import { startVisit } from '../start-visit.ts'
import { receptionPath, visitHref } from './hrefs.ts'
import { officerCtx } from './read-visit.ts'

const access = { permission: 'dossiers.take-in' } as const

/** Reception at the desk: who is there, or whose letter it is, and in what way the dossiers come. */
export const receptionRoutes: Route[] = [
  { method: 'GET', path: receptionPath, access, handler: (req) => show(req, []) },
  { method: 'POST', path: receptionPath, access, handler: async (req) => {
    const { form } = req
    const date = (name: string): string | undefined => joinDate(readDateParts(form, name))
    const started = await startVisit(officerCtx(req), { channel: form.get('channel'), query: form.get('query'), postedOn: date('postedOn'), arrivedOn: date('arrivedOn') })
    return 'errors' in started ? show(req, started.errors) : redirect(visitHref(started.visitId))
  } },
]

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { db, actor, t } = officerCtx(req)
  return page(<Reception req={req} visits={await listOpenVisits(db, actor.id)} mistakes={mistakes} />, { title: t('dossiers.reception.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function Reception({ req: { form }, visits, mistakes }: { req: Req; visits: Visit[]; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  const date = (name: 'postedOn' | 'arrivedOn'): VNode => <DateInput name={name} label={t(`dossiers.reception.${name}`)} labelSize="s" value={readDateParts(form, name)} error={errors.of(name)} />
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.reception.title')}</h1>
      <p class="govuk-body">{t('dossiers.reception.lead')}</p>
      <Form action={receptionPath} autocomplete="off">
        <Radios name="channel" label={t('dossiers.reception.channel')} small value={form.get('channel') || 'desk'} error={errors.of('channel')} options={[
          { value: 'desk', text: t('dossiers.channel.desk'), hint: t('dossiers.reception.channel.deskHint') },
          { value: 'post', text: t('dossiers.channel.post'), hint: t('dossiers.reception.channel.postHint'), conditional: <>{date('postedOn')}{date('arrivedOn')}</> },
          { value: 'assisted', text: t('dossiers.channel.assisted'), hint: t('dossiers.reception.channel.assistedHint') },
        ]} />
        <TextInput name="query" label={t('dossiers.reception.query')} hint={t('identity.desk.query.hint')} value={form.get('query')} error={errors.of('query')} spellcheck={false} autocomplete="off" maxLength={longestQuery} />
        <Button>{t('dossiers.reception.begin')}</Button>
      </Form>
      {visits.length > 0 && <Table caption={t('dossiers.reception.open')} columns={[{ header: t('dossiers.desk.applicant') }, { header: t('dossiers.column.channel') }, { header: t('dossiers.reception.since') }]}
        rows={visits.map((v) => [<a class="govuk-link" href={visitHref(v.id)}>{nameOf(v)}</a>, t(`dossiers.channel.${v.channel}`), formatDateTime(v.startedAt)])} />}
    </div></div>
  )
}

/** Name, or the end of the number of whom nobody knows by name yet. */
export const nameOf = ({ person }: Visit): string => person?.name ?? (person?.citizenId ? masked(person.citizenId) : '–')
