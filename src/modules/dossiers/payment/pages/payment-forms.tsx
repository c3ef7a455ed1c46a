import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime, formatMoney, formatNumber } from '../../../../platform/i18n.ts'
import { Button, Details, fieldErrors, Form, InsetText, NotificationBanner, SummaryList, TextInput, usePage } from '../../../../ui/index.ts'
import type { ByTable } from '../../../decisions/index.ts'
import { textOf, type Typed } from '../../pages/desk/typed.ts'
import type { PaymentRequest } from '../payment.store.ts'
import { confirmPaymentHref, requestPaymentHref } from './hrefs.ts'

interface Props { id: string; mistakes: readonly FieldError[]; typed: Typed }

/** What is to be paid, how much, and by which notice. */
export function RequestPaymentForm({ id, fee, mistakes, typed }: Props & { fee: ByTable<number> | undefined }): VNode {
  const { t, lang } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <Details summary={t('dossiers.payment.ask')} open={'paymentName' in typed}>
      <Form action={requestPaymentHref(id)}>
        <p class="govuk-body">{t('dossiers.payment.explain')}</p>
        {fee && <InsetText>{t('dossiers.payment.byTable', { amount: formatMoney(fee.answer, lang) })}</InsetText>}
        <TextInput name="paymentName" label={t('dossiers.payment.name')} hint={t('dossiers.payment.nameHint')} value={'paymentName' in typed ? textOf(typed, 'paymentName') : fee?.title.vi} error={errors.of('paymentName')} width="two-thirds" />
        <TextInput name="paymentAmount" label={t('dossiers.payment.amount')} hint={t('dossiers.payment.amountHint')} value={'paymentName' in typed ? textOf(typed, 'paymentAmount') : fee && formatNumber(fee.answer, 'vi')} error={errors.of('paymentAmount')} inputMode="numeric" width={20} />
        <TextInput name="paymentBasis" label={t('dossiers.payment.basis')} hint={t('dossiers.payment.basisHint')} value={'paymentName' in typed ? textOf(typed, 'paymentBasis') : fee?.ground} error={errors.of('paymentBasis')} width="two-thirds" />
        <Button kind="secondary">{t('dossiers.payment.askButton')}</Button>
      </Form>
    </Details>
  )
}

export function ConfirmPaymentForm({ id, request, mistakes, typed }: Props & { request: PaymentRequest }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <Form action={confirmPaymentHref(id)}>
      <h2 class="govuk-heading-m">{t('dossiers.payment.waiting')}</h2>
      <PaymentFacts request={request} />
      <TextInput name="paymentReceipt" label={t('dossiers.payment.receipt')} hint={t('dossiers.payment.receiptHint')} value={textOf(typed, 'paymentReceipt')} error={errors.of('paymentReceipt')} width={20} />
      <Button>{t('dossiers.payment.confirm')}</Button>
    </Form>
  )
}

/** For the person: what to pay, why, and that time stands meanwhile. */
export function PaymentNotice({ request }: { request: PaymentRequest }): VNode {
  const { t } = usePage()
  return (
    <NotificationBanner heading={t('dossiers.payment.asked')}>
      <PaymentFacts request={request} />
      <p class="govuk-body">{t('dossiers.payment.how')}</p>
    </NotificationBanner>
  )
}

function PaymentFacts({ request }: { request: PaymentRequest }): VNode {
  const { t, lang } = usePage()
  return <SummaryList rows={[{ key: t('dossiers.payment.name'), value: request.name }, { key: t('dossiers.payment.amountShown'), value: formatMoney(request.amount, lang) }, { key: t('dossiers.payment.basis'), value: request.basis }, { key: t('dossiers.payment.requestedAt'), value: formatDateTime(request.requestedAt) }]} />
}
