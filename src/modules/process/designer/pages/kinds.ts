import type { Translate } from '../../../../platform/i18n.ts'
import { roleName } from '../../diagram-for.ts'
import type { Row } from '../rows.ts'

const words: Readonly<Record<string, string>> = {
  startEvent: 'kind.start', endEvent: 'kind.end', userTask: 'kind.user', manualTask: 'kind.manual', task: 'kind.task', serviceTask: 'kind.service', businessRuleTask: 'kind.rule', sendTask: 'kind.send',
  receiveTask: 'kind.receive', scriptTask: 'kind.script', exclusiveGateway: 'kind.exclusive', inclusiveGateway: 'kind.inclusive', parallelGateway: 'kind.parallel', eventBasedGateway: 'kind.event-based', complexGateway: 'kind.complex',
  subProcess: 'kind.sub-process', callActivity: 'kind.call', boundaryEvent: 'designer.kind.edge',
}

/** What an element is, in words: BPMN's name for it without prefix comes in. */
export const kindName = (t: Translate, kind: string): string => t(`process.${words[kind] ?? 'kind.intermediate'}`)

/** How a row is called where it is spoken of. */
export function rowName(t: Translate, lang: 'vi' | 'en', row: Pick<Row, 'id' | 'kind' | 'name' | 'comesFrom' | 'ways'>): string {
  const named = lang === 'en' ? row.name.en || row.name.vi : row.name.vi
  if (named) return named
  const isJoin = row.comesFrom > 1 && row.ways.length <= 1
  return isJoin && row.kind === 'parallelGateway' ? t('process.designer.join', { id: row.id }) : t('process.designer.unnamed', { kind: kindName(t, row.kind), id: row.id })
}

export const roleOf = (t: Translate, role: string): string => (role ? roleName(t, role) : '')
