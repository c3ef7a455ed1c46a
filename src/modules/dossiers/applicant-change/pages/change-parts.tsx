import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import type { FormBody } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime, type Lang, type Translate } from '../../../../platform/i18n.ts'
import { fieldErrors, Radios, Select, Table, Tag, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import type { Units } from '../../../forms/index.ts'
import { changeableFacts, sexes, type ChangeableFact, type FactChange, type KnownFact, type Typed } from '../applicant-facts.ts'
import type { ApplicantChange } from '../applicant-change.store.ts'

type Named = Pick<Units, 'commune' | 'province' | 'provinces'>

/** A value as people read it. */
function shown({ t, lang }: { t: Translate; lang: Lang }, units: Named, fact: ChangeableFact, value: string): string {
  switch (fact) {
    case 'birthDate': return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value
    case 'sex': return sexes.some((sex) => sex === value) ? t(`dossiers.applicantChange.sex.${value}`) : value
    case 'province': return units.province(value)?.name[lang] ?? value
    case 'commune': return units.commune(value)?.name[lang] ?? value
    default: return value
  }
}

/** The boxes that the form had; what it did not have is not typed. */
export const typedFacts = (form: FormBody): Typed => Object.fromEntries(changeableFacts.flatMap((fact) => (fact in form.fields ? [[fact, form.get(fact)]] : [])))

/** One box for each fact with what is known, or with what was typed, and the ground. */
export function FactFields({ known, units, typed, mistakes }: { known: readonly KnownFact[]; units: Named; typed: FormBody; mistakes: readonly FieldError[] }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <>
      {known.map((one) => <FactBox known={one} units={units} typed={one.fact in typed.fields ? typed.get(one.fact) : undefined} error={errors.of(one.fact)} />)}
      <Textarea name="ground" label={t('dossiers.applicantChange.ground')} hint={t('dossiers.applicantChange.groundHint')} rows={3} value={typed.get('ground')} error={errors.of('ground')} />
    </>
  )
}

function FactBox({ known: { fact, value }, units, typed, error }: { known: KnownFact; units: Named; typed: string | undefined; error: string | undefined }): VNode {
  const { t, lang } = usePage()
  const label = t(`dossiers.applicantChange.fact.${fact}`)
  if (fact === 'sex') return <Radios name={fact} label={label} inline value={typed ?? value} error={error} options={sexes.map((sex) => ({ value: sex, text: t(`dossiers.applicantChange.sex.${sex}`) }))} />
  if (fact === 'province') return <Select name={fact} label={label} value={typed ?? value} error={error} options={units.provinces().map(({ code, name }) => ({ value: code, text: name[lang] }))} />
  const hint = fact === 'birthDate' ? t('dossiers.applicantChange.dateHint') : fact === 'commune' ? t('dossiers.applicantChange.communeHint') : undefined
  return <TextInput name={fact} label={label} {...(hint ? { hint } : {})} value={typed ?? shown({ t, lang }, units, fact, value)} error={error} maxLength={200} autocomplete="off" />
}

export function ChangedFacts({ caption, changes, units }: { caption: string; changes: readonly FactChange[]; units: Named }): VNode {
  const { t, lang } = usePage()
  const words = (fact: ChangeableFact, value: string): string => shown({ t, lang }, units, fact, value) || '–'
  return <Table caption={caption} columns={[{ header: t('dossiers.applicantChange.what') }, { header: t('dossiers.applicantChange.before') }, { header: t('dossiers.applicantChange.after') }]}
    rows={changes.map((c) => [t(`dossiers.applicantChange.fact.${c.fact}`), words(c.fact, c.before), words(c.fact, c.after)])} />
}

const stateOf = (t: Translate, c: ApplicantChange): VNode => (c.isConfirmed === null ? <Tag tone="attention">{t('dossiers.applicantChange.waits')}</Tag> : c.isConfirmed ? <Tag tone="done">{t('dossiers.applicantChange.confirmed')}</Tag> : <Tag tone="stopped">{t('dossiers.applicantChange.declined')}</Tag>)

/** Every change that was asked for, newest first. */
export function ChangeHistory({ changes, units }: { changes: readonly ApplicantChange[]; units: Named }): VNode | null {
  const { t } = usePage()
  if (changes.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.applicantChange.history')}</h2>
      {changes.map((c) => (
        <>
          <ChangedFacts caption={formatDateTime(c.askedAt)} changes={c.changes} units={units} />
          <p class="govuk-body">{stateOf(t, c)} {t(`dossiers.applicantChange.way.${c.way}`)}. {t('dossiers.applicantChange.groundIs', { ground: c.ground })} {c.decidedAt && t('dossiers.applicantChange.decidedAt', { at: formatDateTime(c.decidedAt) })} {c.declineReason && t('dossiers.applicantChange.reasonIs', { reason: c.declineReason })}</p>
        </>
      ))}
    </>
  )
}
