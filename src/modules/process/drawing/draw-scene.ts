import type { Lang } from '../../../platform/i18n.ts'
import { Canvas, colours, round } from './canvas.ts'
import { drawLine, middleOf } from './draw-line.ts'
import type { Box, Figure, Scene } from './scene.ts'
import { escapeXml, fit, lineHeight, measure, wrap } from './svg-text.ts'
import { drawLevel, drawSpanBar, heatLooks } from './overlays.ts'
import { markers, strokes, symbols } from './symbols.ts'

export type StepState = 'done' | 'current' | 'ahead'

/** What the drawing shows of a run. */
export interface Run {
  states: ReadonlyMap<string, StepState>
  /** Flows that a token has passed. */
  taken: ReadonlySet<string>
  /** A line of time at the foot of a step's box. */
  times: ReadonlyMap<string, string>
}

/** What a drawing adds to its scene: where a run stands, or signs at elements that a list beside it speaks of. */
export interface Overlay {
  run?: Run
  /** Signs by element id. */
  marks?: ReadonlyMap<string, string>
  /** Under an activity: a bar whose parts say where its time went, and the sum in words. */
  spans?: ReadonlyMap<string, SpanBar>
  /** How much an activity weighs among the others. */
  heat?: ReadonlyMap<string, Heat>
}

/** Lengths of the parts, 0 to 1 of the width of an activity. */
export interface SpanBar { waiting: number; working: number; stopped: number; label: string }
/** `level` 1 (little) to 5 (most). */
export interface Heat { level: number; label: string }

export interface Look { fill: string; stroke: string; text: string; width: number; sign: string }

/** Each state has a sign of its own beside the colour. */
const looks: Record<StepState | 'plain', Look> = {
  plain: { fill: colours.white, stroke: colours.muted, text: colours.ink, width: 1.5, sign: '' },
  done: { fill: colours.doneFill, stroke: colours.done, text: colours.ink, width: 2, sign: '✓' },
  current: { fill: colours.brand, stroke: colours.brand, text: colours.white, width: 2, sign: '▶' },
  ahead: { fill: colours.white, stroke: colours.line, text: colours.muted, width: 1.5, sign: '' },
}

const layers = { ground: 0, lines: 1, shapes: 2, edges: 3, names: 4, marks: 5 }
const headWidth = 30

/**
 * Draws a scene as SVG. One image to assistive technology, named by `title` and described by `desc`; the same facts stand in a list beside
 * it. With a run the current step is filled, the way taken solid, the rest light.
 */
export function drawScene(scene: Scene, overlay: Overlay, text: { id: string; title: string; desc: string; lang: Lang }): string {
  const canvas = new Canvas()
  const drawing: Drawing = { canvas, overlay, lang: text.lang, passed: passedFigures(scene, overlay.run), events: scene.figures.filter(({ shape }) => shape === 'event').map(({ box }) => box), hasPool: scene.figures.some(({ shape, isOpen }) => shape === 'pool' && isOpen) }
  const area = ({ box }: Figure): number => box.width * box.height
  for (const figure of [...scene.figures].sort((a, b) => area(b) - area(a))) drawFigure(drawing, figure)
  const taken = overlay.run?.taken
  for (const line of [...scene.lines].sort((a, b) => Number(taken?.has(a.id) ?? false) - Number(taken?.has(b.id) ?? false))) drawLine(canvas, layers, line, text.lang, taken && taken.has(line.id) ? 'taken' : taken ? 'open' : 'plain')
  for (const { id, box } of scene.figures) drawMark(drawing, id, box)
  for (const { id, points } of scene.lines) drawMark(drawing, id, { ...middleOf(points), width: 0, height: 0 })
  const { x, y, width, height } = canvas.extent
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="${text.lang}" aria-labelledby="${escapeXml(text.id)}-title ${escapeXml(text.id)}-desc" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" font-family="inherit">`
    + `<title id="${escapeXml(text.id)}-title">${escapeXml(text.title)}</title><desc id="${escapeXml(text.id)}-desc">${escapeXml(text.desc)}</desc>${canvas}</svg>`
}

interface Drawing { canvas: Canvas; overlay: Overlay; lang: Lang; passed: ReadonlySet<string>; events: readonly Box[]; /** The head of a lane is then part of its pool's. */ hasPool: boolean }

