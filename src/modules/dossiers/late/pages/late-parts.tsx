import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, Details, fieldErrors, Form, InsetText, Textarea, usePage } from '../../../../ui/index.ts'
import { textOf, type Typed } from '../../pages/desk/typed.ts'
import type { LateExplanation } from '../late.store.ts'
import { explainLateHref } from './hrefs.ts'

/** On a late dossier: the explanation there is, and the form for who oversees. */
export function LateParts({ id, explanation, mayExplain, mistakes, typed }: { id: string; explanation: LateExplanation | undefined; mayExplain: boolean; mistakes: readonly FieldError[]; typed: Typed }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <>
      {explanation && <InsetText>{t('dossiers.late.explained', { at: formatDateTime(explanation.explainedAt) })} <span class="mc-answer">{explanation.reason}</span></InsetText>}
      {mayExplain && (
        <Details summary={t('dossiers.late.open')} open={'lateReason' in typed}>
          <Form action={explainLateHref(id)}>
            <Textarea name="lateReason" label={t('dossiers.late.reason')} hint={t('dossiers.late.hint')} rows={3} value={textOf(typed, 'lateReason')} error={errors.of('lateReason')} />
            <Button kind="secondary">{t('dossiers.late.button')}</Button>
          </Form>
        </Details>
      )}
    </>
  )
}
