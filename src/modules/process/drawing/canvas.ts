import type { Box } from './scene.ts'
import { escapeXml, lineHeight, measure } from './svg-text.ts'

/** Colours by meaning; the node's own colour marks what is at work. */
export const colours = { ink: '#1B1B1D', muted: '#55565A', line: '#8A8984', pale: '#C9C7C2', paper: '#FAF8F4', head: '#F0EDE6', done: '#17693A', doneFill: '#EAF3EE', late: '#B3261E', white: '#FFFFFF', brand: 'var(--mc-brand, #9B1B1E)' }

export const round = (n: number): number => Math.round(n * 10) / 10

/** Collects what is drawn, and how far it reaches, so that nothing is cut off at the edge of the picture. */
export class Canvas {
  readonly #layers: string[][] = []
  readonly #xs: number[] = []
  readonly #ys: number[] = []

  /** @param layer higher ones lie above lower ones. */
  add(layer: number, svg: string, ...reach: readonly { x: number; y: number; width?: number; height?: number }[]): void {
    (this.#layers[layer] ??= []).push(svg)
    for (const { x, y, width = 0, height = 0 } of reach) {
      this.#xs.push(x, x + width)
      this.#ys.push(y, y + height)
    }
  }

  /** Lines of text around the middle `x`, the first one below `top`. The halo keeps them legible across a line. */
  text(layer: number, lines: readonly string[], x: number, top: number, look: { fontSize: number; fill: string; isStrong?: boolean; anchor?: 'middle' | 'start'; hasHalo?: boolean }): void {
    const { fontSize, fill, isStrong = false, anchor = 'middle', hasHalo = false } = look
    const halo = hasHalo ? ' stroke="#FFFFFF" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' : ''
    lines.forEach((line, i) => {
      const width = measure(line, fontSize)
      const y = top + i * lineHeight(fontSize)
      this.add(layer, `<text x="${round(x)}" y="${round(y + fontSize)}" text-anchor="${anchor}" font-size="${fontSize}"${isStrong ? ' font-weight="600"' : ''} fill="${fill}"${halo}>${escapeXml(line)}</text>`, { x: anchor === 'middle' ? x - width / 2 : x, y, width, height: lineHeight(fontSize) })
    })
  }

  get extent(): Box {
    if (this.#xs.length === 0) return { x: 0, y: 0, width: 1, height: 1 }
    const [x, y] = [Math.min(...this.#xs), Math.min(...this.#ys)]
    return { x: x - 4, y: y - 4, width: Math.max(...this.#xs) - x + 8, height: Math.max(...this.#ys) - y + 8 }
  }

  toString(): string {
    return this.#layers.flat().join('')
  }
}
