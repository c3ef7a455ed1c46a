import type { XmlElement } from '../../../platform/xml.ts'
import type { Box } from '../drawing/scene.ts'
import { rowsOf } from './rows.ts'
import { containersOf, elementsOf, firstOf, flowsOf, idOf, idsOf, incoming, insert, kindOf, laneOf, nodesOf, remove, type Tree } from './tree.ts'

/** What the drawing of a file is made of: shapes and edges by the element that they show, and the plane on which they lie. */
interface Shown { element: XmlElement; plane: XmlElement }
type Point = { x: number; y: number }

const gap = 84

/** The drawing shows what the process holds: what is gone is taken out, new steps get a place right of what leads to them, flows with other ends a new line. */
export function mendDrawing(tree: Tree): void {
  const ids = idsOf(tree.root)
  const shown = shownIn(tree.root)
  for (const [id, { element, plane }] of shown) {
    if (ids.has(id)) continue
    remove(plane, element)
    shown.delete(id)
  }
  // The plane of a sub-process that is gone.
  for (const diagram of elementsOf(tree.root).filter((child) => kindOf(child) === 'BPMNDiagram')) if (!ids.has(firstOf(diagram, /^BPMNPlane$/)?.attributes.bpmnElement ?? '')) remove(tree.root, diagram)
  for (const container of containersOf(tree.process)) {
    const plane = planeOf(tree, container, shown)
    if (!plane) continue
    const inOrder = [...rowsOf(tree).map((row) => row.id), ...nodesOf(container).map(idOf)]
    const fresh = nodesOf(container).filter((node) => !shown.has(idOf(node))).sort((a, b) => inOrder.indexOf(idOf(a)) - inOrder.indexOf(idOf(b)))
    for (const node of fresh) placeNode(tree, container, node, plane, shown)
    for (const flow of flowsOf(container)) routeFlow(flow, plane, shown)
  }
}

/** Where everything stands: bounds and ways as text, by the element shown. */
export function placesOf(root: XmlElement): Map<string, string> {
  return new Map([...shownIn(root)].map(([id, { element }]) => [id, elementsOf(element).filter((child) => /^(Bounds|waypoint)$/.test(kindOf(child))).map(({ attributes: { x, y, width, height } }) => [x, y, width, height].map(Number).join()).join(' ')]))
}

function shownIn(root: XmlElement): Map<string, Shown> {
  const planes = elementsOf(root).filter((child) => kindOf(child) === 'BPMNDiagram').flatMap((diagram) => elementsOf(diagram).filter((child) => kindOf(child) === 'BPMNPlane'))
  return new Map(planes.flatMap((plane) => elementsOf(plane).map((element) => [element.attributes.bpmnElement ?? '', { element, plane }] as const)))
}

/** The plane on which the elements of a process or sub-process lie, or that is theirs. */
function planeOf(tree: Tree, container: XmlElement, shown: ReadonlyMap<string, Shown>): XmlElement | undefined {
  const inside = nodesOf(container).map((node) => shown.get(idOf(node))?.plane).find((plane) => plane !== undefined)
  if (inside) return inside
  const planes = elementsOf(tree.root).filter((child) => kindOf(child) === 'BPMNDiagram').map((diagram) => firstOf(diagram, /^BPMNPlane$/)).filter((plane) => plane !== undefined)
  return planes.find((plane) => plane.attributes.bpmnElement === idOf(container)) ?? (container === tree.process && planes.length === 1 ? planes[0] : undefined)
}

function boxOf(shown: Shown | undefined): Box | undefined {
  const bounds = shown && firstOf(shown.element, /^Bounds$/)
  return bounds && { x: Number(bounds.attributes.x), y: Number(bounds.attributes.y), width: Number(bounds.attributes.width), height: Number(bounds.attributes.height) }
}

function sizeOf(node: XmlElement): { width: number; height: number } {
  const kind = kindOf(node)
  return kind.endsWith('Event') ? { width: 36, height: 36 } : kind.endsWith('Gateway') ? { width: 50, height: 50 } : { width: 168, height: 84 }
}

/** Names with the prefixes that the plane uses already; a plane with nothing on it lies in a drawing of our own. */
function namesIn(plane: XmlElement): { di: string; bounds: string; waypoint: string } {
  const inside = elementsOf(plane).flatMap(elementsOf)
  const nameOf = (kind: string, usual: string): string => inside.find((child) => kindOf(child) === kind)?.name ?? usual
  return { di: plane.name.replace(/BPMNPlane$/, ''), bounds: nameOf('Bounds', 'dc:Bounds'), waypoint: nameOf('waypoint', 'di:waypoint') }
}

