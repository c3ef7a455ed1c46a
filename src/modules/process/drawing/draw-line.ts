import type { Lang } from '../../../platform/i18n.ts'
import { colours, round, type Canvas } from './canvas.ts'
import type { Line } from './scene.ts'
import { lineHeight, measure, wrap } from './svg-text.ts'
import { symbols } from './symbols.ts'

type Point = { x: number; y: number }
const fontSize = 12

/** @param way of a run: passed, or still open; of a plain picture neither. */
export function drawLine(canvas: Canvas, layers: { lines: number; edges: number; names: number }, line: Line, lang: Lang, way: 'taken' | 'open' | 'plain'): void {
  const { points, kind } = line
  const colour = way === 'open' ? colours.line : kind === 'association' ? colours.muted : colours.ink
  const dash = kind === 'message' ? ' stroke-dasharray="7 4"' : kind === 'association' ? ' stroke-dasharray="2 3"' : way === 'open' ? ' stroke-dasharray="5 4"' : ''
  const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('')
  const ends = [
    ...(line.heads === 'none' ? [] : [head(kind, points.at(-2)!, points.at(-1)!, colour)]), ...(line.heads === 'both' ? [head(kind, points[1]!, points[0]!, colour)] : []),
    ...(line.start === 'default' ? [turned('M5 5L11 -5', points[0]!, points[1]!, `stroke="${colour}" stroke-width="1.6"`)] : []),
    ...(line.start === 'conditional' ? [turned('M0 0L7 -4.5L14 0L7 4.5Z', points[0]!, points[1]!, `fill="${colours.white}" stroke="${colour}" stroke-width="1.3"`)] : []),
  ]
  canvas.add(layers.lines, `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${way === 'taken' ? 2.5 : 1.4}"${dash} stroke-linejoin="round"/>${ends.join('')}`, ...points)
  if (kind === 'message') canvas.add(layers.edges, `<circle cx="${round(points[0]!.x)}" cy="${round(points[0]!.y)}" r="3.5" fill="${colours.white}" stroke="${colour}" stroke-width="1.3"/>`)
  if (line.envelope) drawEnvelope(canvas, layers.names, middleOf(points), line.envelope)
  nameLine(canvas, layers.names, line, lang, way)
}

/** A shape at a point, turned into the direction of its line. */
function turned(path: string, at: Point, to: Point, rest: string): string {
  const angle = Math.round((Math.atan2(to.y - at.y, to.x - at.x) * 180) / Math.PI)
  return `<path d="${path}" transform="translate(${round(at.x)} ${round(at.y)}) rotate(${angle})" ${rest}/>`
}

function head(kind: Line['kind'], before: Point, end: Point, colour: string): string {
  if (kind === 'association') return turned('M7 -4.5L0 0L7 4.5', end, before, `fill="none" stroke="${colour}" stroke-width="1.4"`)
  return turned('M0 0L9 -4.5V4.5Z', end, before, `fill="${kind === 'message' ? colours.white : colour}" stroke="${colour}" stroke-width="1"`)
}

const lengthOf = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y)

/** The point half way along a line. */
export function middleOf(points: readonly Point[]): Point {
  let left = points.slice(1).reduce((sum, point, i) => sum + lengthOf(points[i]!, point), 0) / 2
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    const length = lengthOf(a, b)
    if (length >= left && length > 0) return { x: a.x + ((b.x - a.x) * left) / length, y: a.y + ((b.y - a.y) * left) / length }
    left -= length
  }
  return points[0]!
}

function drawEnvelope(canvas: Canvas, layer: number, { x, y }: Point, envelope: 'open' | 'filled'): void {
  canvas.add(layer, `<path d="${symbols.message}" transform="translate(${round(x)} ${round(y)}) scale(1.4)" fill="${envelope === 'filled' ? colours.pale : colours.white}" stroke="${colours.ink}"/>`, { x: x - 11, y: y - 9, width: 22, height: 18 })
}

function nameLine(canvas: Canvas, layer: number, { name, points, labelBox, kind, envelope }: Line, lang: Lang, way: 'taken' | 'open' | 'plain'): void {
  if (!name[lang]) return
  const look = { fontSize, fill: way === 'open' ? colours.muted : colours.ink, isStrong: way === 'taken', hasHalo: true }
  if (kind === 'sequence' && !labelBox) {
    const at = besideStart(points)
    const lines = wrap(name[lang], 100, fontSize, 3)
    return canvas.text(layer, lines, at.x, at.isBelow ? at.y : at.y - (lines.length - 1) * lineHeight(fontSize), { ...look, anchor: 'start' })
  }
  const lines = wrap(name[lang], Math.max(110, (labelBox?.width ?? 0) * 1.1), fontSize, 4)
  const [width, height] = [Math.max(...lines.map((line) => measure(line, fontSize))), lines.length * lineHeight(fontSize)]
  const middle = middleOf(points)
  const at = labelBox ? { x: labelBox.x + labelBox.width / 2, y: labelBox.y } : { x: middle.x, y: middle.y - height / 2 }
  const hidesEnvelope = envelope && Math.abs(at.x - middle.x) < width / 2 + 11 && at.y < middle.y + 9 && at.y + height > middle.y - 9
  canvas.text(layer, lines, at.x, hidesEnvelope ? middle.y - 10 - height : at.y, look)
}

/** Above the first level stretch that is the line's own: lines that leave a gateway together part at their first turn. The top left corner of a name of one line; further ones stand above it, or below where the line goes down. */
function besideStart(points: readonly Point[]): Point & { isBelow: boolean } {
  const [first, second, third] = points as [Point, Point, Point | undefined]
  const isBelow = first.x === second.x && second.y > first.y
  if (first.x === second.x) return { x: first.x + 6, y: first.y + (isBelow ? 4 : -20), isBelow }
  return { ...(first.y === second.y && third === undefined ? { x: first.x + 4, y: first.y - 19 } : { x: second.x + 6, y: (third ?? second).y - 19 }), isBelow }
}
