import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { Button, DateInput, Details, fieldErrors, Form, Textarea, usePage } from '../../../../ui/index.ts'
import { extendHref } from '../../pages/desk/hrefs.ts'
import { textOf as text, type Typed } from '../../pages/desk/typed.ts'

/** Apology and new date: open after a mistake, else behind its title. */
export function ExtendForm({ id, mistakes, typed }: { id: string; mistakes: FieldError[]; typed: Typed }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <Details summary={t('dossiers.clock.extend.open')} open={'apologyReason' in typed}>
      <Form action={extendHref(id)}>
        <p class="govuk-body">{t('dossiers.clock.extend.explain')}</p>
        <DateInput name="newDate" label={t('dossiers.clock.extend.date')} hint={t('dossiers.clock.extend.dateHint')} value={{ day: text(typed, 'newDate-day'), month: text(typed, 'newDate-month'), year: text(typed, 'newDate-year') }} error={errors.of('newDate')} />
        <Textarea name="apologyReason" label={t('dossiers.clock.extend.reason')} hint={t('dossiers.clock.extend.reasonHint')} rows={3} value={text(typed, 'apologyReason')} error={errors.of('apologyReason')} />
        <Button kind="secondary">{t('dossiers.clock.extend.button')}</Button>
      </Form>
    </Details>
  )
}