/** What a token has left or, where nothing leads on, come to. */
function passedFigures(scene: Scene, run: Run | undefined): Set<string> {
  const ends = scene.lines.flatMap((line) => (line.ends ? [{ ...line.ends, isTaken: run?.taken.has(line.id) ?? false }] : []))
  const goesOn = new Set(ends.map((line) => line.from))
  return new Set(ends.filter((line) => line.isTaken).flatMap(({ from, to }) => (goesOn.has(to) ? [from] : [from, to])))
}

function drawFigure(drawing: Drawing, figure: Figure): void {
  const look = lookOf(drawing, figure)
  switch (figure.shape) {
    case 'pool': case 'lane': return drawBand(drawing, figure)
    case 'activity': case 'other': return drawActivity(drawing, figure, look)
    case 'event': return drawEvent(drawing, figure, look)
    case 'gateway': return drawGateway(drawing, figure, look)
    case 'page': return drawPage(drawing, figure, look)
    case 'store': return drawStore(drawing, figure, look)
    case 'envelope': return drawEnvelope(drawing, figure, look)
    case 'group': return drawGroup(drawing, figure)
    case 'note': return drawNote(drawing, figure, look)
  }
}

function lookOf({ overlay: { run, heat }, passed }: Drawing, { id, shape, isOpen }: Figure): Look {
  const hot = isOpen ? undefined : heat?.get(id)
  if (hot) return heatLooks[hot.level]!
  if (!run) return looks.plain
  // What stands in an open box must stay legible: its state shows at its edge.
  if (shape === 'activity') return isOpen ? { ...looks[run.states.get(id) ?? 'ahead'], fill: colours.white, text: colours.ink } : looks[run.states.get(id) ?? 'ahead']
  return passed.has(id) ? looks.done : looks.ahead
}

const rect = ({ x, y, width, height }: Box, rest: string): string => `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${rest}/>`
const inset = ({ x, y, width, height }: Box, by: number): Box => ({ x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by })
const sign = (path: string, x: number, y: number, size: number, rest: string): string => `<path d="${path}" transform="translate(${round(x)} ${round(y)}) scale(${round(size * 100) / 100})" ${rest}/>`

/** A pool or a lane: a band with its name at its head, or in its middle when nothing of it is shown. */
function drawBand({ canvas, lang, hasPool }: Drawing, { box, name, isOpen, isHorizontal, shape, markers: signs }: Figure): void {
  const isPool = shape === 'pool'
  canvas.add(layers.ground, rect(box, `fill="${isPool && isOpen ? colours.white : colours.paper}" stroke="${isPool ? colours.line : colours.pale}"`), box)
  if (signs.length > 0) drawMarkers(canvas, layers.edges, signs, box.x + box.width / 2, box.y + box.height - 10, colours.ink)
  if (!isOpen) {
    const { lines, fontSize } = fit(name[lang], box.width - 12, box.height - 6 - signs.length * 16)
    canvas.text(layers.names, lines, box.x + box.width / 2, middleTop(box, lines, fontSize), { fontSize, fill: colours.ink, isStrong: true })
    return
  }
  const head: Box = isHorizontal ? { ...box, width: Math.min(headWidth, box.width) } : { ...box, height: Math.min(headWidth, box.height) }
  if (isPool || !hasPool) canvas.add(layers.ground, rect(head, `fill="${colours.head}" stroke="${isPool ? colours.line : colours.pale}"`))
  const { lines, fontSize } = fit(name[lang], isHorizontal ? box.height - 8 : box.width - 8, headWidth - 2, [13, 12, 11, 10])
  const top = -(lines.length * lineHeight(fontSize)) / 2
  const [x, y] = [head.x + head.width / 2, head.y + head.height / 2]
  lines.forEach((line, i) => canvas.add(layers.names, `<text transform="translate(${round(x)} ${round(y)})${isHorizontal ? ' rotate(-90)' : ''}" y="${round(top + i * lineHeight(fontSize) + fontSize * 0.95)}" text-anchor="middle" font-size="${fontSize}" font-weight="600" fill="${colours.ink}">${escapeXml(line)}</text>`))
}

const middleTop = (box: Box, lines: readonly string[], fontSize: number): number => box.y + (box.height - lines.length * lineHeight(fontSize)) / 2

