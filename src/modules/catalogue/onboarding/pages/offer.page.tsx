import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, Checkboxes, EmptyState, ErrorSummary, fieldErrors, Form, Radios, Tag, Textarea, TextInput, Timeline, usePage } from '../../../../ui/index.ts'
import { errors } from '../../catalogue.errors.ts'
import { procedureNames } from '../../get-procedure.ts'
import { changeOffer, checkOfferChange } from '../change-offer.ts'
import { listOffered } from '../list-offered.ts'
import { listOfferChanges, serviceStates, type ServiceChangeRow, type ServiceState } from '../offer-state.ts'
import { offerHref, offerPath, servicesPath } from './hrefs.ts'
import { offerTones } from './onboarding.page.tsx'

interface Typed { state: string; reasonVi: string; reasonEn: string; noticeNumber: string }

/** A service that is offered: suspend, stop, offer again, each with its reason; and what happened before. */
export const offerRoutes: Route[] = [
  { method: 'GET', path: offerPath, access: { permission: 'catalogue.view-services' }, handler: (req) => show(req) },
  { method: 'POST', path: offerPath, access: { permission: 'catalogue.decide-services' }, handler: async (req) => {
    const { ctx, form } = req
    const { state: before } = await offerOf(req)
    const typed: Typed = { state: form.get('state'), reasonVi: form.get('reasonVi'), reasonEn: form.get('reasonEn'), noticeNumber: form.get('noticeNumber') }
    const state = serviceStates.find((s) => s === typed.state)
    const change = { procedureCode: req.params.code!, state: state ?? 'open', reasonVi: typed.reasonVi, reasonEn: typed.reasonEn, noticeNumber: typed.noticeNumber }
    const mistakes: FieldError[] = [...(state && state !== before ? [] : [{ field: 'state', key: 'catalogue.services.invalid.state' }]), ...checkOfferChange(change), ...(form.get('sure') ? [] : [{ field: 'sure', key: 'catalogue.services.invalid.sure' }])]
    if (mistakes.length > 0) return show(req, typed, mistakes)
    await changeOffer(ctx, change)
    return redirect(offerHref(req.params.code!))
  } },
]

async function offerOf({ ctx, params }: Req): Promise<{ state: ServiceState }> {
  const offer = (await listOffered(ctx.db, ctx.now)).find((o) => o.procedureCode === params.code)
  if (!offer) throw errors.NOT_RUNNABLE({ code: params.code!.slice(0, 40) })
  return offer
}

async function show(req: Req, typed?: Typed, mistakes: FieldError[] = []): Promise<Reply> {
  const { ctx, params } = req
  const code = params.code!
  const { state } = await offerOf(req)
  const [changes, names] = await Promise.all([listOfferChanges(ctx.db, code), procedureNames(ctx.db, [code], ctx.lang)])
  return page(<OfferPage code={code} name={names.get(code) ?? code} state={state} changes={changes} typed={typed} mistakes={mistakes} mayDecide={isPermitted(ctx.actor, 'catalogue.decide-services')} />,
    { title: ctx.t('catalogue.services.offerTitle', { code }), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface View { code: string; name: string; state: ServiceState; changes: ServiceChangeRow[]; typed: Typed | undefined; mistakes: FieldError[]; mayDecide: boolean }

function OfferPage({ code, name, state, changes, typed, mistakes, mayDecide }: View): VNode {
  const { t, lang } = usePage()
  const wrong = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={servicesPath} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{code}</span>{name}</h1>
      <p class="govuk-body"><Tag tone={offerTones[state]}>{t(`catalogue.services.offer.${state}`)}</Tag></p>
      {mayDecide && (
        <Form action={offerHref(code)}>
          <Radios name="state" label={t('catalogue.services.newState')} value={typed?.state ?? ''} error={wrong.of('state')} options={serviceStates.filter((s) => s !== state).map((s) => ({ value: s, text: t(`catalogue.services.change.${s}`), hint: t(`catalogue.services.changeHint.${s}`) }))} />
          <Textarea name="reasonVi" label={t('catalogue.services.reasonVi')} hint={t('catalogue.services.reasonHint')} value={typed?.reasonVi ?? ''} error={wrong.of('reasonVi')} rows={3} />
          <Textarea name="reasonEn" label={t('catalogue.services.reasonEn')} value={typed?.reasonEn ?? ''} error={wrong.of('reasonEn')} rows={3} />
          <TextInput name="noticeNumber" label={t('catalogue.services.noticeNumber')} value={typed?.noticeNumber ?? ''} error={wrong.of('noticeNumber')} width={20} />
          <Checkboxes name="sure" label={t('catalogue.services.confirm')} values={[]} error={wrong.of('sure')} options={[{ value: '1', text: t('catalogue.services.sure') }]} />
          <Button kind="warning">{t('catalogue.services.saveChange')}</Button>
        </Form>
      )}
      <h2 class="govuk-heading-m">{t('catalogue.services.history')}</h2>
      {changes.length === 0 ? <EmptyState title={t('catalogue.services.noChanges')} />
        : <Timeline items={changes.map((c) => ({ at: c.fromAt, title: t(`catalogue.services.offer.${c.state}`), tone: offerTones[c.state], children: <>{(lang === 'en' ? c.reasonEn : null) ?? c.reasonVi}{c.noticeNumber && ` (${c.noticeNumber})`}</> }))} />}
    </>
  )
}
