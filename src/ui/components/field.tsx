import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { ErrorMessage } from './error-message.tsx'
import { Hint } from './hint.tsx'
import { Label } from './label.tsx'

export type HeadingSize = 's' | 'm' | 'l'

/** What every question has. The id is the name unless told, so that an error on `name` links to it. */
export interface FieldProps {
  readonly name: string
  readonly id?: string
  readonly label: ComponentChildren
  readonly hint?: ComponentChildren
  /** Sentence, already in the reader's language. */
  readonly error?: string | undefined
  readonly labelSize?: HeadingSize
  /** The label is the page's h1 (one question per page). */
  readonly pageHeading?: boolean
  /** Keeps the label for screen readers only. */
  readonly labelHidden?: boolean
}

/** Ids of the hint and the error, for aria-describedby. */
export function describedBy(id: string, props: Pick<FieldProps, 'hint' | 'error'>, more?: string): string | undefined {
  return classNames(props.hint != null && `${id}-hint`, props.error && `${id}-error`, more) || undefined
}

export function FormGroup({ error, children }: { error?: string | undefined; children: ComponentChildren }): VNode {
  return <div class={classNames('govuk-form-group', error && 'govuk-form-group--error')}>{children}</div>
}

/** Label, hint and error in their order above one control. */
export function Field(props: FieldProps & { readonly children: ComponentChildren }): VNode {
  const id = props.id ?? props.name
  return (
    <FormGroup error={props.error}>
      <Label for={id} size={props.labelSize} pageHeading={props.pageHeading} hidden={props.labelHidden}>{props.label}</Label>
      {props.hint != null && <Hint id={`${id}-hint`}>{props.hint}</Hint>}
      {props.error && <ErrorMessage id={`${id}-error`}>{props.error}</ErrorMessage>}
      {props.children}
    </FormGroup>
  )
}
