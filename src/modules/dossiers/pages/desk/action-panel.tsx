import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { isPermitted } from '../../../../platform/actor.ts'
import { Button, Checkboxes, Details, ErrorSummary, fieldErrors, Form, InsetText, Radios, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import { transferHref } from '../../competence/pages/hrefs.ts'
import { TransferForm } from '../../competence/pages/transfer-form.tsx'
import { isMovable } from '../../competence/transfer-dossier.ts'
import { transferOutHref } from '../../node-transfer/pages/hrefs.ts'
import { DeclineForm } from '../../withdrawal/pages/decline-form.tsx'
import { ExtendForm } from '../../clock/pages/extend-form.tsx'
import { isExtendable } from '../../clock/extend-dossier.ts'
import type { Task } from '../../../process/index.ts'
import { allowedActions } from '../../dossier-states.ts'
import { draftFieldsOf } from '../../papers/draft-fields.ts'
import { ConfirmPaymentForm, RequestPaymentForm } from '../../payment/pages/payment-forms.tsx'
import { acceptHref, askSupplementHref, completeTaskHref, previewHref, refuseHref, stopHref } from './hrefs.ts'
import type { DeskView } from './read-desk-dossier.ts'
import { listOf as list, textOf as text, type Typed } from './typed.ts'

interface Props { view: DeskView; mistakes: FieldError[]; typed: Typed }

/** What this officer can do now, always at the same place. */
export function ActionPanel({ view, mistakes, typed }: Props): VNode {
  const { t, actor } = usePage()
  const actions = allowedActions(view.dossier.state)
  const receives = isPermitted(actor, 'dossiers.receive')
  const handles = isPermitted(actor, 'dossiers.handle')
  const idle = view.tasks.length === 0 && !(receives && (actions.includes('accept') || actions.includes('stop')))
  return (
    <section class="mc-actions" aria-label={t('dossiers.desk.actions')}>
      <ErrorSummary errors={mistakes} />
      {receives && actions.includes('accept') && <Accept view={view} />}
      {receives && actions.includes('stop') && <><Stop view={view} /><DeclineForm id={view.dossier.id} mistakes={mistakes} typed={typed} /></>}
      {!view.dossier.pausedAt && view.tasks.map((task) => <StepForm view={view} task={task} mistakes={mistakes} typed={typed} />)}
      {receives && view.payment && <ConfirmPaymentForm id={view.dossier.id} request={view.payment} mistakes={mistakes} typed={typed} />}
      {idle && !(receives && view.payment) && <InsetText>{t(`dossiers.desk.idle.${view.dossier.state}`)}</InsetText>}
      {(receives || handles) && actions.includes('request-supplement') && <AskSupplement view={view} mistakes={mistakes} typed={typed} />}
      {handles && actions.includes('request-payment') && <RequestPaymentForm id={view.dossier.id} fee={view.fee} mistakes={mistakes} typed={typed} />}
      {handles && isExtendable(view.dossier) && view.mayExtend && <ExtendForm id={view.dossier.id} mistakes={mistakes} typed={typed} />}
      {handles && view.receivers.length > 0 && isMovable(view.dossier) && (
        <Details summary={t('dossiers.competence.transfer')} open={'transferReason' in typed}>
          <p class="govuk-body">{t('dossiers.competence.transferExplain')}</p>
          <TransferForm action={transferHref(view.dossier.id)} button={t('dossiers.competence.transferButton')} agencies={view.receivers} mistakes={mistakes} typed={typed} />
          <p class="govuk-body"><a class="govuk-link" href={transferOutHref(view.dossier.id)}>{t('dossiers.nodeTransfer.open')}</a></p>
        </Details>
      )}
      {receives && actions.includes('refuse') && <Refuse view={view} mistakes={mistakes} typed={typed} />}
    </section>
  )
}

function Accept({ view }: { view: DeskView }): VNode {
  const { t } = usePage()
  return <Form action={acceptHref(view.dossier.id)}><p class="govuk-body">{t('dossiers.desk.acceptHint')}</p><Button>{t('dossiers.desk.accept')}</Button></Form>
}

function Stop({ view }: { view: DeskView }): VNode {
  const { t } = usePage()
  return <Form action={stopHref(view.dossier.id)}><p class="govuk-body">{t('dossiers.desk.withdrawalWish')} {view.withdrawal}</p><Button kind="warning">{t('dossiers.desk.stop')}</Button></Form>
}

/** The components of the case, by the published version, and the declaration: nothing else can be asked for. */
export function supplementItems(view: DeskView, lang: 'vi' | 'en', declaration: string): string[] {
  return [declaration, ...view.papers.map((paper) => paper.name[lang])]
}

function AskSupplement({ view, mistakes, typed }: Props): VNode {
  const { t, lang } = usePage()
  const errors = fieldErrors(mistakes, t)
  const items = supplementItems(view, lang, t('dossiers.desk.declaration'))
  return (
    <Details summary={t('dossiers.desk.askSupplement')} open={'supplementReason' in typed}>
      <Form action={askSupplementHref(view.dossier.id)}>
        <Checkboxes small name="items" label={t('dossiers.desk.supplementItems')} values={list(typed, 'items')} error={errors.of('items')} options={items.map((item, i) => ({ value: String(i), text: item }))} />
        <Textarea name="supplementReason" label={t('dossiers.desk.reason')} hint={t('dossiers.desk.supplementHint')} rows={3} value={text(typed, 'supplementReason')} error={errors.of('supplementReason')} />
        <Button kind="secondary">{t('dossiers.desk.askSupplementButton')}</Button>
      </Form>
    </Details>
  )
}

function Refuse({ view, mistakes, typed }: Props): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <Details summary={t('dossiers.desk.refuse')} open={'refuseReason' in typed}>
      <Form action={refuseHref(view.dossier.id)}>
        <Textarea name="refuseReason" label={t('dossiers.desk.reason')} hint={t('dossiers.desk.refuseHint')} rows={3} value={text(typed, 'refuseReason')} error={errors.of('refuseReason')} />
        <Button kind="warning">{t('dossiers.desk.refuseButton')}</Button>
      </Form>
    </Details>
  )
}

