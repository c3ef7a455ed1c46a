import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { Button, fieldErrors, Form, Select, Textarea, usePage, type Option } from '../../../../ui/index.ts'
import { textOf, type Typed } from '../../pages/desk/typed.ts'

interface Props { action: string; button: string; agencies: readonly Option[]; mistakes: readonly FieldError[]; typed: Typed }

/** Which agency it is, and why. */
export function TransferForm({ action, button, agencies, mistakes, typed }: Props): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <Form action={action}>
      <Select name="toAgency" label={t('dossiers.competence.agency')} empty={t('dossiers.competence.choose')} value={textOf(typed, 'toAgency')} error={errors.of('toAgency')} options={agencies} />
      <Textarea name="transferReason" label={t('dossiers.desk.reason')} hint={t('dossiers.competence.reasonHint')} rows={3} value={textOf(typed, 'transferReason')} error={errors.of('transferReason')} />
      <Button kind="secondary">{button}</Button>
    </Form>
  )
}
