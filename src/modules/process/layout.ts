import { indexOf, type Box, type DiagramInterchange, type Lane, type ProcessModel, type ProcessNode } from './model.ts'

/**
 * Draws a process that has no diagram of its own: columns by the longest way from the start, one band per lane, rows within a band so
 * that no line runs through a box. Lines turn only in the gaps between columns; what goes back runs along the foot of the bands.
 */
const size = { task: { width: 168, height: 84 }, gateway: { width: 44, height: 44 }, event: { width: 34, height: 34 }, way: { width: 0, height: 0 } }
const gap = 84
const rowHeight = 124
const header = 36
const margin = 24

/** A box, or a place that a long line keeps free in a column that it passes. */
interface Cell { key: string; column: number; lane: number; row: number; node?: ProcessNode; after: string[]; /** Reached only from a timer at the edge of a task. */ aside: boolean }

export function layOut(model: ProcessModel): DiagramInterchange {
  const lanes = lanesOf(model)
  const columns = columnsOf(model)
  const cells = placeCells(model, lanes, columns)
  const left = columnLefts(cells)
  const bands = bandsOf(lanes, cells)
  const boxes: Record<string, Box> = {}
  for (const cell of cells.values()) boxes[cell.key] = boxOf(cell, left, bands)
  for (const node of model.nodes) if (node.kind === 'boundary-timer') boxes[node.id] = onEdge(boxes[node.attachedTo]!, model, node.id, node.attachedTo)
  const right = Math.max(...Object.values(boxes).map((box) => box.x + box.width)) + margin
  const waypoints: DiagramInterchange['waypoints'] = {}
  for (const flow of model.flows) {
    const way = [...cells.values()].filter((cell) => cell.key.startsWith(`${flow.id}|`)).sort((a, b) => a.column - b.column)
    const stops = [...way, cells.get(flow.to)!].map((cell) => ({ box: boxes[cell.key]!, turn: left[cell.column]!.x - gap / 2 }))
    const foot = bands[cells.get(hostOf(model, flow.from))!.lane]!
    waypoints[flow.id] = isBack(columns, model, flow.from, flow.to) ? routeBack(boxes[flow.from]!, boxes[flow.to]!, foot.y + foot.height - 10) : route(model, flow.from, boxes[flow.from]!, stops)
  }
  for (const [key] of cells) if (key.includes('|')) delete boxes[key]
  for (const [i, lane] of lanes.entries()) if (lane.id) boxes[lane.id] = { x: 0, y: bands[i]!.y, width: right, height: bands[i]!.height }
  return { boxes, waypoints }
}

function lanesOf(model: ProcessModel): Lane[] {
  return model.lanes.length > 0 ? model.lanes : [{ id: '', name: { vi: '', en: '' }, nodes: model.nodes.map((node) => node.id) }]
}

function hostOf(model: ProcessModel, id: string): string {
  const node = indexOf(model).node(id)
  return node.kind === 'boundary-timer' ? node.attachedTo : id
}

/** Flows that close a loop, found on a walk from the start; without them the net has a first and a last column. */
export function backFlows(model: ProcessModel): Set<string> {
  const { outgoing, boundaries } = indexOf(model)
  const back = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const flow of [...outgoing(id), ...boundaries(id).flatMap((timer) => outgoing(timer.id))]) {
      if (state.get(flow.to) === 'open') back.add(flow.id)
      else if (!state.has(flow.to)) visit(flow.to)
    }
    state.set(id, 'done')
  }
  for (const node of model.nodes) if (node.kind === 'start') visit(node.id)
  for (const node of model.nodes) if (node.kind !== 'boundary-timer' && !state.has(node.id)) visit(node.id)
  return back
}

function columnsOf(model: ProcessModel): Map<string, number> {
  const back = backFlows(model)
  const forward = model.flows.filter((flow) => !back.has(flow.id))
  const into = Map.groupBy(forward, (flow) => flow.to)
  const columns = new Map<string, number>()
  const column = (id: string): number => {
    const known = columns.get(id)
    if (known !== undefined) return known
    const found = Math.max(-1, ...(into.get(id) ?? []).map((flow) => column(hostOf(model, flow.from)))) + 1
    columns.set(id, found)
    return found
  }
  for (const node of model.nodes) if (node.kind !== 'boundary-timer') column(node.id)
  return columns
}

function isBack(columns: Map<string, number>, model: ProcessModel, from: string, to: string): boolean {
  return columns.get(to)! <= columns.get(hostOf(model, from))!
}

function placeCells(model: ProcessModel, lanes: Lane[], columns: Map<string, number>): Map<string, Cell> {
  const laneOf = new Map(lanes.flatMap((lane, i) => lane.nodes.map((id) => [id, i] as const)))
  const cells = new Map<string, Cell>()
  for (const node of model.nodes) if (node.kind !== 'boundary-timer') cells.set(node.id, { key: node.id, column: columns.get(node.id)!, lane: laneOf.get(node.id) ?? 0, row: 0, node, after: [], aside: isAside(model, node.id) })
  for (const flow of model.flows) {
    const from = cells.get(hostOf(model, flow.from))!
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

function isAside(model: ProcessModel, id: string): boolean {
  const { incoming, node } = indexOf(model)
  return incoming(id).length > 0 && incoming(id).every((flow) => node(flow.from).kind === 'boundary-timer')
}

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

function sizeOf(node: ProcessNode | undefined): { width: number; height: number } {
  if (!node) return size.way
  if (node.kind === 'user') return size.task
  return node.kind === 'exclusive' || node.kind === 'parallel' ? size.gateway : size.event
}

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

function bandsOf(lanes: Lane[], cells: Map<string, Cell>): { y: number; height: number }[] {
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

function onEdge(host: Box, model: ProcessModel, id: string, hostId: string): Box {
  const place = indexOf(model).boundaries(hostId).findIndex((timer) => timer.id === id)
  const { width, height } = size.event
  return { x: host.x + host.width - width / 2 - 6 - place * (width + 8), y: host.y + host.height - height / 2, width, height }
}

type Point = { x: number; y: number }
const middle = (box: Box): number => box.y + box.height / 2

/** `turn`: where a line may change its height before it comes to a stop, in the gap left of its column. */
function route(model: ProcessModel, fromId: string, from: Box, stops: { box: Box; turn: number }[]): Point[] {
  const points: Point[] = []
  let at: Point = { x: from.x + from.width, y: middle(from) }
  let aside = 0
  if (indexOf(model).node(fromId).kind === 'boundary-timer') {
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
