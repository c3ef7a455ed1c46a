import type { ComponentChildren, VNode } from 'preact'

/** Help that some readers need, folded. */
export function Details({ summary, open, children, id }: { summary: ComponentChildren; open?: boolean; children: ComponentChildren; id?: string }): VNode {
  return (
    <details class="govuk-details" open={open} id={id}>
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{summary}</span></summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  )
}

export interface AccordionItem { readonly title: ComponentChildren; readonly summary?: ComponentChildren; readonly children: ComponentChildren; readonly open?: boolean; readonly id?: string }

/** Sections of a long page, each folded by the browser itself. */
export function Accordion({ items, level = 2 }: { items: readonly AccordionItem[]; level?: 2 | 3 }): VNode {
  const Heading = `h${level}` as const
  return (
    <div class="mc-accordion">
      {items.map((item) => (
        <details class="mc-accordion__section" open={item.open} id={item.id}>
          <summary class="mc-accordion__summary"><Heading class="mc-accordion__heading">{item.title}</Heading>{item.summary != null && <span class="mc-accordion__note">{item.summary}</span>}</summary>
          <div class="mc-accordion__content">{item.children}</div>
        </details>
      ))}
    </div>
  )
}
