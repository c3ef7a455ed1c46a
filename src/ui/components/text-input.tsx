import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { describedBy, Field, type FieldProps } from './field.tsx'

export interface TextInputProps extends FieldProps {
  readonly value?: string | number | null | undefined
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'url'
  /** Width in characters for values of known length, or a share of the column. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 'one-half' | 'two-thirds' | 'full'
  readonly prefix?: ComponentChildren
  readonly suffix?: ComponentChildren
  readonly inputMode?: 'numeric' | 'decimal' | 'tel' | 'email' | 'text'
  /** Token of the HTML standard, such as 'name', 'tel', 'bday', 'one-time-code'. */
  readonly autocomplete?: string
  /** False for codes, names and numbers. */
  readonly spellcheck?: boolean
  readonly maxLength?: number
  readonly readOnly?: boolean
  readonly disabled?: boolean
  readonly autofocus?: boolean
  /** Larger letters with space between them, for codes. */
  readonly code?: boolean
  readonly placeholder?: string
}

const widthClass = (width: TextInputProps['width']): string | undefined =>
  width === undefined ? undefined : typeof width === 'number' ? `govuk-input--width-${width}` : `govuk-!-width-${width}`

export function TextInput(props: TextInputProps): VNode {
  const { value, type = 'text', width, prefix, suffix, spellcheck, autofocus, code, inputMode, autocomplete, maxLength, readOnly, disabled, placeholder } = props
  const id = props.id ?? props.name
  const input = (
    <input class={classNames('govuk-input', widthClass(width), props.error && 'govuk-input--error', code && 'mc-input--code')} id={id} name={props.name} type={type as 'text'} value={value ?? ''}
      inputMode={inputMode} autocomplete={autocomplete} spellcheck={spellcheck} maxLength={maxLength} readOnly={readOnly} disabled={disabled} placeholder={placeholder}
      autoFocus={autofocus} aria-describedby={describedBy(id, props)} aria-invalid={props.error ? 'true' : undefined} />
  )
  return (
    <Field {...props}>
      {prefix == null && suffix == null ? input : (
        <div class="govuk-input__wrapper">
          {prefix != null && <div class="govuk-input__prefix" aria-hidden="true">{prefix}</div>}
          {input}
          {suffix != null && <div class="govuk-input__suffix" aria-hidden="true">{suffix}</div>}
        </div>
      )}
    </Field>
  )
}
