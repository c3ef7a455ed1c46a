import type { VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { describedBy, Field, type FieldProps } from './field.tsx'

export interface Option { readonly value: string; readonly text: string; readonly disabled?: boolean }
export interface OptionGroup { readonly label: string; readonly options: readonly Option[] }

export interface SelectProps extends FieldProps {
  readonly value?: string | null | undefined
  readonly options: readonly (Option | OptionGroup)[]
  /** First, empty choice: 'Chọn tỉnh'. Absent = the first option is preselected. */
  readonly empty?: string
  readonly disabled?: boolean
  readonly autocomplete?: string
}

export function Select(props: SelectProps): VNode {
  const id = props.id ?? props.name
  const value = props.value ?? ''
  const one = (o: Option): VNode => <option value={o.value} selected={o.value === value} disabled={o.disabled}>{o.text}</option>
  return (
    <Field {...props}>
      <select class={classNames('govuk-select', props.error && 'govuk-select--error')} id={id} name={props.name} disabled={props.disabled} autocomplete={props.autocomplete}
        aria-describedby={describedBy(id, props)} aria-invalid={props.error ? 'true' : undefined}>
        {props.empty !== undefined && <option value="" selected={value === ''}>{props.empty}</option>}
        {props.options.map((o) => 'options' in o ? <optgroup label={o.label}>{o.options.map(one)}</optgroup> : one(o))}
      </select>
    </Field>
  )
}
