import type { ComponentChildren, VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { Button, ButtonGroup, ErrorMessage, ErrorSummary, Fieldset, Form as FormElement, FormGroup, InsetText, usePage } from '../../../ui/index.ts'
import { isRecord, type Answers, type Units } from '../answers.ts'
import type { CompiledField, Form } from '../compile-form.ts'
import { isComposed, type GroupField, type Page, type SimpleField } from '../definition.ts'
import { readableErrors } from '../error-text.ts'
import { actionName } from '../parse-page.ts'
import { walk } from '../path-of.ts'
import { Input } from './inputs.tsx'

export interface FormPageProps {
  form: Form
  page: Page
  /** The draft's answers, as typed where they are wrong. */
  answers: Answers
  errors?: readonly FieldError[]
  units: Units
  /** Where the page is posted. */
  action: string
  /** Province whose communes are offered at once: that of the node. */
  province?: string | undefined
  /** Answers that were filled in beforehand (see `prefill`), each with a sentence that says from where. */
  filled?: Readonly<Record<string, string>>
  /** Text of the button that goes on; "Tiếp tục" unless told. */
  continueText?: string
  /** Small line above the heading: "Bước 2 / 9". */
  caption?: ComponentChildren
  /** Beside the button: save and leave. */
  more?: ComponentChildren
  /** Below a heading of the page on which it is shown as an example. */
  isExample?: boolean
}

/** A page of a form with what was typed and what is wrong with it. Works without a script: every change of the page is a submit button. */
export function FormPage(props: FormPageProps): VNode {
  const { t, lang } = usePage()
  const { form, page } = props
  const errors = readableErrors(form, props.errors ?? [], lang)
  const errorOf = (id: string): string | undefined => {
    const found = errors.find((e) => e.field === id)
    return found && t(found.key, found.params)
  }
  const { kept } = walk(form, props.answers)
  const fields = (form.pages.find((p) => p.page.id === page.id)?.fields ?? []).filter((f) => !f.visible || f.visible(kept, kept))
  const hasFiles = fields.some((f) => f.field.type === 'file' || f.entry.some((inner) => inner.field.type === 'file'))
  return (
    <>
      <ErrorSummary errors={errors} />
      {props.caption != null && <span class="govuk-caption-l">{props.caption}</span>}
      {props.isExample ? <h3 class="govuk-heading-l">{page.title[lang]}</h3> : <h1 class="govuk-heading-l">{page.title[lang]}</h1>}
      {page.guidance && <InsetText>{page.guidance[lang]}</InsetText>}
      <FormElement action={props.action} files={hasFiles}>
        {/* Enter presses the first button of a form; it must be the one that goes on, not one that changes the page. */}
        <button type="submit" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true" name={actionName} value="continue">{t('forms.page.continue')}</button>
        {fields.map((f) => <AnyField compiled={f} kept={kept} errorOf={errorOf} {...props} />)}
        <ButtonGroup><Button name={actionName} value="continue">{props.continueText ?? t('forms.page.continue')}</Button>{props.more}</ButtonGroup>
      </FormElement>
    </>
  )
}

interface FieldPartProps extends FormPageProps { compiled: CompiledField; kept: Answers; errorOf: (id: string) => string | undefined }

function AnyField(props: FieldPartProps): VNode {
  const { compiled: { field }, answers, errorOf, units, province, filled } = props
  if (field.type === 'group') return <Entries {...props} group={field} />
  if (isComposed(field)) return <Parts {...props} />
  const scope = { item: props.kept, root: props.kept }
  return <Input field={field} name={field.id} value={field.type === 'calculated' ? props.kept[field.id] : answers[field.id]} answers={scope} errorOf={errorOf} units={units} province={province} filledFrom={filled?.[field.id]} labelSize="s" />
}

/** A composed field: its parts under one heading, none where the page asks nothing else. */
function Parts({ page, compiled, answers, kept, errorOf, units, province, filled }: FieldPartProps): VNode {
  const { t, lang } = usePage()
  const { field } = compiled
  const value = answers[field.id]
  const given = isRecord(value) ? value : {}
  const parts = compiled.entry.filter((f) => !f.visible || f.visible(given, kept)).map((f) => (
    <Input field={f.field as SimpleField} name={`${field.id}-${f.field.id}`} value={given[f.field.id]} answers={{ item: given, root: kept }} errorOf={errorOf} units={units} province={province} filledFrom={filled?.[`${field.id}.${f.field.id}`]} labelSize="s" />
  ))
  if (page.fields.length === 1) return <div id={field.id}>{field.hint && <p class="govuk-hint">{field.hint[lang]}</p>}{parts}</div>
  const legend = field.required === false ? `${field.label[lang]} ${t('forms.page.optional')}` : field.label[lang]
  return <div id={field.id}><Fieldset legend={legend} legendSize="m">{field.hint && <p class="govuk-hint">{field.hint[lang]}</p>}{parts}</Fieldset></div>
}

/** The entries of a repeated group, each with its boxes and a button that removes it, and a button that adds one. */
function Entries({ group, compiled, answers, kept, errorOf, units, province }: FieldPartProps & { group: GroupField }): VNode {
  const { t, lang } = usePage()
  const given = Array.isArray(answers[group.id]) ? (answers[group.id] as unknown[]) : []
  const entries = given.length >= Math.max(group.min, 1) ? given : [...given, ...Array<unknown>(Math.max(group.min, 1) - given.length).fill({})]
  const title = group.itemTitle[lang]
  const entryWord = title.charAt(0).toLowerCase() + title.slice(1)
  const error = errorOf(`${group.id}-add`)
  return (
    <>
      <input type="hidden" name={`${group.id}-count`} value={String(entries.length)} />
      {entries.map((value, i) => {
        const entry = isRecord(value) ? value : {}
        return (
          <div class={group.look === 'table' ? 'mc-entry mc-entry--row' : 'mc-entry'} id={`${group.id}-${i}`}>
            <Fieldset legend={`${title} ${i + 1}`} legendSize="m">
              {compiled.entry.filter((f) => !f.visible || f.visible(entry, kept)).map((f) => (
                <Input field={f.field as SimpleField} name={`${group.id}-${i}-${f.field.id}`} value={f.field.type === 'calculated' ? keptEntry(kept, group.id, i)[f.field.id] : entry[f.field.id]} answers={{ item: entry, root: kept }} errorOf={errorOf} units={units} province={province} />
              ))}
              {entries.length > Math.max(group.min, 1) && <Button kind="secondary" name={actionName} value={`remove:${group.id}:${i}`}>{t('forms.page.remove', { entry: entryWord, number: i + 1 })}</Button>}
            </Fieldset>
          </div>
        )
      })}
      <FormGroup error={error}>
        {error && <ErrorMessage id={`${group.id}-error`}>{error}</ErrorMessage>}
        {entries.length < group.max && <Button kind="secondary" id={`${group.id}-add`} name={actionName} value={`add:${group.id}`}>{t('forms.page.add', { entry: entryWord })}</Button>}
      </FormGroup>
    </>
  )
}

function keptEntry(kept: Answers, group: string, index: number): Answers {
  const entries = kept[group]
  const entry: unknown = Array.isArray(entries) ? entries[index] : undefined
  return isRecord(entry) ? entry : {}
}
