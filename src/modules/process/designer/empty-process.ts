import { translator } from '../../../platform/i18n.ts'
import { writeXml, type XmlElement } from '../../../platform/xml.ts'

const roles = ['one-stop', 'specialist', 'leader'] as const

/** BPMN of a process with a lane for each usual role that goes from its start straight to its end, without a drawing. */
export function emptyProcess({ key, nameVi, nameEn, limit }: { key: string; nameVi: string; nameEn: string; limit: string }): string {
  const [vi, en] = [translator('vi'), translator('en')]
  const named = (text: string): Record<string, string> => ({ name: vi(text), 'motcua:labelEn': en(text) })
  const element = (name: string, attributes: Record<string, string>, ...children: (XmlElement | string)[]): XmlElement => ({ name: `bpmn:${name}`, attributes, children: children.flatMap((child) => (typeof child === 'string' ? [child] : ['\n', child])) })
  const holds = (role: string): string[] => (role === 'one-stop' ? ['received', 'done'] : [])
  const lanes = roles.map((role) => element('lane', { id: `lane_${role.replace('-', '_')}`, ...named(`process.role.${role}`) }, ...holds(role).map((id) => element('flowNodeRef', {}, id))))
  const process = element('process', { id: key, name: nameVi, 'motcua:labelEn': nameEn, isExecutable: 'true', 'motcua:limit': limit },
    element('laneSet', { id: 'lanes' }, ...lanes),
    element('startEvent', { id: 'received', ...named('process.designer.new.start') }),
    element('endEvent', { id: 'done', ...named('process.designer.new.end') }),
    element('sequenceFlow', { id: 'received_to_done', sourceRef: 'received', targetRef: 'done' }))
  return writeXml(element('definitions', {
    'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL', 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xmlns:motcua': 'urn:motcua:bpmn:1',
    id: `${key}_definitions`, targetNamespace: 'urn:motcua:processes',
  }, process))
}
