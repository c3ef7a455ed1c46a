import type { VNode } from 'preact'
import { Tag, usePage, type Tone } from '../../../ui/index.ts'
import type { DossierState } from '../dossier-states.ts'

const tones: Readonly<Record<DossierState, Tone>> = {
  new: 'neutral', received: 'running', 'not-accepted': 'stopped', 'in-progress': 'running', 'supplement-required': 'attention', 'payment-required': 'attention',
  'withdrawal-requested': 'paused', stopped: 'stopped', finished: 'done', returned: 'done',
}

/** The official state in words, with a colour and a sign. */
export function StateTag({ state }: { state: DossierState }): VNode {
  const { t } = usePage()
  return <Tag tone={tones[state]}>{t(`dossiers.state.${state}`)}</Tag>
}
