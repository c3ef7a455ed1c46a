import type { Graph, GraphFlow, GraphNode } from './graph.ts'
import type { Box } from './scene.ts'

/** Where elements and flows stand, by their ids. */
export interface Layout { boxes: Record<string, Box>; waypoints: Record<string, { x: number; y: number }[]> }

/**
 * Draws a process that has no diagram of its own: columns by the longest way from the start, one band per lane, rows within a band so
 * that no line runs through a box. Lines turn only in the gaps between columns; what goes back runs along the foot of the bands.
 */
const gap = 84
const rowHeight = 124
const header = 36
const margin = 24

/** A box, or a place that a long line keeps free in a column that it passes. */
interface Cell { key: string; column: number; lane: number; row: number; node?: GraphNode; after: string[]; /** Reached only from an event at the edge of an activity. */ aside: boolean }

interface Index { node(id: string): GraphNode; incoming(id: string): GraphFlow[]; outgoing(id: string): GraphFlow[]; atEdgeOf(id: string): GraphNode[] }

function indexOf({ nodes, flows }: Pick<Graph, 'nodes' | 'flows'>): Index {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const into = Map.groupBy(flows, (flow) => flow.to)
  const outOf = Map.groupBy(flows, (flow) => flow.from)
  const attached = Map.groupBy(nodes.filter((node) => node.attachedTo !== undefined), (node) => node.attachedTo!)
  return { node: (id) => byId.get(id)!, incoming: (id) => into.get(id) ?? [], outgoing: (id) => outOf.get(id) ?? [], atEdgeOf: (id) => attached.get(id) ?? [] }
}

export function layOut(graph: Graph): Layout {
  const index = indexOf(graph)
  const lanes = graph.lanes.length > 0 ? graph.lanes : [{ id: '', nodes: [] }]
  const columns = columnsOf(graph, index)
  const cells = placeCells(graph, index, lanes, columns)
  const left = columnLefts(cells)
  const bands = bandsOf(lanes, cells)
  const boxes: Record<string, Box> = {}
  for (const cell of cells.values()) boxes[cell.key] = boxOf(cell, left, bands)
  for (const node of graph.nodes) if (node.attachedTo !== undefined) boxes[node.id] = onEdge(boxes[node.attachedTo]!, index, node, node.attachedTo)
  const right = Math.max(0, ...Object.values(boxes).map((box) => box.x + box.width)) + margin
  const waypoints: Layout['waypoints'] = {}
  for (const flow of graph.flows) {
    const way = [...cells.values()].filter((cell) => cell.key.startsWith(`${flow.id}|`)).sort((a, b) => a.column - b.column)
    const stops = [...way, cells.get(hostOf(index, flow.to))!].map((cell) => ({ box: boxes[cell.key]!, turn: left[cell.column]!.x - gap / 2 }))
    const foot = bands[cells.get(hostOf(index, flow.from))!.lane]!
    waypoints[flow.id] = isBack(columns, index, flow) ? routeBack(boxes[flow.from]!, boxes[flow.to]!, foot.y + foot.height - 10) : route(index, flow.from, boxes[flow.from]!, stops)
  }
  for (const [key] of cells) if (key.includes('|')) delete boxes[key]
  for (const [i, lane] of lanes.entries()) if (lane.id) boxes[lane.id] = { x: 0, y: bands[i]!.y, width: right, height: bands[i]!.height }
  return { boxes, waypoints }
}

const hostOf = (index: Index, id: string): string => index.node(id).attachedTo ?? id

/** Flows that close a loop, found on a walk from the start; without them the net has a first and a last column. */
export function backFlows({ nodes, flows }: { nodes: readonly { id: string; attachedTo?: string }[]; flows: readonly GraphFlow[] }): Set<string> {
  const outOf = Map.groupBy(flows, (flow) => flow.from)
  const ways = (id: string): GraphFlow[] => [id, ...nodes.filter((node) => node.attachedTo === id).map((node) => node.id)].flatMap((from) => outOf.get(from) ?? [])
  const back = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const flow of ways(id)) {
      if (state.get(flow.to) === 'open') back.add(flow.id)
      else if (!state.has(flow.to)) visit(flow.to)
    }
    state.set(id, 'done')
  }
  const reached = new Set(flows.map((flow) => flow.to))
  for (const node of nodes) if (node.attachedTo === undefined && !reached.has(node.id)) visit(node.id)
  for (const node of nodes) if (node.attachedTo === undefined && !state.has(node.id)) visit(node.id)
  return back
}

function columnsOf(graph: Graph, index: Index): Map<string, number> {
  const back = backFlows(graph)
  const forward = graph.flows.filter((flow) => !back.has(flow.id))
  const into = Map.groupBy(forward, (flow) => flow.to)
  const columns = new Map<string, number>()
  const column = (id: string): number => {
    const known = columns.get(id)
    if (known !== undefined) return known
    const found = Math.max(-1, ...(into.get(id) ?? []).map((flow) => column(hostOf(index, flow.from)))) + 1
    columns.set(id, found)
    return found
  }
  for (const node of graph.nodes) if (node.attachedTo === undefined) column(node.id)
  return columns
}

