import type { VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { describedBy, Field, type FieldProps } from './field.tsx'

export interface TextareaProps extends FieldProps {
  readonly value?: string | null | undefined
  readonly rows?: number
  readonly autocomplete?: string
  readonly spellcheck?: boolean
  readonly maxLength?: number
  readonly disabled?: boolean
}

export function Textarea(props: TextareaProps): VNode {
  const id = props.id ?? props.name
  return (
    <Field {...props}>
      <textarea class={classNames('govuk-textarea', props.error && 'govuk-textarea--error')} id={id} name={props.name} rows={props.rows ?? 5}
        autocomplete={props.autocomplete} spellcheck={props.spellcheck} maxLength={props.maxLength} disabled={props.disabled}
        aria-describedby={describedBy(id, props)} aria-invalid={props.error ? 'true' : undefined} value={props.value ?? ''} />
    </Field>
  )
}
