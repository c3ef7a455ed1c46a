import type { ComponentChildren, VNode } from 'preact'
import { Tag, type Tone } from './tag.tsx'

export interface Task {
  readonly title: ComponentChildren
  /** Absent while the task cannot be started. */
  readonly href?: string
  readonly hint?: ComponentChildren
  readonly status: { readonly text: string; readonly tone?: Tone }
}

/** The parts of a filing and how far each is. Finished parts are quiet, open ones are marked. */
export function TaskList({ items, id = 'tasks' }: { items: readonly Task[]; id?: string }): VNode {
  return (
    <ul class="govuk-task-list">
      {items.map((item, i) => {
        const hintId = `${id}-${i + 1}-hint`
        const statusId = `${id}-${i + 1}-status`
        return (
          <li class={item.href ? 'govuk-task-list__item govuk-task-list__item--with-link' : 'govuk-task-list__item'}>
            <div class="govuk-task-list__name-and-hint">
              {item.href
                ? <a class="govuk-link govuk-task-list__link" href={item.href} aria-describedby={item.hint != null ? `${hintId} ${statusId}` : statusId}>{item.title}</a>
                : <div>{item.title}</div>}
              {item.hint != null && <div id={hintId} class="govuk-task-list__hint">{item.hint}</div>}
            </div>
            <div class="govuk-task-list__status" id={statusId}>{item.status.tone && item.status.tone !== 'neutral' ? <Tag tone={item.status.tone}>{item.status.text}</Tag> : item.status.text}</div>
          </li>
        )
      })}
    </ul>
  )
}
