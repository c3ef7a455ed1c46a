import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import type { FormBody } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime, type Translate } from '../../../../platform/i18n.ts'
import { fieldErrors, Table, Tag, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import { changeableFacts, type ChangeableFact, type FactChange, type KnownFact, type Typed } from '../applicant-facts.ts'
import type { ApplicantChange } from '../applicant-change.store.ts'

const shown = (fact: ChangeableFact, value: string): string => (fact === 'birthDate' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value)

/** The boxes that the form had; what it did not have is not typed. */
export const typedFacts = (form: FormBody): Typed => Object.fromEntries(changeableFacts.flatMap((fact) => (fact in form.fields ? [[fact, form.get(fact)]] : [])))

/** One box for each fact with what is known, or with what was typed, and the ground. */
export function FactFields({ known, typed, mistakes }: { known: readonly KnownFact[]; typed: FormBody; mistakes: readonly FieldError[] }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <>
      {known.map(({ fact, value }) => <TextInput name={fact} label={t(`dossiers.applicantChange.fact.${fact}`)} {...(fact === 'birthDate' ? { hint: t('dossiers.applicantChange.dateHint') } : {})} value={fact in typed.fields ? typed.get(fact) : shown(fact, value)} error={errors.of(fact)} maxLength={200} autocomplete="off" />)}
      <Textarea name="ground" label={t('dossiers.applicantChange.ground')} hint={t('dossiers.applicantChange.groundHint')} rows={3} value={typed.get('ground')} error={errors.of('ground')} />
    </>
  )
}

export function ChangedFacts({ caption, changes }: { caption: string; changes: readonly FactChange[] }): VNode {
  const { t } = usePage()
  return <Table caption={caption} columns={[{ header: t('dossiers.applicantChange.what') }, { header: t('dossiers.applicantChange.before') }, { header: t('dossiers.applicantChange.after') }]}
    rows={changes.map((c) => [t(`dossiers.applicantChange.fact.${c.fact}`), shown(c.fact, c.before) || '–', shown(c.fact, c.after) || '–'])} />
}

const stateOf = (t: Translate, c: ApplicantChange): VNode => (c.isConfirmed === null ? <Tag tone="attention">{t('dossiers.applicantChange.waits')}</Tag> : c.isConfirmed ? <Tag tone="done">{t('dossiers.applicantChange.confirmed')}</Tag> : <Tag tone="stopped">{t('dossiers.applicantChange.declined')}</Tag>)

/** Every change that was asked for, newest first. */
export function ChangeHistory({ changes }: { changes: readonly ApplicantChange[] }): VNode | null {
  const { t } = usePage()
  if (changes.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.applicantChange.history')}</h2>
      {changes.map((c) => (
        <>
          <ChangedFacts caption={formatDateTime(c.askedAt)} changes={c.changes} />
          <p class="govuk-body">{stateOf(t, c)} {t(`dossiers.applicantChange.way.${c.way}`)}. {t('dossiers.applicantChange.groundIs', { ground: c.ground })} {c.decidedAt && t('dossiers.applicantChange.decidedAt', { at: formatDateTime(c.decidedAt) })} {c.declineReason && t('dossiers.applicantChange.reasonIs', { reason: c.declineReason })}</p>
        </>
      ))}
    </>
  )
}
