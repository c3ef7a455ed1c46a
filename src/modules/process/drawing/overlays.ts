import { colours, round, type Canvas } from './canvas.ts'
import { phases } from '../time/step-time.ts'
import type { Look, SpanBar } from './draw-scene.ts'
import type { Box } from './scene.ts'

/** From little to most: darker, and never by colour alone: as many strokes are filled as the level is high. */
export const heatLooks: Record<number, Look> = {
  1: { fill: '#FFFFFF', stroke: '#8A8984', text: colours.ink, width: 1.5, sign: '' },
  2: { fill: '#FCEFD2', stroke: '#8A6A1F', text: colours.ink, width: 1.5, sign: '' },
  3: { fill: '#F6CF8B', stroke: '#8A5A00', text: colours.ink, width: 1.5, sign: '' },
  4: { fill: '#E89A52', stroke: '#7A3B00', text: colours.ink, width: 2, sign: '' },
  5: { fill: '#8F1D14', stroke: '#5E0F09', text: colours.white, width: 2, sign: '' },
}
export const levels = [1, 2, 3, 4, 5] as const

/** Five strokes at an upper right corner, rising, as many of them filled as the level says. */
export function levelStrokes(right: number, top: number, level: number): { x: number; y: number; height: number; isFilled: boolean }[] {
  return levels.map((n) => ({ x: right - (6 - n) * 6, y: top + 10 - n * 2, height: 3 + n * 2, isFilled: n <= level }))
}

export function drawLevel(canvas: Canvas, layer: number, { x, y, width }: Box, level: number, { text: colour }: Look): void {
  canvas.add(layer, levelStrokes(x + width - 2, y + 4, level).map((stroke) => `<rect x="${round(stroke.x)}" y="${round(stroke.y)}" width="4" height="${stroke.height}" fill="${stroke.isFilled ? colour : 'none'}" stroke="${colour}" stroke-width="0.8"/>`).join(''))
}

/** How each part of a bar is drawn: waiting is empty, work is full, a stop is crossed by strokes. */
export const spanFills = { waiting: '#FFFFFF', working: '#0B4F8A', stopped: '#E4E2DD' } as const
/** The strokes of a stop. */
export const stopStrokes = ({ x, y, width, height }: Box): string => Array.from({ length: Math.floor(width / 4) }, (_, i) => `M${round(x + 2 + i * 4)} ${round(y)}v${height}`).join('')

/** Right under a box: the parts one after the other, and the sum in words. */
export function drawSpanBar(canvas: Canvas, layer: number, box: Box, span: SpanBar): void {
  const y = box.y + box.height + 4
  let x = box.x
  for (const part of phases) {
    const width = span[part] * box.width
    if (width < 0.5) continue
    const place = { x, y, width, height: 6 }
    const strokes = part === 'stopped' ? `<path d="${stopStrokes(place)}" stroke="${colours.ink}" stroke-width="0.8"/>` : ''
    canvas.add(layer, `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="6" fill="${spanFills[part]}" stroke="${colours.ink}" stroke-width="0.8"/>${strokes}`, place)
    x += width
  }
  canvas.text(layer, [span.label], box.x, y + 6, { fontSize: 11, fill: colours.ink, anchor: 'start', hasHalo: true })
}