function drawActivity(drawing: Drawing, figure: Figure, look: Look): void {
  const { canvas, lang, overlay } = drawing
  const { box, edge, isOpen, symbol, id } = figure
  const dash = edge === 'dotted' ? ' stroke-dasharray="2 3"' : ''
  const ground = isOpen ? layers.ground : layers.shapes
  canvas.add(ground, rect(box, `rx="6" fill="${look.fill}"${isOpen ? ' fill-opacity="0.6"' : ''} stroke="${look.stroke}" stroke-width="${edge === 'thick' ? look.width + 2 : look.width}"${dash}`), box)
  if (edge === 'double') canvas.add(ground, rect(inset(box, 3.5), `rx="4" fill="none" stroke="${look.stroke}" stroke-width="${look.width}"`))
  if (symbol) canvas.add(layers.shapes, sign(symbols[symbol], box.x + 13, box.y + 12, 0.9, inside(figure, look, 1.2)))
  drawMarkers(canvas, layers.edges, figure.markers, box.x + box.width / 2, box.y + box.height - 9, look.text)
  const heat = isOpen ? undefined : overlay.heat?.get(id)
  const foot = heat ? heat.label : [look.sign, overlay.run?.times.get(id) ?? ''].filter(Boolean).join(' ')
  const room: Box = isOpen ? { ...inset(box, 6), height: 36 } : roomFor(box, symbol !== undefined, figure.markers.length > 0 || foot !== '', drawing.events)
  const { lines, fontSize, isWhole } = fit(figure.name[lang], room.width, room.height)
  if (!isWhole) canvas.add(layers.names, rect(box, `fill="transparent"`).replace('/>', `><title>${escapeXml(figure.name[lang])}</title></rect>`))
  canvas.text(layers.names, lines, room.x + room.width / 2, isOpen ? room.y : middleTop(room, lines, fontSize), { fontSize, fill: look.text, isStrong: look !== looks.ahead })
  if (foot) canvas.text(layers.names, [foot], box.x + box.width / 2, box.y + box.height - 18, { fontSize: 11, fill: look.text })
  if (heat) drawLevel(canvas, layers.marks, box, heat.level, look)
  const span = overlay.spans?.get(id)
  if (span) drawSpanBar(canvas, layers.names, box, span)
}

/** The part of a box that signs, and events at its edge, leave to the name. Where the box is low, the name stands beside the sign at its corner. */
function roomFor(box: Box, hasSymbol: boolean, hasFoot: boolean, events: readonly Box[]): Box {
  const { x, y, width, height } = box
  const atEdge = events.filter((event) => event.x < x + width && event.x + event.width > x)
  const above = Math.max(0, ...atEdge.filter((event) => event.y < y && event.y + event.height > y).map((event) => event.y + event.height - y))
  const below = Math.max(0, ...atEdge.filter((event) => event.y < y + height && event.y + event.height > y + height).map((event) => y + height - event.y))
  const bottom = Math.max(hasFoot ? 18 : 4, below)
  const top = Math.max(hasSymbol ? 20 : 4, above)
  if (hasSymbol && height - top - bottom < 32) return { x: x + 24, y: y + Math.max(3, above), width: width - 29, height: height - Math.max(3, above) - bottom }
  return { x: x + 5, y: y + top, width: width - 10, height: Math.max(11, height - top - bottom) }
}

const inside = ({ isFilled }: Figure, look: Look, width: number): string => `fill="${isFilled ? look.text : 'none'}" stroke="${isFilled ? look.fill : look.text}" stroke-width="${isFilled ? width * 0.7 : width}" stroke-linejoin="round"`

function drawMarkers(canvas: Canvas, layer: number, signs: Figure['markers'], x: number, y: number, colour: string): void {
  signs.forEach((marker, i) => canvas.add(layer, sign(markers[marker], x + (i - (signs.length - 1) / 2) * 16, y, 0.95, `fill="${marker === 'compensation' ? colour : 'none'}" stroke="${colour}" stroke-width="1.4" stroke-linejoin="round"`)))
}

