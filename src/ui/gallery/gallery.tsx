import type { VNode } from 'preact'

export function Gallery(): VNode {
  return <h1 class="govuk-heading-xl">…</h1>
}
