import type { ComponentChildren, VNode } from 'preact'

export function Hint({ id, class: className, children }: { id: string; class?: string; children: ComponentChildren }): VNode {
  return <div id={id} class={className ? `govuk-hint ${className}` : 'govuk-hint'}>{children}</div>
}
