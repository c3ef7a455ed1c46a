import type { BpmnElement } from 'bpmn-moddle'
import type { XmlElement } from '../../platform/xml.ts'
import { readBpmn, writeBpmn } from './bpmn-document.ts'
import { graphOf } from './drawing/graph.ts'
import { layOut } from './drawing/layout.ts'

const namespaces = { bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI', dc: 'http://www.omg.org/spec/DD/20100524/DC', di: 'http://www.omg.org/spec/DD/20100524/DI' }

/**
 * The same BPMN file with a diagram of our own layout in place of any it has, so that other tools open it as we show it.
 * Everything else of the file is kept. Throws for a file that is no BPMN or holds no process.
 */
export async function drawIntoBpmn(text: string): Promise<string> {
  const document = await readBpmn(text)
  const processes: BpmnElement[] = (document?.definitions.rootElements ?? []).filter((element: BpmnElement) => element.$type === 'bpmn:Process')
  const process = processes.find((one) => one.isExecutable) ?? processes[0]
  if (!document || !process) throw new Error('not a BPMN file with a process')
  const { root } = document
  const others = root.children.filter((child) => typeof child === 'string' ? child.trim() !== '' : child.name.replace(/^.*:/, '') !== 'BPMNDiagram')
  const missing = Object.entries(namespaces).filter(([prefix, uri]) => root.attributes[`xmlns:${prefix}`] !== uri).map(([prefix, uri]) => [`xmlns:${prefix}`, uri])
  const diagrams = [process, ...subProcessesIn(process)].map(diagramOf).map((diagram) => ({ ...diagram, attributes: { ...Object.fromEntries(missing), ...diagram.attributes } }))
  return writeBpmn({ ...document, root: { ...root, children: spread([...others, ...diagrams], 0) } })
}

/** Each has a plane of its own: in the drawing around it, its box is closed. */
function subProcessesIn(holder: BpmnElement): BpmnElement[] {
  return ((holder.flowElements ?? []) as BpmnElement[]).filter((element) => element.$instanceOf('bpmn:SubProcess')).flatMap((sub) => [sub, ...subProcessesIn(sub)])
}

function diagramOf(process: BpmnElement): XmlElement {
  const graph = graphOf(process)
  const { boxes, waypoints } = layOut(graph)
  const lanes = new Set(graph.lanes.map((lane) => lane.id))
  const shapes = Object.entries(boxes).sort(([a], [b]) => Number(lanes.has(b)) - Number(lanes.has(a)))
    .map(([id, { x, y, width, height }]) => element('bpmndi:BPMNShape', { id: `${id}_shape`, bpmnElement: id, ...(lanes.has(id) ? { isHorizontal: true } : {}) }, element('dc:Bounds', { x, y, width, height })))
  const edges = Object.entries(waypoints).map(([id, points]) => element('bpmndi:BPMNEdge', { id: `${id}_edge`, bpmnElement: id }, ...points.map(({ x, y }) => element('di:waypoint', { x, y }))))
  return element('bpmndi:BPMNDiagram', { id: `${process.id}_diagram` }, element('bpmndi:BPMNPlane', { id: `${process.id}_plane`, bpmnElement: process.id! }, ...shapes, ...edges))
}

function element(name: string, attributes: Record<string, string | number | boolean>, ...children: XmlElement[]): XmlElement {
  return { name, attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])), children }
}

/** Children on lines of their own, those that the file had before as they are. */
function spread(children: readonly (XmlElement | string)[], depth: number): (XmlElement | string)[] {
  if (children.length === 0) return []
  const indent = `\n${'  '.repeat(depth + 1)}`
  const inner = (child: XmlElement): XmlElement => (child.name.startsWith('bpmndi:') ? { ...child, children: spread(child.children, depth + 1) } : child)
  return [...children.flatMap((child) => [indent, typeof child === 'string' ? child : inner(child)]), `\n${'  '.repeat(depth)}`]
}
