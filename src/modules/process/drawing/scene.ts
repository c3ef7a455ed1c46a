import type { Label } from '../model.ts'

export interface Box { x: number; y: number; width: number; height: number }

/** What a BPMN diagram shows, with places in pixels: the drawing knows no more of BPMN than this. */
export interface Scene { id: string; name: Label; figures: Figure[]; lines: Line[] }

export interface Figure {
  /** Id of the BPMN element. */
  id: string
  shape: 'pool' | 'lane' | 'activity' | 'event' | 'gateway' | 'page' | 'store' | 'envelope' | 'group' | 'note' | 'other'
  name: Label
  box: Box
  /** Where the diagram places the name, for shapes whose name stands beside them. */
  labelBox?: Box
  /** What stands inside: kind of task, trigger of an event, kind of gateway; a key of `symbols`. */
  symbol?: Symbol
  /** The symbol is filled: the event throws, the task sends. */
  isFilled?: boolean
  /** Signs at the foot. */
  markers: Marker[]
  /** How the edge is drawn: of activities, or which part of the process an event is. */
  edge: 'plain' | 'thick' | 'double' | 'dotted' | 'double-dotted' | 'none'
  /** It holds other figures: its name stands at its head. */
  isOpen: boolean
  /** An event at the edge of an activity. */
  isAttached?: true
  /** Pools and lanes: the name runs upwards at the left instead of along the top. */
  isHorizontal: boolean
}

export type Symbol =
  | 'user' | 'manual' | 'service' | 'script' | 'rule' | 'message' | 'timer' | 'escalation' | 'conditional' | 'link' | 'error' | 'cancel'
  | 'compensation' | 'signal' | 'terminate' | 'multiple' | 'parallel-multiple' | 'exclusive' | 'parallel' | 'inclusive' | 'complex'
  | 'event-based' | 'event-based-start' | 'event-based-parallel' | 'input' | 'output'
export type Marker = 'loop' | 'parallel-instances' | 'sequential-instances' | 'compensation' | 'ad-hoc' | 'closed' | 'collection'

export interface Line {
  id: string
  kind: 'sequence' | 'message' | 'association'
  /** Ids of the elements that a sequence flow joins. */
  ends?: { from: string; to: string }
  name: Label
  points: { x: number; y: number }[]
  labelBox?: Box
  /** A stroke across the start of a default flow, a diamond at that of a conditional one. */
  start?: 'default' | 'conditional'
  /** Heads at the ends; sequence and message flows always have one at theirs. */
  heads: 'none' | 'end' | 'both'
  /** A message flow that shows its message. */
  envelope?: 'open' | 'filled'
}

/** A scene of a called process at the place of its call: its elements have the ids under which the caller runs them. */
export function within(scene: Scene, call: string, name: Label): Scene {
  const at = (id: string): string => `${call}/${id}`
  return {
    id: at(scene.id), name: { vi: `${name.vi}: ${scene.name.vi}`, en: `${name.en}: ${scene.name.en}` }, figures: scene.figures.map((figure) => ({ ...figure, id: at(figure.id) })),
    lines: scene.lines.map((line) => ({ ...line, id: at(line.id), ...(line.ends ? { ends: { from: at(line.ends.from), to: at(line.ends.to) } } : {}) })),
  }
}

/** The activities, events and gateways of a scene, from left to right, for the text beside it. */
export function flowFigures(scene: Scene): Figure[] {
  const found = scene.figures.filter(({ shape }) => shape === 'activity' || shape === 'event' || shape === 'gateway')
  return found.sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)
}

/** What a figure is, as a key of the texts `process.kind.*`. */
export function kindOf({ shape, edge, symbol, isFilled, isOpen, markers }: Figure): string {
  if (shape === 'event') return edge === 'thick' ? 'end' : edge === 'plain' || edge === 'dotted' ? 'start' : 'intermediate'
  if (shape === 'gateway') return symbol === undefined ? 'exclusive' : symbol.startsWith('event-based') ? 'event-based' : symbol
  if (symbol === 'message') return isFilled ? 'send' : 'receive'
  return symbol ?? (edge === 'thick' ? 'call' : isOpen || edge !== 'plain' || markers.includes('closed') ? 'sub-process' : 'task')
}
