import type { VNode } from 'preact'
import { Tag, usePage, type Tone } from '../../../../ui/index.ts'
import type { DecisionState } from '../decision.ts'

const tones: Record<DecisionState, Tone> = { draft: 'neutral', 'in-check': 'attention', checked: 'attention', published: 'done', withdrawn: 'paused' }

export function StateTag({ state }: { state: DecisionState }): VNode {
  const { t } = usePage()
  return <Tag tone={tones[state]}>{t(`catalogue.decisions.state.${state}`)}</Tag>
}
