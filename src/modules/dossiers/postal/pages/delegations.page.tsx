import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { civilDate, formatDate } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { Button, Checkboxes, DateInput, EmptyState, ErrorSummary, fieldErrors, Form, joinDate, readDateParts, Select, Table, Tag, TextInput, usePage, type Option } from '../../../../ui/index.ts'
import { listOfficers, officerNames } from '../../../identity/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { officerCtx } from '../../reception/pages/read-visit.ts'
import { endDelegation, giveDelegation, postalActs } from '../delegation.ts'
import { listDelegations, type Delegation } from '../postal.store.ts'
import { delegationsPath, endDelegationHref, endDelegationPath } from './hrefs.ts'

const access = { permission: 'dossiers.delegate-post' } as const

/** Who of the postal staff does what for the desk, from when to when, on what ground. */
export const delegationRoutes: Route[] = [
  { method: 'GET', path: delegationsPath, access, handler: (req) => show(req, []) },
  { method: 'POST', path: delegationsPath, access, handler: async (req) => {
    const { form } = req
    const day = (name: string): string | undefined => joinDate(readDateParts(form, name))
    const mistakes = await giveDelegation(req.ctx, { officerId: form.get('officer'), acts: form.all('acts'), from: day('from'), to: day('to'), basis: form.get('basis') })
    return mistakes.length > 0 ? show(req, mistakes) : redirect(delegationsPath)
  } },
  { method: 'POST', path: endDelegationPath, access, handler: async (req) => {
    if (!isId(req.params.id)) throw errors.NOT_FOUND()
    await endDelegation(req.ctx, req.params.id)
    return redirect(delegationsPath)
  } },
]

interface View { delegations: Delegation[]; names: ReadonlyMap<string, string>; staff: Option[]; today: string }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { db, actor, now, t } = officerCtx(req)
  const [delegations, staff] = await Promise.all([listDelegations(db, actor.agencyCode), listOfficers(db, { agencyCode: actor.agencyCode, role: 'postal-staff' })])
  const view: View = { delegations, names: await officerNames(db, delegations.map((d) => d.officerId)), staff: staff.filter((o) => o.agencyCode === actor.agencyCode).map((o) => ({ value: o.id, text: o.name })), today: civilDate(now) }
  return page(<Delegations view={view} form={req.form} mistakes={mistakes} />, { title: t('dossiers.postal.delegations'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function Delegations({ view: { delegations, names, staff, today }, form, mistakes }: { view: View; form: FormBody; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const errorOf = fieldErrors(mistakes, t)
  const isOver = (d: Delegation): boolean => d.endedAt !== null || d.validTo < today
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.postal.delegations')}</h1>
      <p class="govuk-body">{t('dossiers.postal.delegationsLead')}</p>
      {delegations.length === 0 ? <EmptyState title={t('dossiers.postal.noDelegations')} /> : (
        <Table wide caption={t('dossiers.postal.delegations')} captionHidden columns={[{ header: t('dossiers.postal.officer') }, { header: t('dossiers.postal.acts') }, { header: t('dossiers.postal.between') }, { header: t('dossiers.postal.basis') }, { header: t('dossiers.column.state') }]}
          rows={delegations.map((d) => [names.get(d.officerId) ?? '–', d.acts.map((act) => t(`dossiers.postal.act.${act}`)).join(', '), `${formatDate(d.validFrom)} – ${formatDate(d.validTo)}`, d.basis,
            isOver(d) ? <Tag tone="stopped">{t('dossiers.postal.over')}</Tag> : <Form action={endDelegationHref(d.id)} class="mc-inline"><Button kind="secondary">{t('dossiers.postal.end')}</Button></Form>])} />
      )}
      <h2 class="govuk-heading-m">{t('dossiers.postal.delegate')}</h2>
      {staff.length === 0 ? <p class="govuk-body">{t('dossiers.postal.noStaff')}</p> : (
        <Form action={delegationsPath}>
          <Select name="officer" label={t('dossiers.postal.officer')} empty={t('dossiers.postal.choose')} value={form.get('officer')} error={errorOf.of('officer')} options={staff} />
          <Checkboxes small name="acts" label={t('dossiers.postal.acts')} values={form.all('acts')} error={errorOf.of('acts')} options={postalActs.map((act) => ({ value: act, text: t(`dossiers.postal.act.${act}`) }))} />
          {(['from', 'to'] as const).map((name) => <DateInput name={name} label={t(`dossiers.postal.${name}`)} labelSize="s" value={readDateParts(form, name)} error={errorOf.of(name)} />)}
          <TextInput name="basis" label={t('dossiers.postal.basis')} hint={t('dossiers.postal.basisHint')} value={form.get('basis')} error={errorOf.of('basis')} maxLength={300} />
          <Button>{t('dossiers.postal.delegate')}</Button>
        </Form>
      )}
    </>
  )
}
