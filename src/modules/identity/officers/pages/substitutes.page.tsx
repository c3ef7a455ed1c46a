import type { VNode } from 'preact'
import type { Officer as OfficerActor } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { civilDate, formatDate } from '../../../../platform/i18n.ts'
import { Button, DateInput, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, joinDate, readDateParts, Select, Table, Textarea, usePage } from '../../../../ui/index.ts'
import { errors } from '../../identity.errors.ts'
import { isSubstitutable } from '../../roles.ts'
import { listOfficers, officerNames, type Officer } from '../officer.store.ts'
import { endSubstitution } from '../substitutes/end-substitution.ts'
import { dayBefore, isHeadOf, nameSubstitute } from '../substitutes/name-substitute.ts'
import { standingSubstitutions, substitutionsOf, type Substitution } from '../substitutes/substitution.store.ts'
import { substitutesPath } from './hrefs.ts'
import { Done } from './words.tsx'

/** Ủy quyền xử lý thay: an officer names his substitute, a head those of his people. */
export const substituteRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/substitutes', access: { permission: 'identity.name-substitutes' }, handler: (req) => show(req, []) },
  { method: 'POST', path: '/desk/substitutes', access: { permission: 'identity.name-substitutes' }, handler: post },
  { method: 'POST', path: '/desk/substitutes/:id/end', access: { permission: 'identity.name-substitutes' }, handler: async (req) => {
    await endSubstitution(req.ctx, req.params.id!)
    return redirect(`${substitutesPath}?done=ended`)
  } },
]

function ownActor(req: Req): OfficerActor {
  if (req.ctx.actor.kind !== 'officer') throw errors.OFFICER_NOT_FOUND()
  return req.ctx.actor
}

interface Props { actorId: string; nameable: Officer[]; colleagues: Officer[]; rows: Substitution[]; people: Map<string, string>; form: FormBody; mistakes: FieldError[]; done: string | undefined; today: string }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx, form } = req
  const actor = ownActor(req)
  const colleagues = (await listOfficers(ctx.db, { agencyCode: actor.agencyCode })).filter((o) => o.roles.some(isSubstitutable))
  const nameable = colleagues.filter((o) => o.id === actor.id || isHeadOf(ctx, o))
  const today = civilDate(ctx.now)
  const [own, ofOthers] = await Promise.all([substitutionsOf(ctx.db, actor.id), standingSubstitutions(ctx.db, nameable.map((o) => o.id), today)])
  const rows = [...new Map([...ofOthers, ...own].map((s) => [s.id, s])).values()].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
  const people = await officerNames(ctx.db, rows.flatMap((s) => [s.officerId, s.substituteId]))
  return page(<Substitutes {...{ nameable, colleagues, rows, people, form, mistakes, today }} actorId={actor.id} done={req.query.done} />, { title: ctx.t('identity.officers.substitute.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const mistakes = await nameSubstitute(ctx, {
    officerId: form.get('officer') || ownActor(req).id, substituteId: form.get('substitute'), from: joinDate(readDateParts(form, 'from')), until: joinDate(readDateParts(form, 'until')), reason: form.get('reason').slice(0, 1000),
  })
  return mistakes.length > 0 ? show(req, mistakes) : redirect(`${substitutesPath}?done=named`)
}

function Substitutes(props: Props): VNode {
  const { t } = usePage()
  const { rows, people, today, actorId, nameable } = props
  const state = (s: Substitution): string => (s.endedAt || s.validTo <= today ? 'ended' : s.validFrom > today ? 'future' : 'current')
  const canEnd = (s: Substitution): boolean => state(s) !== 'ended' && (s.substituteId === actorId || nameable.some((o) => o.id === s.officerId))
  return (
    <>
      <Done what={props.done} />
      <ErrorSummary errors={props.mistakes} />
      <h1 class="govuk-heading-l">{t('identity.officers.substitute.title')}</h1>
      <p class="govuk-body">{t('identity.officers.substitute.lead')}</p>
      {rows.length === 0 ? <EmptyState title={t('identity.officers.substitute.none')} /> : (
        <Table caption={t('identity.officers.substitute.title')} captionHidden stack columns={['officer', 'substitute', 'from', 'until_day', 'reason', 'state', 'act'].map((column) => ({ header: t(`identity.officers.column.${column}`) }))}
          rows={rows.map((s) => [people.get(s.officerId) ?? '', people.get(s.substituteId) ?? '', formatDate(s.validFrom), formatDate(dayBefore(s.validTo)), s.reason, t(`identity.officers.substitute.state.${state(s)}`),
            canEnd(s) ? <Form action={`${substitutesPath}/${s.id}/end`}><Button kind="link" about={people.get(s.substituteId)}>{t('identity.officers.substitute.end')}</Button></Form> : '–'])} />
      )}
      {nameable.length === 0 ? <InsetText>{t('identity.officers.substitute.nobody')}</InsetText> : <NameForm {...props} />}
    </>
  )
}

function NameForm({ actorId, nameable, colleagues, form, mistakes }: Props): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  const choice = (o: Officer) => ({ value: o.id, text: `${o.name} (${o.roles.map((role) => t(`identity.officers.role.${role}`)).join(', ')})` })
  const forOthers = nameable.some((o) => o.id !== actorId)
  return (
    <Form action={substitutesPath}>
      <h2 class="govuk-heading-m">{t('identity.officers.substitute.add')}</h2>
      {forOthers && <Select name="officer" label={t('identity.officers.substitute.for_whom')} value={form.get('officer') || actorId} options={nameable.map(choice)} />}
      <Select name="substitute" label={t('identity.officers.substitute.who')} value={form.get('substitute')} error={sentences.of('substitute')} empty={t('identity.officers.substitute.choose')} options={colleagues.filter((o) => forOthers || o.id !== actorId).map(choice)} />
      <DateInput name="from" label={t('identity.officers.substitute.from')} value={readDateParts(form, 'from')} error={sentences.of('from')} />
      <DateInput name="until" label={t('identity.officers.substitute.until')} value={readDateParts(form, 'until')} error={sentences.of('until')} />
      <Textarea name="reason" label={t('identity.officers.reason')} rows={2} value={form.get('reason')} error={sentences.of('reason')} />
      <Button>{t('identity.officers.substitute.add')}</Button>
    </Form>
  )
}
