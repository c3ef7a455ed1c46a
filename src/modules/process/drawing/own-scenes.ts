import type { BpmnElement } from 'bpmn-moddle'
import { figureOf, labelOf, lineOf } from './figures.ts'
import { graphOf } from './graph.ts'
import { layOut } from './layout.ts'
import type { Box, Figure, Line, Scene } from './scene.ts'

/** Flow elements of one process that a layout of our own still places: a larger one nobody could read. */
const mostLaidOut = 500
const head = 30
const gap = 80
const closedHeight = 60

export const flowElementsOf = (process: BpmnElement | undefined): BpmnElement[] => process?.flowElements ?? []
const isLaidOut = (process: BpmnElement | undefined): boolean => flowElementsOf(process).length > 0 && flowElementsOf(process).length <= mostLaidOut

/** Processes in a layout of our own; those of a collaboration as pools one below the other, with their messages. */
export function ownScenes(processes: readonly BpmnElement[], collaborations: readonly BpmnElement[]): Scene[] {
  const poolsOf = (collaboration: BpmnElement): BpmnElement[] => collaboration.participants ?? []
  const joined = collaborations.filter((collaboration) => poolsOf(collaboration).some((pool) => processes.includes(pool.processRef) && isLaidOut(pool.processRef)))
  const inPools = new Set(joined.flatMap(poolsOf).map((pool) => pool.processRef))
  const single = processes.filter((process) => !inPools.has(process))
  return [...joined.map(laidOutPools), ...single.flatMap(scenesOfProcess), ...processes.filter((process) => inPools.has(process)).flatMap(scenesWithin)]
}

/** A process in a layout of our own, and its sub-processes. */
export const scenesOfProcess = (process: BpmnElement): Scene[] => (isLaidOut(process) ? [laidOut(process), ...scenesWithin(process)] : [])

/** Each sub-process, whose box is closed in our layout, is a scene of its own. */
const scenesWithin = (process: BpmnElement): Scene[] => flowElementsOf(process).filter((element) => element.$instanceOf('bpmn:SubProcess')).flatMap(scenesOfProcess)

function laidOut(process: BpmnElement): Scene {
  const graph = graphOf(process)
  const { boxes, waypoints } = layOut(graph)
  const elements = new Map(graph.elements.map((element) => [element.id!, element]))
  return {
    id: process.id ?? 'process', name: labelOf(process),
    figures: Object.entries(boxes).map(([id, box]) => figureOf(elements.get(id), box, undefined, new Set())),
    lines: Object.entries(waypoints).map(([id, points]) => lineOf(elements.get(id), points, undefined)),
  }
}

function laidOutPools(collaboration: BpmnElement): Scene {
  const pools: BpmnElement[] = collaboration.participants
  const scenes = pools.map((pool) => (isLaidOut(pool.processRef) ? laidOut(pool.processRef) : undefined))
  const reach = (scene: Scene | undefined, side: 'x' | 'y', length: 'width' | 'height'): number =>
    Math.max(0, ...(scene?.figures ?? []).map(({ box }) => box[side] + box[length]), ...(scene?.lines ?? []).flatMap(({ points }) => points.map((point) => point[side] + 10)))
  const width = Math.max(400, ...scenes.map((scene) => reach(scene, 'x', 'width'))) + head
  const figures: Figure[] = []
  const lines: Line[] = []
  let y = 0
  for (const [i, pool] of pools.entries()) {
    const scene = scenes[i]
    const hasLanes = scene?.figures.some(({ shape }) => shape === 'lane') ?? false
    const box: Box = { x: 0, y, width, height: scene ? reach(scene, 'y', 'height') + (hasLanes ? 0 : 30) : closedHeight }
    figures.push({ ...figureOf(pool, box, undefined, new Set(flowElementsOf(pool.processRef))), isOpen: scene !== undefined })
    for (const figure of scene?.figures ?? []) figures.push({ ...figure, box: { ...figure.box, x: figure.box.x + head, y: figure.box.y + y, ...(figure.shape === 'lane' ? { width: width - head } : {}) } })
    for (const line of scene?.lines ?? []) lines.push({ ...line, points: line.points.map((point) => ({ x: point.x + head, y: point.y + y })) })
    y += box.height + gap
  }
  const places = new Map(figures.map(({ id, box }) => [id, box]))
  // What stands in a closed sub-process sends and hears through its box.
  const placeOf = (element: BpmnElement | undefined): Box | undefined => element && (places.get(element.id ?? '') ?? placeOf(element.$parent))
  const messages = ((collaboration.messageFlows ?? []) as BpmnElement[]).flatMap((flow, i) => {
    const [from, to] = [placeOf(flow.sourceRef), placeOf(flow.targetRef)]
    return from && to ? [lineOf(flow, messageWay(from, to, i), undefined)] : []
  })
  return { id: collaboration.id ?? 'collaboration', name: labelOf(collaboration), figures, lines: [...lines, ...messages] }
}

/** Straight up or down, from the middle of the smaller of two boxes, with a turn between the pools where they do not lie above each other. */
function messageWay(from: Box, to: Box, i: number): Line['points'] {
  const [fromMiddle, toMiddle] = [from.x + from.width / 2, to.x + to.width / 2]
  const isOver = (x: number, { x: left, width }: Box): boolean => x > left && x < left + width
  const start = from.width > to.width && isOver(toMiddle, from) ? toMiddle : fromMiddle
  const end = to.width > from.width && isOver(fromMiddle, to) ? fromMiddle : toMiddle
  const isDown = from.y < to.y
  const [out, into] = isDown ? [from.y + from.height, to.y] : [from.y, to.y + to.height]
  const turn = into + (isDown ? -1 : 1) * (40 + (i % 4) * 8)
  return start === end ? [{ x: start, y: out }, { x: end, y: into }] : [{ x: start, y: out }, { x: start, y: turn }, { x: end, y: turn }, { x: end, y: into }]
}
