import type { VNode } from 'preact'

/**
 * HTML that our own code made, such as a drawn diagram. The only place where text goes out unescaped:
 * never pass anything that a person typed.
 */
export function RawHtml({ html, class: className }: { html: string; class?: string }): VNode {
  return <div class={className} dangerouslySetInnerHTML={{ __html: html }} />
}
