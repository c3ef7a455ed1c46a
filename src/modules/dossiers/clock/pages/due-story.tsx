import type { VNode } from 'preact'
import { usePage } from '../../../../ui/index.ts'
import { explain, type Step } from '../../../calendar/index.ts'

/** How a date came about, a sentence a step. */
export function DueStory({ steps }: { steps: readonly Step[] }): VNode {
  const { t } = usePage()
  return <ol class="govuk-list govuk-list--number">{explain(steps, t).map((sentence) => <li>{sentence}</li>)}</ol>
}