function drawEvent(drawing: Drawing, figure: Figure, look: Look): void {
  const { canvas } = drawing
  const { box, edge, symbol } = figure
  const [cx, cy, r] = [box.x + box.width / 2, box.y + box.height / 2, Math.min(box.width, box.height) / 2]
  const dash = edge.endsWith('dotted') ? ' stroke-dasharray="3 2.5"' : ''
  const ring = (radius: number, fill: string, width: number): string => `<circle cx="${round(cx)}" cy="${round(cy)}" r="${round(radius)}" fill="${fill}" stroke="${look.stroke}" stroke-width="${width}"${dash}/>`
  canvas.add(layers.edges, ring(r, look.fill, edge === 'thick' ? 3.5 : 1.5) + (edge.startsWith('double') ? ring(r - 3, 'none', 1.2) : ''), inset(box, -2))
  if (symbol) canvas.add(layers.edges, sign(symbols[symbol], cx, cy, (r - (edge.startsWith('double') ? 4 : 2)) / 11.5, inside(figure, look, 1.4)))
  if (figure.isAttached && !figure.labelBox) nameAtEdge(drawing, figure, look)
  else nameBeside(drawing, figure, look, 'below')
}

/** The name of an event at an edge whose place the diagram leaves open: right of it under the edge, where its own flow does not run; left of it where another event stands there. */
function nameAtEdge({ canvas, lang, events }: Drawing, { name, box }: Figure, look: Look): void {
  const fontSize = 11
  const lines = wrap(name[lang], 150, fontSize, 4)
  const isCrowded = events.some((other) => other.x > box.x && other.x < box.x + box.width + 150 && Math.abs(other.y - box.y) < 20)
  const x = isCrowded ? box.x - 2 - Math.max(0, ...lines.map((line) => measure(line, fontSize))) : box.x + box.width + 2
  canvas.text(layers.names, lines, x, box.y + box.height / 2 + 1, { fontSize, fill: look.text, anchor: 'start', hasHalo: true })
}

function drawGateway(drawing: Drawing, figure: Figure, look: Look): void {
  const { box: { x, y, width, height }, symbol } = figure
  const [cx, cy] = [x + width / 2, y + height / 2]
  drawing.canvas.add(layers.shapes, `<path d="M${round(cx)} ${round(y)}L${round(x + width)} ${round(cy)}L${round(cx)} ${round(y + height)}L${round(x)} ${round(cy)}Z" fill="${look.fill}" stroke="${look.stroke}" stroke-width="${look.width}"/>`, figure.box)
  if (symbol) drawing.canvas.add(layers.shapes, sign(symbols[symbol], cx, cy, Math.min(width, height) / 40, strokes.has(symbol) ? `fill="none" stroke="${look.stroke}" stroke-width="2.6"` : `fill="none" stroke="${look.stroke}" stroke-width="1.2"`))
  nameBeside(drawing, figure, look, 'above')
}

/** A name that stands beside its shape: where the diagram places it, but never across its shape; else below or above in the middle. */
function nameBeside({ canvas, lang }: Drawing, { name, box, labelBox }: Figure, look: Look, side: 'below' | 'above'): void {
  if (!name[lang]) return
  const width = Math.max(100, (labelBox?.width ?? 0) * 1.1)
  const fontSize = wrap(name[lang], width, 12, 9).length > 2 ? 11 : 12
  const lines = wrap(name[lang], width, fontSize, 5)
  const size = { width: Math.max(...lines.map((line) => measure(line, fontSize))), height: lines.length * lineHeight(fontSize) }
  const middle = labelBox ? { x: labelBox.x + labelBox.width / 2, y: labelBox.y + labelBox.height / 2 } : { x: box.x + box.width / 2, y: side === 'below' ? box.y + box.height + 2 + size.height / 2 : box.y - 3 - size.height / 2 }
  const at = besides(middle, size, box)
  canvas.text(layers.names, lines, at.x, at.y - size.height / 2, { fontSize, fill: look.text, hasHalo: true })
}

/** The middle of a text, pushed out of a box the shortest way on the side where it stands. */
function besides(middle: { x: number; y: number }, { width, height }: { width: number; height: number }, box: Box): { x: number; y: number } {
  const [dx, dy] = [middle.x - box.x - box.width / 2, middle.y - box.y - box.height / 2]
  const [overX, overY] = [(box.width + width) / 2 + 2 - Math.abs(dx), (box.height + height) / 2 + 1 - Math.abs(dy)]
  if (overX <= 0 || overY <= 0) return middle
  return overX < overY ? { x: middle.x + (dx < 0 ? -overX : overX), y: middle.y } : { x: middle.x, y: middle.y + (dy < 0 ? -overY : overY) }
}

