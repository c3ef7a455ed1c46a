import type { BpmnElement } from 'bpmn-moddle'
import { boxOf, figureOf, labelOf, lineOf, pointOf } from './figures.ts'
import { flowElementsOf, ownScenes } from './own-scenes.ts'
import type { Box, Figure, Line, Scene } from './scene.ts'

/** The diagrams of a BPMN file, each a scene; processes that stand in none follow in a layout of our own. */
export function readScenes(definitions: BpmnElement): Scene[] {
  const diagrams: BpmnElement[] = (definitions.diagrams ?? []).filter((diagram: BpmnElement) => (diagram.plane?.planeElement ?? []).length > 0)
  const shown = new Set(diagrams.flatMap((diagram) => diagram.plane.planeElement as BpmnElement[]).map((element) => element.bpmnElement))
  const left: BpmnElement[] = (definitions.rootElements ?? []).filter((root: BpmnElement) => root.$type === 'bpmn:Process' && !flowElementsOf(root).some((element) => shown.has(element)))
  const collaborations: BpmnElement[] = (definitions.rootElements ?? []).filter((root: BpmnElement) => root.$type === 'bpmn:Collaboration' && !(root.participants ?? []).some((pool: BpmnElement) => shown.has(pool)))
  return [...diagrams.map(sceneOfDiagram), ...ownScenes(left, collaborations)]
}

function sceneOfDiagram(diagram: BpmnElement, at: number): Scene {
  const elements: BpmnElement[] = diagram.plane.planeElement
  const shown = new Set(elements.map((element) => element.bpmnElement).filter(Boolean))
  const places = new Map(elements.filter((shape) => shape.bpmnElement && shape.bounds).map((shape): [BpmnElement, Box] => [shape.bpmnElement, boxOf(shape.bounds)]))
  const subject: BpmnElement | undefined = diagram.plane.bpmnElement
  return {
    id: diagram.id ?? subject?.id ?? `diagram-${at + 1}`, name: subject?.name ? labelOf(subject) : labelOf(diagram),
    figures: withHolders(elements.flatMap((shape) => (shape.bounds ? [figureOf(shape.bpmnElement, boxOf(shape.bounds), shape, shown)] : []))),
    lines: elements.filter((edge) => edge.$type === 'bpmndi:BPMNEdge').flatMap((edge) => {
      const points = (edge.waypoint ?? []).length > 1 ? edge.waypoint.map(pointOf) : straight(places.get(edge.bpmnElement?.sourceRef), places.get(edge.bpmnElement?.targetRef))
      return points ? [lineOf(edge.bpmnElement, points, edge)] : []
    }),
  }
}

/** For an edge that the file does not place: straight from the border of one box to that of the other. */
function straight(from: Box | undefined, to: Box | undefined): Line['points'] | undefined {
  if (!from || !to) return undefined
  const middle = ({ x, y, width, height }: Box): { x: number; y: number } => ({ x: x + width / 2, y: y + height / 2 })
  const [a, b] = [middle(from), middle(to)]
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const reach = ({ width, height }: Box): number => Math.min(1, 0.5 / Math.max(Math.abs(dx) / width, Math.abs(dy) / height, 0.001))
  return [{ x: a.x + dx * reach(from), y: a.y + dy * reach(from) }, { x: b.x - dx * reach(to), y: b.y - dy * reach(to) }]
}

/** An activity within whose box others are drawn is open, whatever the file says: a call shows what it calls. */
function withHolders(figures: Figure[]): Figure[] {
  const holds = (outer: Box, { x, y, width, height }: Box): boolean => x > outer.x && y > outer.y && x + width < outer.x + outer.width && y + height < outer.y + outer.height
  return figures.map((figure) => {
    if (figure.shape !== 'activity' || figure.isOpen || !figures.some(({ shape, box }) => shape === 'activity' && holds(figure.box, box))) return figure
    return { ...figure, isOpen: true, markers: figure.markers.filter((marker) => marker !== 'closed') }
  })
}
