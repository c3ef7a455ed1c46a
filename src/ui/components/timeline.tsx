import type { ComponentChildren, VNode } from 'preact'
import { formatDateTime } from '../../platform/i18n.ts'
import { Icon } from './icon.tsx'
import type { Tone } from './tag.tsx'

export interface TimelineItem {
  readonly at: Date
  readonly title: ComponentChildren
  /** Office or person that acted. */
  readonly by?: ComponentChildren
  readonly children?: ComponentChildren
  readonly tone?: Tone
}

/** What happened to a dossier, in the order given. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label?: string }): VNode {
  return (
    <ol class="mc-timeline" aria-label={label}>
      {items.map((item) => (
        <li class={`mc-timeline__item mc-timeline__item--${item.tone ?? 'neutral'}`}>
          <span class="mc-timeline__mark" aria-hidden="true">{item.tone && item.tone !== 'neutral' && <Icon name={item.tone} />}</span>
          <p class="mc-timeline__title">{item.title}</p>
          <p class="mc-timeline__meta"><time dateTime={item.at.toISOString()}>{formatDateTime(item.at)}</time>{item.by != null && <> · {item.by}</>}</p>
          {item.children}
        </li>
      ))}
    </ol>
  )
}
