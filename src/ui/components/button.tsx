import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'

export type ButtonKind = 'primary' | 'secondary' | 'warning' | 'start' | 'inverse' | 'link'

interface Common {
  readonly children: ComponentChildren
  /** 'link' looks like a link and still posts. */
  readonly kind?: ButtonKind
  readonly id?: string
}

export interface ButtonProps extends Common {
  /** Tells which button of a form was pressed. */
  readonly name?: string
  readonly value?: string
  readonly disabled?: boolean
  /** Id of a form elsewhere on the page. */
  readonly form?: string
  /** Posts the form to another address. */
  readonly formAction?: string
  /** Words for screen readers after the label ("… thành phần hồ sơ 2"). */
  readonly about?: string
}

const classOf = (kind: ButtonKind): string =>
  kind === 'link' ? 'mc-button-link' : classNames('govuk-button', kind !== 'primary' && `govuk-button--${kind}`)

/** A button that posts its form. The label is a verb. */
export function Button({ children, kind = 'primary', about, ...rest }: ButtonProps): VNode {
  return (
    <button type="submit" class={classOf(kind)} {...rest}>
      {children}{about && <span class="govuk-visually-hidden"> {about}</span>}{kind === 'start' && <StartIcon />}
    </button>
  )
}

/** A link in the shape of a button: goes somewhere, changes nothing. */
export function LinkButton({ href, children, kind = 'primary', id, download }: Common & { readonly href: string; readonly download?: boolean }): VNode {
  return <a href={href} class={classOf(kind)} draggable={false} id={id} download={download}>{children}{kind === 'start' && <StartIcon />}</a>
}

/** Buttons and links side by side. */
export function ButtonGroup({ children }: { children: ComponentChildren }): VNode {
  return <div class="govuk-button-group">{children}</div>
}

function StartIcon(): VNode {
  return <svg class="govuk-button__start-icon" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" /></svg>
}
