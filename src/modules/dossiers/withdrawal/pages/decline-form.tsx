import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { Button, Details, fieldErrors, Form, Textarea, usePage } from '../../../../ui/index.ts'
import { textOf, type Typed } from '../../pages/desk/typed.ts'
import { declineWithdrawalHref } from './hrefs.ts'

/** Not agreeing needs words: the person reads them. */
export function DeclineForm({ id, mistakes, typed }: { id: string; mistakes: readonly FieldError[]; typed: Typed }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <Details summary={t('dossiers.withdrawal.decline')} open={'declineReason' in typed}>
      <Form action={declineWithdrawalHref(id)}>
        <Textarea name="declineReason" label={t('dossiers.desk.reason')} hint={t('dossiers.competence.reasonHint')} rows={3} value={textOf(typed, 'declineReason')} error={errors.of('declineReason')} />
        <Button kind="secondary">{t('dossiers.withdrawal.declineButton')}</Button>
      </Form>
    </Details>
  )
}
