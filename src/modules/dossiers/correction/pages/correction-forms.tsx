import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { Button, Details, fieldErrors, Form, InsetText, Select, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import { textOf, type Typed } from '../../pages/desk/typed.ts'
import type { DraftField } from '../../papers/draft-fields.ts'
import type { CorrectableAnswer } from '../correctable-answers.ts'
import type { Correction } from '../correction.store.ts'
import { proposeCorrectionHref, signCorrectionHref } from './hrefs.ts'

export interface CorrectionView { answers: CorrectableAnswer[]; draftFields: DraftField[]; open: Correction | undefined; maySign: boolean; isProofStale: boolean }

/** Where a result was issued: the correction that waits for its signature, and the form that proposes one. */
export function CorrectionForms({ id, view, mistakes, typed }: { id: string; view: CorrectionView; mistakes: readonly FieldError[]; typed: Typed }): VNode | null {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  const { open, answers } = view
  const questionOf = (ref: string): string => answers.find((a) => a.ref === ref)?.label ?? ref
  return (
    <>
      {open && (
        <InsetText>
          <p class="govuk-body">{t('dossiers.correction.waits', { question: questionOf(open.field), reason: open.reason })}</p>
          {view.maySign && (
            <Form action={signCorrectionHref(id)}>
              {view.isProofStale && <TextInput name="code" label={t('dossiers.desk.proof.code')} error={errors.of('code')} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />}
              <Button>{t('dossiers.correction.sign')}</Button>
              {view.isProofStale && <Button kind="secondary" name="proof" value="certificate">{t('dossiers.desk.proof.certificate')}</Button>}
            </Form>
          )}
        </InsetText>
      )}
      {answers.length > 0 && (
        <Details summary={t('dossiers.correction.open')} open={'correctionReason' in typed}>
          <p class="govuk-body">{t('dossiers.correction.explain')}</p>
          <Form action={proposeCorrectionHref(id)}>
            <Select name="field" label={t('dossiers.correction.field')} empty={t('dossiers.correction.choose')} value={textOf(typed, 'field')} error={errors.of('field')} options={answers.map((a) => ({ value: a.ref, text: `${a.label} – ${a.value}` }))} />
            <TextInput name="corrected" label={t('dossiers.correction.value')} hint={t('dossiers.correction.valueHint')} value={textOf(typed, 'corrected')} error={errors.of('corrected')} maxLength={500} />
            {view.draftFields.map((f) => <TextInput name={f.name} id={`correct-${f.name}`} label={t(`dossiers.draftField.${f.name}`)} value={textOf(typed, f.name) || f.value} error={errors.of(f.name)} width={20} />)}
            <Textarea name="correctionReason" label={t('dossiers.desk.reason')} hint={t('dossiers.correction.reasonHint')} rows={3} value={textOf(typed, 'correctionReason')} error={errors.of('correctionReason')} />
            <Button kind="secondary">{t('dossiers.correction.propose')}</Button>
          </Form>
        </Details>
      )}
    </>
  )
}