const isBack = (columns: Map<string, number>, index: Index, { from, to }: GraphFlow): boolean => columns.get(hostOf(index, to))! <= columns.get(hostOf(index, from))!

function placeCells(graph: Graph, index: Index, lanes: Graph['lanes'], columns: Map<string, number>): Map<string, Cell> {
  const laneOf = new Map(lanes.flatMap((lane, i) => lane.nodes.map((id) => [id, i] as const)))
  const cells = new Map<string, Cell>()
  for (const node of graph.nodes) if (node.attachedTo === undefined) cells.set(node.id, { key: node.id, column: columns.get(node.id)!, lane: laneOf.get(node.id) ?? 0, row: 0, node, after: [], aside: isAside(index, node.id) })
  for (const flow of graph.flows) {
    const from = cells.get(hostOf(index, flow.from))!
    const to = cells.get(flow.to)!
    let last = from.key
    for (let column = from.column + 1; column < to.column; column++) {
      const key = `${flow.id}|${column}`
      cells.set(key, { key, column, lane: to.lane, row: 0, after: [last], aside: false })
      last = key
    }
    if (to.column > from.column) to.after.push(last)
  }
  chooseRows(cells)
  return cells
}

const isAside = ({ incoming, node }: Index, id: string): boolean => incoming(id).length > 0 && incoming(id).every((flow) => node(flow.from).attachedTo !== undefined)

/** Column by column, each cell takes the free row nearest to the one its line comes from. */
function chooseRows(cells: Map<string, Cell>): void {
  const taken = new Set<string>()
  const rank = (cell: Cell): number => (cell.aside ? 2 : cell.node ? 0 : 1)
  const inOrder = [...cells.values()].sort((a, b) => a.column - b.column || rank(a) - rank(b))
  for (const cell of inOrder) {
    const before = cell.after.map((key) => cells.get(key)!).filter((one) => one.lane === cell.lane).map((one) => one.row)
    const wish = before.length > 0 ? Math.min(...before) : 0
    const free = [0, 1, -1, 2, -2, 3, 4, 5, 6, 7, 8].map((step) => wish + step).find((row) => row >= 0 && !taken.has(`${cell.column} ${cell.lane} ${row}`))
    cell.row = free ?? wish + 9
    taken.add(`${cell.column} ${cell.lane} ${cell.row}`)
  }
}

const sizeOf = (node: GraphNode | undefined): { width: number; height: number } => node?.size ?? { width: 0, height: 0 }

function columnLefts(cells: Map<string, Cell>): { x: number; width: number }[] {
  const widths: number[] = []
  for (const { column, node } of cells.values()) widths[column] = Math.max(widths[column] ?? 0, sizeOf(node).width)
  let x = header + margin
  return widths.map((width) => {
    const place = { x, width }
    x += width + gap
    return place
  })
}

function bandsOf(lanes: Graph['lanes'], cells: Map<string, Cell>): { y: number; height: number }[] {
  let y = 0
  return lanes.map((_, lane) => {
    const rows = Math.max(0, ...[...cells.values()].filter((cell) => cell.lane === lane).map((cell) => cell.row)) + 1
    const band = { y, height: rows * rowHeight + margin }
    y += band.height
    return band
  })
}

function boxOf(cell: Cell, columns: { x: number; width: number }[], bands: { y: number }[]): Box {
  const { width, height } = sizeOf(cell.node)
  const column = columns[cell.column]!
  return { x: column.x + (column.width - width) / 2, y: bands[cell.lane]!.y + margin / 2 + cell.row * rowHeight + (rowHeight - height) / 2, width, height }
}

function onEdge(host: Box, index: Index, node: GraphNode, hostId: string): Box {
  const place = index.atEdgeOf(hostId).indexOf(node)
  const { width, height } = node.size
  return { x: host.x + host.width - width / 2 - 6 - place * (width + 8), y: host.y + host.height - height / 2, width, height }
}

type Point = { x: number; y: number }
const middle = (box: Box): number => box.y + box.height / 2

/** `turn`: where a line may change its height before it comes to a stop, in the gap left of its column. */
function route(index: Index, fromId: string, from: Box, stops: { box: Box; turn: number }[]): Point[] {
  const points: Point[] = []
  let at: Point = { x: from.x + from.width, y: middle(from) }
  let aside = 0
  if (index.node(fromId).attachedTo !== undefined) {
    points.push({ x: from.x + from.width / 2, y: from.y + from.height })
    at = { x: from.x + from.width / 2, y: from.y + from.height + 12 }
    aside = 16
  }
  points.push(at)
  for (const { box, turn } of stops) {
    const y = middle(box)
    if (y !== at.y) points.push({ x: turn + aside, y: at.y }, { x: turn + aside, y })
    at = { x: box.x, y }
  }
  return [...points, at]
}

function routeBack(from: Box, to: Box, foot: number): Point[] {
  const out = from.x + from.width / 2
  const back = to.x + to.width / 2 - 20
  return [{ x: out, y: from.y + from.height }, { x: out, y: foot }, { x: back, y: foot }, { x: back, y: to.y > foot ? to.y : to.y + to.height }]
}
