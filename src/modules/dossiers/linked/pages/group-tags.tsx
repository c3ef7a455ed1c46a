import type { VNode } from 'preact'
import { Tag, usePage, type Tone } from '../../../../ui/index.ts'
import type { PartStatus } from '../explain-group.ts'
import type { GroupState } from '../linked.store.ts'

const groupTones: Readonly<Record<GroupState, Tone>> = { running: 'running', compensating: 'attention', done: 'done', partly: 'attention', stopped: 'stopped', withdrawn: 'stopped' }

export function GroupTag({ state }: { state: GroupState }): VNode {
  const { t } = usePage()
  return <Tag tone={groupTones[state]}>{t(`dossiers.linked.state.${state}`)}</Tag>
}

const partTones: Readonly<Partial<Record<PartStatus, Tone>>> = {
  sent: 'running', received: 'running', 'in-progress': 'running', 'result-coming': 'running', finished: 'done', 'supplement-required': 'attention', 'payment-required': 'attention', 'refused-waits': 'attention', 'withdrawal-requested': 'attention', 'undo-asked': 'attention',
  refused: 'stopped', withdrawn: 'stopped', 'not-filed': 'stopped', undone: 'stopped', stands: 'done',
}

export function PartTag({ status }: { status: PartStatus }): VNode {
  const { t } = usePage()
  return <Tag tone={partTones[status] ?? 'neutral'}>{t(`dossiers.linked.status.${status}`)}</Tag>
}
