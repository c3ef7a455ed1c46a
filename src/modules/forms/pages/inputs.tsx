import type { VNode } from 'preact'
import { Button, Checkboxes, DateInput, ErrorMessage, Fieldset, FileUpload, FormGroup, Hint, Radios, Select, Textarea, TextInput, usePage, type FieldProps } from '../../../ui/index.ts'
import { isRecord, type Units } from '../answers.ts'
import { isRequired, type FieldOf, type SimpleField } from '../definition.ts'
import { calculatedKind } from '../fields/calculated.ts'
import type { Scope } from '../fields/field-kind.ts'
import { endOf } from '../fields/period.ts'
import { addressOf, streetOf, unitsFor } from '../fields/address.ts'
import { optionsOf } from '../fields/choices.ts'
import { typedDate } from '../fields/date.ts'
import { maxBytesOf, maxFilesOf, mimeTypes } from '../fields/file.ts'
import { maxLengthOf } from '../fields/text.ts'
import { actionName } from '../parse-page.ts'
import { formats } from '../formats.ts'
import { civilDate, formatNumber, translator } from '../../../platform/i18n.ts'

export interface InputProps<F extends SimpleField = SimpleField> {
  field: F
  /** Name and id of the box. */
  name: string
  value: unknown
  /** The entry or person it belongs to, and the form's answers. */
  answers: Pick<Scope, 'item' | 'root'>
  /** Sentence for the box, or for one of its parts. */
  errorOf: (id: string) => string | undefined
  units: Units
  /** Province to begin with where none is chosen. */
  province?: string | undefined
  /** From where the value came that was filled in beforehand. */
  filledFrom?: string | undefined
  labelSize?: FieldProps['labelSize']
}

