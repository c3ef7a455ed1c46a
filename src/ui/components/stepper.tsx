import type { ComponentChildren, VNode } from 'preact'
import { usePage } from '../use-page.ts'

export interface Step { readonly title: ComponentChildren; readonly href?: string; readonly note?: ComponentChildren }

export interface StepperProps {
  readonly steps: readonly Step[]
  /** Index of the step that is on now; `steps.length` when all are done. */
  readonly current: number
  readonly label?: string
}

/** How far along: steps done, the one now, those to come. */
export function Stepper({ steps, current, label }: StepperProps): VNode {
  const { t } = usePage()
  return (
    <nav class="mc-stepper" aria-label={label ?? t('ui.steps')}>
      <ol>
        {steps.map((step, i) => {
          const state = i < current ? 'done' : i === current ? 'current' : 'todo'
          return (
            <li class={`mc-stepper__step mc-stepper__step--${state}`} aria-current={state === 'current' ? 'step' : undefined}>
              <span class="mc-stepper__mark" aria-hidden="true">{state === 'done' ? '✓' : i + 1}</span>
              <span class="mc-stepper__text">
                {step.href ? <a class="govuk-link" href={step.href}>{step.title}</a> : step.title}
                {state === 'done' && <span class="govuk-visually-hidden"> {t('ui.steps.done')}</span>}
                {step.note != null && <span class="mc-stepper__note">{step.note}</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
