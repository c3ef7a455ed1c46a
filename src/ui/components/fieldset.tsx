import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import type { HeadingSize } from './field.tsx'

export interface FieldsetProps {
  readonly legend: ComponentChildren
  readonly legendSize?: HeadingSize | undefined
  readonly pageHeading?: boolean | undefined
  readonly legendHidden?: boolean | undefined
  readonly describedBy?: string | undefined
  readonly role?: 'group' | undefined
  readonly id?: string
  readonly children: ComponentChildren
}

const sizes: Record<HeadingSize, string> = { s: 'govuk-fieldset__legend--s', m: 'govuk-fieldset__legend--m', l: 'govuk-fieldset__legend--l' }

/** Questions that belong together under one legend. */
export function Fieldset({ legend, legendSize, pageHeading, legendHidden, describedBy, role, id, children }: FieldsetProps): VNode {
  return (
    <fieldset class="govuk-fieldset" aria-describedby={describedBy} role={role} id={id}>
      <legend class={legendHidden ? 'govuk-visually-hidden' : classNames('govuk-fieldset__legend', legendSize && sizes[legendSize])}>
        {pageHeading ? <h1 class="govuk-fieldset__heading">{legend}</h1> : legend}
      </legend>
      {children}
    </fieldset>
  )
}
