import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { Checkboxes, fieldErrors, Select, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import type { Box } from '../field-boxes.ts'
import { boxLabel, boxName, type Typed } from '../field-form.ts'

/** The boxes of a field, page, rule or head, with what stands in them and what is wrong. */
export function Boxes({ boxes, typed, mistakes = [] }: { boxes: readonly Box[]; typed: Typed; mistakes?: readonly FieldError[] }): VNode {
  return <>{boxes.map((box) => <OneBox box={box} typed={typed} mistakes={mistakes} />)}</>
}

const asText = (value: Typed[string] | undefined): string => (typeof value === 'string' ? value : (value?.[0] ?? ''))

function OneBox({ box, typed, mistakes }: { box: Box; typed: Typed; mistakes: readonly FieldError[] }): VNode {
  const { t } = usePage()
  const e = fieldErrors(mistakes, t)
  const name = boxName(box.name)
  const label = boxLabel(box, t)
  const hintKey = `forms.editor.hint.${box.kind}`
  const ownHint = `forms.editor.hint.of.${box.name}`
  const hint = t.has(ownHint) ? t(ownHint) : t.has(hintKey) ? t(hintKey) : undefined
  const field = { name, label, error: e.of(name), ...(hint !== undefined && { hint }) }
  const value = asText(typed[name])
  switch (box.kind) {
    case 'pair': case 'long-pair': return <Pair box={box} typed={typed} label={label} hint={hint} mistakes={mistakes} />
    case 'flag': return <Checkboxes {...field} options={[{ value: 'yes', text: t(`forms.editor.flag.${box.name}`) }]} values={value === 'yes' ? ['yes'] : []} small />
    case 'number': return <TextInput {...field} value={value} inputMode="decimal" width={10} />
    case 'select': return <Select {...field} empty={t('forms.editor.unsaid')} value={value} options={(box.values ?? []).map((one) => ({ value: one, text: valueWords(t, box.name, one) }))} />
    case 'several': return <Checkboxes {...field} small values={[typed[name] ?? []].flat()} options={(box.values ?? []).map((one) => ({ value: one, text: valueWords(t, box.name, one) }))} />
    case 'options': case 'components': return <Textarea {...field} value={value} rows={Math.max(4, value.split('\n').length + 1)} spellcheck={false} />
    case 'condition': case 'formula': return <Textarea {...field} value={value} rows={2} spellcheck={false} />
    case 'bound': case 'day': return <TextInput {...field} value={value} width={20} spellcheck={false} />
    default: return <TextInput {...field} value={value} width="two-thirds" spellcheck={false} />
  }
}

/** A value of a closed choice in words, where there are words for it. */
function valueWords(t: ReturnType<typeof usePage>['t'], name: string, value: string): string {
  const key = `forms.editor.value.${name === 'optional' ? 'parts' : name}.${value}`
  return t.has(key) ? t(key) : value
}

function Pair({ box, typed, label, hint, mistakes }: { box: Box; typed: Typed; label: string; hint: string | undefined; mistakes: readonly FieldError[] }): VNode {
  const { t } = usePage()
  const e = fieldErrors(mistakes, t)
  const one = (lang: 'vi' | 'en'): VNode => {
    const name = `${boxName(box.name)}-${lang}`
    const props = { name, label: `${label} – ${t(`forms.editor.lang.${lang}`)}`, value: asText(typed[name]), error: e.of(name), ...(hint !== undefined && lang === 'vi' && { hint }) }
    return box.kind === 'long-pair' ? <Textarea {...props} rows={2} /> : <TextInput {...props} width="full" />
  }
  return <>{one('vi')}{one('en')}</>
}
