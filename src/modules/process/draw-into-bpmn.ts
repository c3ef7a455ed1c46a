import type { BpmnElement } from 'bpmn-moddle'
import { layOut } from './layout.ts'
import { bpmn } from './motcua-extension.ts'
import { parseProcess } from './parse-process.ts'

/**
 * The same BPMN file with a diagram of our own layout in place of any it has, so that other tools open it as we show it.
 * Everything else of the file is kept. Throws for a file that is no executable process.
 */
export async function drawIntoBpmn(xml: string): Promise<string> {
  const { model, problems } = await parseProcess(xml)
  if (!model) throw new Error(`not an executable process: ${problems.map((p) => p.key).join(', ')}`)
  const { boxes, waypoints } = layOut(model)
  const { rootElement } = await bpmn.fromXML(xml)
  const process: BpmnElement = rootElement.rootElements.find((element: BpmnElement) => element.id === model.key)
  const elements = new Map<string, BpmnElement>([...process.flowElements, ...(process.laneSets ?? []).flatMap((set: BpmnElement) => set.lanes ?? [])].map((element: BpmnElement) => [element.id!, element]))
  const lanes = new Set(model.lanes.map((lane) => lane.id))
  const shapes = Object.entries(boxes).map(([id, box]) => bpmn.create('bpmndi:BPMNShape', { id: `${id}_shape`, bpmnElement: elements.get(id), bounds: bpmn.create('dc:Bounds', box), ...(lanes.has(id) ? { isHorizontal: true } : {}) }))
  const edges = Object.entries(waypoints).map(([id, points]) => bpmn.create('bpmndi:BPMNEdge', { id: `${id}_edge`, bpmnElement: elements.get(id), waypoint: points.map((point) => bpmn.create('dc:Point', point)) }))
  const plane = bpmn.create('bpmndi:BPMNPlane', { id: `${model.key}_plane`, bpmnElement: process, planeElement: [...shapes.sort((a, b) => Number(lanes.has(b.bpmnElement.id)) - Number(lanes.has(a.bpmnElement.id))), ...edges] })
  rootElement.diagrams = [bpmn.create('bpmndi:BPMNDiagram', { id: `${model.key}_diagram`, plane })]
  return (await bpmn.toXML(rootElement, { format: true })).xml
}