function StepForm({ view, task, mistakes, typed }: Props & { task: Task }): VNode {
  const { t, lang } = usePage()
  const errors = fieldErrors(mistakes, t)
  const own = text(typed, 'task') === task.id
  const id = (name: string): string => `${name}-${task.id}`
  const asksProof = task.act === 'sign' && view.proof?.isFresh === false
  const drafts = task.act === 'draft-result' ? draftFieldsOf(view) : []
  return (
    <Form action={completeTaskHref(view.dossier.id, task.id)} hidden={{ task: task.id }} class="mc-step">
      <h2 class="govuk-heading-m">{task.name[lang]}</h2>
      {(task.act === 'review' || task.act === 'sign' || task.act === 'draft-result') && <p class="govuk-body"><a class="govuk-link" href={previewHref(view.dossier.id)}>{t('dossiers.desk.preview')}</a></p>}
      {drafts.map((f) => <TextInput name={f.name} id={id(f.name)} label={t(`dossiers.draftField.${f.name}`)} value={own ? text(typed, f.name) : f.value} error={own ? errors.of(id(f.name)) : undefined} width={20} />)}
      {task.outcomes.length > 0 && <Radios name="outcome" id={id('outcome')} label={t('dossiers.desk.outcome')} inline value={own ? text(typed, 'outcome') : undefined} error={own ? errors.of(id('outcome')) : undefined} options={task.outcomes.map((o) => ({ value: o.value, text: o.name[lang] }))} />}
      <Textarea name="note" id={id('note')} label={t('dossiers.desk.note')} rows={2} value={own ? text(typed, 'note') : ''} />
      {asksProof && <TextInput name="code" id={id('code')} label={t('dossiers.desk.proof.code')} hint={t('dossiers.desk.proof.hint', { minutes: view.proof!.minutes })} error={own ? errors.of(id('code')) : undefined} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />}
      <Button>{t(`dossiers.desk.do.${task.act ?? 'other'}`)}</Button>
      {asksProof && <Button kind="secondary" name="proof" value="certificate">{t('dossiers.desk.proof.certificate')}</Button>}
    </Form>
  )
}
