import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import type { HeadingSize } from './field.tsx'

interface LabelProps {
  readonly for: string
  readonly size?: HeadingSize | undefined
  readonly pageHeading?: boolean | undefined
  readonly hidden?: boolean | undefined
  readonly children: ComponentChildren
}

const sizes: Record<HeadingSize, string> = { s: 'govuk-label--s', m: 'govuk-label--m', l: 'govuk-label--l' }

export function Label({ for: id, size, pageHeading, hidden, children }: LabelProps): VNode {
  const label = <label class={classNames('govuk-label', size && sizes[size], hidden && 'govuk-visually-hidden')} for={id}>{children}</label>
  return pageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}
