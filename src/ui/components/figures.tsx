import type { ComponentChildren, VNode } from 'preact'
import { formatNumber } from '../../platform/i18n.ts'
import { classNames } from '../class-names.ts'
import { usePage } from '../use-page.ts'
import { Icon } from './icon.tsx'
import type { Tone } from './tag.tsx'

export interface BigNumberProps {
  readonly value: number | string
  readonly label: ComponentChildren
  /** What the number counts, as a list. */
  readonly href?: string
  readonly tone?: Tone
  /** Change since the period before, in words: "tăng 12 so với hôm qua". */
  readonly trend?: { readonly direction: 'up' | 'down'; readonly text: string }
  /** Key of the live stream that moves this number. */
  readonly live?: string
}

/** One answer of a board. */
export function BigNumber({ value, label, href, tone = 'neutral', trend, live }: BigNumberProps): VNode {
  const { lang } = usePage()
  const shown = <span class="mc-number__value" data-live={live}>{typeof value === 'number' ? formatNumber(value, lang) : value}</span>
  return (
    <div class={`mc-number mc-number--${tone}`}>
      {href ? <a class="mc-number__link" href={href}>{shown}<span class="mc-number__label">{label}</span></a> : <>{shown}<span class="mc-number__label">{label}</span></>}
      {trend && <span class="mc-number__trend"><Icon name={trend.direction} />{trend.text}</span>}
    </div>
  )
}

/** Big numbers side by side. */
export function BigNumbers({ children }: { children: ComponentChildren }): VNode {
  return <div class="mc-numbers">{children}</div>
}

export interface Bar { readonly label: ComponentChildren; readonly value: number; readonly href?: string; readonly tone?: Tone; readonly live?: string }

export interface BarChartProps {
  readonly caption: ComponentChildren
  readonly captionHidden?: boolean
  /** Heading of the labels and of the values. */
  readonly columns: readonly [ComponentChildren, ComponentChildren]
  readonly bars: readonly Bar[]
  /** Value of a full bar; the largest when absent. */
  readonly max?: number
  readonly format?: (value: number) => string
}

/** A ranking: a table whose numbers are also drawn, so that nothing is only in the drawing. */
export function BarChart({ caption, captionHidden, columns, bars, max, format }: BarChartProps): VNode {
  const { lang } = usePage()
  const full = Math.max(max ?? 0, ...bars.map((b) => b.value), 1)
  const words = format ?? ((value: number) => formatNumber(value, lang))
  return (
    <table class="govuk-table mc-bars">
      <caption class={classNames('govuk-table__caption govuk-table__caption--m', captionHidden && 'govuk-visually-hidden')}>{caption}</caption>
      <thead><tr><th scope="col" class="govuk-table__header">{columns[0]}</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">{columns[1]}</th></tr></thead>
      <tbody>
        {bars.map((bar) => (
          <tr class="mc-bars__row">
            <th scope="row" class="mc-bars__label">
              {bar.href ? <a class="govuk-link" href={bar.href}>{bar.label}</a> : bar.label}
              <svg class={`mc-bars__bar mc-bars__bar--${bar.tone ?? 'neutral'}`} width="100%" height="8" aria-hidden="true" focusable="false">
                <rect class="mc-bars__track" width="100%" height="8" rx="2" /><rect class="mc-bars__fill" width={`${Math.round((bar.value / full) * 1000) / 10}%`} height="8" rx="2" />
              </svg>
            </th>
            <td class="mc-bars__value" data-live={bar.live}>{words(bar.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
