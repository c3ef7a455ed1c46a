import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { ErrorMessage } from './error-message.tsx'
import { describedBy, FormGroup, type FieldProps } from './field.tsx'
import { Fieldset } from './fieldset.tsx'
import { Hint } from './hint.tsx'

export interface Choice {
  readonly value: string
  readonly text: ComponentChildren
  readonly hint?: ComponentChildren
  readonly disabled?: boolean
  /** Questions that matter only for this choice. Shown below it when it is chosen; always, where the browser cannot tell. */
  readonly conditional?: ComponentChildren
  /** Word between this choice and the one before ("hoặc"). */
  readonly divider?: string
}

/** `label` is the legend of the group. The first choice carries the id, the following `id-2`, `id-3`. */
export interface ChoicesProps extends FieldProps {
  readonly options: readonly Choice[]
  readonly small?: boolean
  readonly inline?: boolean
}

export interface RadiosProps extends ChoicesProps { readonly value?: string | null | undefined }
export interface CheckboxesProps extends ChoicesProps { readonly values?: readonly string[] | undefined }

/** One of several. */
export function Radios({ value, ...props }: RadiosProps): VNode {
  return <Choices {...props} type="radio" chosen={value == null ? [] : [value]} />
}

/** Any of several. */
export function Checkboxes({ values = [], ...props }: CheckboxesProps): VNode {
  return <Choices {...props} type="checkbox" chosen={values} />
}

function Choices(props: ChoicesProps & { readonly type: 'radio' | 'checkbox'; readonly chosen: readonly string[] }): VNode {
  const id = props.id ?? props.name
  const block = props.type === 'radio' ? 'govuk-radios' : 'govuk-checkboxes'
  return (
    <FormGroup error={props.error}>
      <Fieldset legend={props.label} legendSize={props.labelSize} pageHeading={props.pageHeading} legendHidden={props.labelHidden} describedBy={describedBy(id, props)}>
        {props.hint != null && <Hint id={`${id}-hint`}>{props.hint}</Hint>}
        {props.error && <ErrorMessage id={`${id}-error`}>{props.error}</ErrorMessage>}
        <div class={classNames(block, props.small && `${block}--small`, props.inline && `${block}--inline`)}>
          {props.options.map((option, index) => (
            <ChoiceItem block={block} type={props.type} name={props.name} option={option} id={index === 0 ? id : `${id}-${index + 1}`} checked={props.chosen.includes(option.value)} />
          ))}
        </div>
      </Fieldset>
    </FormGroup>
  )
}

function ChoiceItem({ block, type, name, option, id, checked }: { block: string; type: 'radio' | 'checkbox'; name: string; option: Choice; id: string; checked: boolean }): VNode {
  return (
    <>
      {option.divider && <div class={`${block}__divider`}>{option.divider}</div>}
      <div class={`${block}__item`}>
        <input class={`${block}__input`} id={id} name={name} type={type} value={option.value} checked={checked} disabled={option.disabled} aria-describedby={option.hint != null ? `${id}-item-hint` : undefined} />
        <label class={`govuk-label ${block}__label`} for={id}>{option.text}</label>
        {option.hint != null && <Hint id={`${id}-item-hint`} class={`${block}__hint`}>{option.hint}</Hint>}
      </div>
      {option.conditional != null && <div class={`${block}__conditional`} id={`conditional-${id}`}>{option.conditional}</div>}
    </>
  )
}