function placeNode(tree: Tree, container: XmlElement, node: XmlElement, plane: XmlElement, shown: Map<string, Shown>): void {
  const { width, height } = sizeOf(node)
  const before = incoming(container, idOf(node)).map((flow) => boxOf(shown.get(flow.attributes.sourceRef ?? ''))).find((box) => box !== undefined)
  const others = nodesOf(container).flatMap((one) => boxOf(shown.get(idOf(one))) ?? [])
  const lane = boxOf(shown.get(idOf(laneOf(tree, idOf(node)) ?? node)))
  const host = boxOf(shown.get(node.attributes.attachedToRef ?? ''))
  const x = before ? before.x + before.width + gap : Math.min(0, ...others.map((box) => box.x))
  const level = before ? before.y + before.height / 2 : Math.max(0, ...others.map((box) => box.y + box.height)) + gap
  const middle = lane && (level < lane.y + height / 2 || level > lane.y + lane.height - height / 2) ? lane.y + lane.height / 2 : level
  let box: Box = { x, y: middle - height / 2, width, height }
  if (host) box = { x: host.x + host.width - width - 10, y: host.y + host.height - height / 2, width, height }
  // Something else stands beside it already, as in branches that begin together: the next free place below.
  const isTaken = (one: Box): boolean => others.some((other) => other.x < one.x + one.width + 20 && one.x < other.x + other.width + 20 && other.y < one.y + one.height + 20 && one.y < other.y + other.height + 20)
  if (before && isTaken(box)) makeRoom(plane, before.x + before.width + 1, width + gap)
  const still = (): Box[] => nodesOf(container).flatMap((one) => boxOf(shown.get(idOf(one))) ?? [])
  while (!host && still().some((other) => other.x < box.x + box.width && box.x < other.x + other.width && other.y < box.y + box.height && box.y < other.y + other.height)) box = { ...box, y: box.y + height + 40 }
  const { di, bounds: boundsName } = namesIn(plane)
  const bounds: XmlElement = { name: boundsName, attributes: { x: String(box.x), y: String(box.y), width: String(width), height: String(height) }, children: [] }
  const shape: XmlElement = { name: `${di}BPMNShape`, attributes: { id: `${idOf(node)}_shape`, bpmnElement: idOf(node) }, children: [bounds] }
  insert(plane, shape)
  shown.set(idOf(node), { element: shape, plane })
}

/** Everything right of a line moves further right; what lies across it becomes wider. */
function makeRoom(plane: XmlElement, line: number, by: number): void {
  const move = (place: XmlElement): void => { place.attributes.x = String(Number(place.attributes.x) + by) }
  for (const element of elementsOf(plane)) {
    for (const place of elementsOf(element)) {
      if (kindOf(place) === 'waypoint' && Number(place.attributes.x) >= line) move(place)
      if (kindOf(place) === 'BPMNLabel') for (const bounds of elementsOf(place)) if (Number(bounds.attributes.x) >= line) move(bounds)
      if (kindOf(place) !== 'Bounds') continue
      if (Number(place.attributes.x) >= line) move(place)
      else if (Number(place.attributes.x) + Number(place.attributes.width) > line + 20) place.attributes.width = String(Number(place.attributes.width) + by)
    }
  }
}

function routeFlow(flow: XmlElement, plane: XmlElement, shown: Map<string, Shown>): void {
  const [from, to] = [boxOf(shown.get(flow.attributes.sourceRef ?? '')), boxOf(shown.get(flow.attributes.targetRef ?? ''))]
  if (!from || !to) return
  const old = shown.get(idOf(flow))
  const ways = (old ? elementsOf(old.element) : []).filter((child) => kindOf(child) === 'waypoint').map(({ attributes }): Point => ({ x: Number(attributes.x), y: Number(attributes.y) }))
  if (old && ways.length > 1 && touches(from, ways[0]!) && touches(to, ways.at(-1)!)) return
  const { di, waypoint } = namesIn(plane)
  const line = old?.element ?? { name: `${di}BPMNEdge`, attributes: { id: `${idOf(flow)}_edge`, bpmnElement: idOf(flow) }, children: [] }
  // A label of the old line would hang in the air.
  line.children = wayOf(from, to).map(({ x, y }): XmlElement => ({ name: waypoint, attributes: { x: String(x), y: String(y) }, children: [] }))
  if (!old) insert(plane, line)
  shown.set(idOf(flow), { element: line, plane })
}

const touches = (box: Box, { x, y }: Point): boolean => x >= box.x - 6 && x <= box.x + box.width + 6 && y >= box.y - 6 && y <= box.y + box.height + 6

/** From the right of one box to the left of the other with one turn between; back along the foot. */
function wayOf(from: Box, to: Box): Point[] {
  const [out, into] = [{ x: from.x + from.width, y: from.y + from.height / 2 }, { x: to.x, y: to.y + to.height / 2 }]
  if (into.x <= out.x) {
    const foot = Math.max(from.y + from.height, to.y + to.height) + 30
    const [a, b] = [from.x + from.width / 2, to.x + to.width / 2]
    return [{ x: a, y: from.y + from.height }, { x: a, y: foot }, { x: b, y: foot }, { x: b, y: to.y + to.height }]
  }
  if (out.y === into.y) return [out, into]
  const turn = into.x - Math.min(gap, into.x - out.x) / 2
  return [out, { x: turn, y: out.y }, { x: turn, y: into.y }, into]
}