/** One field of any type. */
export function Input(props: InputProps): VNode {
  const { field } = props
  switch (field.type) {
    case 'date': return <DateBox {...props} field={field} />
    case 'period': return <PeriodBoxes {...props} field={field} />
    case 'calculated': return <CalculatedLine {...props} field={field} />
    case 'address': return <AddressBoxes {...props} field={field} />
    case 'choice': return <ChoiceBox {...props} field={field} />
    case 'checkbox': case 'declaration': return <Tick {...props} field={field} />
    case 'file': return <FileBox {...props} field={field} />
    case 'long-text': return <Textarea {...useFieldProps(props)} rows={field.rows ?? 5} value={asText(props.value)} />
    default: return <LineBox {...props} field={field} />
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')

/** Label with "(optional)" where so, hint, error: the same for all. */
function useFieldProps({ field, name, errorOf, filledFrom, labelSize }: InputProps, defaultHint?: string): FieldProps {
  const { t, lang } = usePage()
  const label = isRequired(field) || field.type === 'checkbox' || field.type === 'calculated' ? field.label[lang] : `${field.label[lang]} ${t('forms.page.optional')}`
  const hints = [field.hint?.[lang] ?? defaultHint, filledFrom].filter((h) => h !== undefined)
  return { name, label, ...(hints.length > 0 && { hint: hints.join('. ').replaceAll('..', '.') }), error: errorOf(name), ...(labelSize && { labelSize }) }
}

type LineField = FieldOf<'text' | 'person-name' | 'money' | 'number' | 'citizen-id' | 'tax-code' | 'insurance-number' | 'phone' | 'email'>

function LineBox(props: InputProps<LineField>): VNode {
  const { t, lang } = usePage()
  const { field, value } = props
  const hints: Partial<Record<LineField['type'], string>> = { 'citizen-id': t('forms.page.citizenIdHint'), 'insurance-number': t('forms.page.insuranceNumberHint'), phone: t('forms.page.phoneHint') }
  const hint = hints[field.type]
  const shown = typeof value === 'number' && (field.type === 'money' || (field.type === 'number' && field.decimals !== undefined)) ? formatNumber(value, lang) : asText(value)
  const suffix = field.type === 'money' ? t('forms.page.dong') : field.type === 'number' ? field.unit?.[lang] : undefined
  return <TextInput {...useFieldProps(props, hint)} {...lineLook(field)} {...(suffix !== undefined && { suffix })} value={shown} autocomplete={field.autocomplete} spellcheck={false} />
}

type Look = Pick<Parameters<typeof TextInput>[0], 'type' | 'inputMode' | 'width' | 'maxLength'>

function lineLook(field: LineField): Look {
  switch (field.type) {
    case 'email': return { type: 'email', inputMode: 'email', width: 'two-thirds' }
    case 'phone': return { type: 'tel', inputMode: 'tel', width: 20 }
    case 'citizen-id': case 'tax-code': case 'insurance-number': return { inputMode: 'numeric', width: 20 }
    case 'money': return { inputMode: 'numeric', width: 20 }
    case 'number': return field.decimals === undefined ? { inputMode: 'numeric', width: 5 } : { inputMode: 'decimal', width: 10 }
    case 'person-name': return { width: 'two-thirds' }
    case 'text': {
      const isNumeric = field.format !== undefined && formats[field.format]?.numeric === true
      const length = maxLengthOf(field)
      return { ...(isNumeric && { inputMode: 'numeric' as const }), width: length <= 5 ? 5 : length <= 20 ? 20 : length <= 60 ? 'two-thirds' : 'full' }
    }
  }
}

function DateBox(props: InputProps<FieldOf<'date'>>): VNode {
  const { t } = usePage()
  const parts = (['day', 'month', 'year'] as const).filter((part) => props.errorOf(`${props.name}-${part}`) !== undefined)
  const base = useFieldProps(props, t('forms.page.dateHint', { day: exampleDay(props.field) }))
  // The day carries the id of the whole date, so an error about the day alone comes under the date's own name.
  const error = base.error ?? parts.map((part) => props.errorOf(`${props.name}-${part}`))[0]
  return <DateInput {...base} error={error} value={typedDate(props.value)} {...(parts.length > 0 && { wrong: parts })} birthday={props.field.autocomplete === 'bday'} />
}

/** Where only a day to come is taken, a birthday would be no example: the day after the first that is. */
function exampleDay({ min }: FieldOf<'date'>): string {
  if (min === undefined || !('today' in min) || (min.today.years ?? 0) < 0 || (min.today.days ?? 0) < 0) return '27 3 1990'
  const [year, month, day] = civilDate(new Date(Date.now() + ((min.today.days ?? 0) + 1) * 86_400_000)).split('-').map(Number)
  return `${day} ${month} ${year! + (min.today.years ?? 0)}`
}

/** Two dates under one heading. */
function PeriodBoxes(props: InputProps<FieldOf<'period'>>): VNode {
  const { field, name, value } = props
  const base = useFieldProps(props)
  const given = isRecord(value) ? value : {}
  return (
    <div id={name}>
      <Fieldset legend={base.label} legendSize={base.labelSize ?? 's'} describedBy={[base.hint != null && `${name}-hint`, base.error && `${name}-error`].filter(Boolean).join(' ') || undefined}>
        {base.hint != null && <Hint id={`${name}-hint`}>{base.hint}</Hint>}
        {base.error && <ErrorMessage id={`${name}-error`}>{base.error}</ErrorMessage>}
        {(['from', 'to'] as const).map((end) => <DateBox {...props} field={{ ...endOf(field, end), label: boxLabel(end), ...(end === 'to' && field.open && { required: false }) }} name={`${name}-${end}`} value={given[end]} filledFrom={undefined} labelSize={undefined} />)}
      </Fieldset>
    </div>
  )
}

/** What stands over the two dates of a period, in both languages as definitions have it. */
const boxLabel = (end: 'from' | 'to') => ({ vi: translator('vi')(`forms.page.${end}`), en: translator('en')(`forms.page.${end}`) })

/** Shown, not asked: the server makes it again whatever comes. */
function CalculatedLine(props: InputProps<FieldOf<'calculated'>>): VNode {
  const { t, lang } = usePage()
  const { label, hint, error } = useFieldProps(props)
  const { name, value, field } = props
  return (
    <FormGroup error={error}>
      <p class="govuk-label govuk-label--s" id={`${name}-label`}>{label}</p>
      {hint != null && <Hint id={`${name}-hint`}>{hint}</Hint>}
      {error && <ErrorMessage id={`${name}-error`}>{error}</ErrorMessage>}
      <output class="mc-calculated" id={name} aria-labelledby={`${name}-label`}>{typeof value === 'number' ? calculatedKind.print(field, value, lang) : t('forms.page.notYet')}</output>
    </FormGroup>
  )
}

function ChoiceBox(props: InputProps<FieldOf<'choice'>>): VNode {
  const { t, lang } = usePage()
  const { field, value } = props
  const options = optionsOf(field, props.units)
  if (field.look === 'select') return <Select {...useFieldProps(props)} empty={t('forms.page.choose')} value={asText(value)} options={options.map((o) => ({ value: o.value, text: o.label[lang] }))} />
  return <Radios {...useFieldProps(props)} inline={options.length === 2 && !options.some((o) => o.hint)} value={asText(value)} options={options.map((o) => ({ value: o.value, text: o.label[lang], ...(o.hint && { hint: o.hint[lang] }) }))} />
}

function Tick(props: InputProps<FieldOf<'checkbox' | 'declaration'>>): VNode {
  const { lang } = usePage()
  const { field } = props
  const base = useFieldProps(props)
  return <Checkboxes {...base} label={field.name?.[lang] ?? field.label[lang]} values={props.value === true ? ['yes'] : []} options={[{ value: 'yes', text: field.label[lang] }]} />
}

/**
 * Two steps that need no script: choose the province and press the button, then the communes of that province. Where the node's own province
 * is known, its communes are there at once.
 */
function AddressBoxes(props: InputProps<FieldOf<'address'>>): VNode {
  const { t, lang } = usePage()
  const { field, name, errorOf } = props
  const units = unitsFor(field, props.units, props.answers)
  const base = useFieldProps(props)
  const typed = addressOf(props.value)
  const province = typed.province ?? (typed.commune === undefined ? undefined : units.commune(typed.commune)?.province) ?? props.province
  const communes = province === undefined ? [] : units.communes(province)
  const error = base.error
  return (
    <div class={error && 'govuk-form-group govuk-form-group--error'}>
      <Fieldset legend={base.label} legendSize={base.labelSize ?? 's'} describedBy={[base.hint != null && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined}>
        {base.hint != null && <Hint id={`${name}-hint`}>{base.hint}</Hint>}
        {error && <ErrorMessage id={`${name}-error`}>{error}</ErrorMessage>}
        <div class="mc-inline">
          <Select name={`${name}-province`} label={t('forms.page.province')} error={errorOf(`${name}-province`)} empty={t('forms.page.choose')} value={province} options={units.provinces().map((p) => ({ value: p.code, text: p.name[lang] }))} />
          <Button kind="secondary" name={actionName} value={`units:${name}`} about={`(${String(base.label)})`}>{t('forms.page.chooseProvince')}</Button>
        </div>
        {province !== undefined && <input type="hidden" name={`${name}-shown`} value={province} />}
        <Select name={`${name}-commune`} label={t('forms.page.commune')} error={errorOf(`${name}-commune`)} {...(communes.length === 0 && { hint: t('forms.page.chooseProvinceFirst') })} empty={t('forms.page.choose')} value={typed.commune} options={communes.map((c) => ({ value: c.code, text: c.name[lang] }))} />
        {streetOf(field) !== 'none' && (
          <TextInput name={`${name}-street`} label={streetOf(field) === 'required' ? t('forms.page.street') : `${t('forms.page.street')} ${t('forms.page.optional')}`} error={errorOf(`${name}-street`)} value={typed.street ?? ''} autocomplete={field.autocomplete} />
        )}
      </Fieldset>
    </div>
  )
}

function FileBox(props: InputProps<FieldOf<'file'>>): VNode {
  const { t, lang } = usePage()
  const { field, name, value } = props
  const max = maxFilesOf(field)
  const facts = { max, types: field.accept.map((type) => type.toUpperCase()).join(', '), megabytes: formatNumber(maxBytesOf(field) / 1_000_000, lang) }
  const files = Array.isArray(value) ? value.filter(isRecord) : []
  return (
    <>
      <FileUpload {...useFieldProps(props, t(max > 1 ? 'forms.page.filesHint' : 'forms.page.fileHint', facts))} accept={field.accept.map((type) => mimeTypes[type]).join(',')} multiple={max > 1} />
      {files.length > 0 && (
        <ul class="govuk-list mc-attached">
          {files.map((file, i) => <li>{t('forms.page.attached', { name: String(file.name) })} <Button kind="link" name={actionName} value={`drop:${name}:${i}`} about={String(file.name)}>{t('forms.page.dropFile')}</Button></li>)}
        </ul>
      )}
    </>
  )
}