function drawPage(drawing: Drawing, figure: Figure, look: Look): void {
  const { canvas } = drawing
  const { box: { x, y, width, height }, symbol, markers: signs } = figure
  const fold = Math.min(12, width / 3)
  const [right, bottom] = [round(x + width), round(y + height)]
  canvas.add(layers.shapes, `<path d="M${round(x)} ${round(y)}H${round(right - fold)}L${right} ${round(y + fold)}V${bottom}H${round(x)}ZM${round(right - fold)} ${round(y)}V${round(y + fold)}H${right}" fill="${look.fill}" stroke="${look.stroke}" stroke-width="1.5" stroke-linejoin="round"/>`, figure.box)
  if (symbol) canvas.add(layers.shapes, sign(symbols[symbol], x + 11, y + 11, 0.8, inside(figure, look, 1.3)))
  drawMarkers(canvas, layers.edges, signs, x + width / 2, y + height - 8, look.text)
  nameBeside(drawing, figure, look, 'below')
}

function drawStore(drawing: Drawing, figure: Figure, look: Look): void {
  const { x, y, width, height } = figure.box
  const [rx, ry] = [round(width / 2), round(Math.min(8, height / 6))]
  const [left, right, top] = [round(x), round(x + width), y + ry]
  const rim = (at: number): string => `M${left} ${round(at)}A${rx} ${ry} 0 0 0 ${right} ${round(at)}`
  drawing.canvas.add(layers.shapes, `<path d="M${left} ${round(top)}A${rx} ${ry} 0 0 1 ${right} ${round(top)}V${round(y + height - ry)}A${rx} ${ry} 0 0 1 ${left} ${round(y + height - ry)}Z" fill="${look.fill}" stroke="${look.stroke}" stroke-width="1.5"/><path d="${rim(top)}${rim(top + 4)}${rim(top + 8)}" fill="none" stroke="${look.stroke}" stroke-width="1.5"/>`, figure.box)
  nameBeside(drawing, figure, look, 'below')
}

function drawEnvelope(drawing: Drawing, figure: Figure, look: Look): void {
  const { x, y, width, height } = figure.box
  drawing.canvas.add(layers.shapes, rect(figure.box, `fill="${look.fill}" stroke="${look.stroke}" stroke-width="1.5"`) + `<path d="M${round(x)} ${round(y)}L${round(x + width / 2)} ${round(y + height * 0.6)}L${round(x + width)} ${round(y)}" fill="none" stroke="${look.stroke}" stroke-width="1.5"/>`, figure.box)
  nameBeside(drawing, figure, look, 'below')
}

function drawGroup({ canvas, lang }: Drawing, { box, name }: Figure): void {
  canvas.add(layers.edges, rect(box, `rx="10" fill="none" stroke="${colours.muted}" stroke-width="1.5" stroke-dasharray="8 3 2 3"`), box)
  canvas.text(layers.names, wrap(name[lang], box.width - 12, 12, 2), box.x + box.width / 2, box.y + 4, { fontSize: 12, fill: colours.muted, isStrong: true, hasHalo: true })
}

function drawNote({ canvas, lang }: Drawing, { box, name }: Figure, look: Look): void {
  const { x, y, height } = box
  canvas.add(layers.shapes, `<path d="M${round(x + 10)} ${round(y)}H${round(x)}V${round(y + height)}H${round(x + 10)}" fill="none" stroke="${look.stroke}" stroke-width="1.5"/>`, box)
  const { lines, fontSize } = fit(name[lang], Math.max(60, box.width - 10), height - 2, [12, 11, 10])
  canvas.text(layers.names, lines, x + 7, middleTop(box, lines, fontSize), { fontSize, fill: look.text, anchor: 'start', hasHalo: true })
}

/** A frame and a sign around what a list beside the picture speaks of. */
function drawMark({ canvas, overlay: { marks } }: Drawing, id: string, box: Box): void {
  const mark = marks?.get(id)
  if (mark === undefined) return
  const frame = inset(box, -5)
  const width = Math.max(22, mark.length * 8 + 10)
  canvas.add(layers.marks, rect(frame, `rx="8" fill="none" stroke="${colours.late}" stroke-width="3" stroke-dasharray="7 4"`) + rect({ x: frame.x - width / 2, y: frame.y - 11, width, height: 22 }, `rx="11" fill="${colours.late}"`), frame, { x: frame.x - width / 2, y: frame.y - 11, width, height: 22 })
  canvas.text(layers.marks, [mark], frame.x, frame.y - 8, { fontSize: 13, fill: colours.white, isStrong: true })
}
