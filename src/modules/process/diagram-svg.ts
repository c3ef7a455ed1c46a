import type { Lang } from '../../platform/i18n.ts'
import { indexOf, type Box, type DiagramInterchange, type Flow, type ProcessModel, type ProcessNode } from './model.ts'
import { escapeXml, wrap } from './svg-text.ts'

export type StepState = 'done' | 'current' | 'ahead'

/** What the drawing shows of a run; a plain drawing of the process has nothing done. */
export interface Shown {
  states: ReadonlyMap<string, StepState>
  /** Flows that a token has passed. */
  taken: ReadonlySet<string>
  /** A line of time at the foot of a step's box. */
  times: ReadonlyMap<string, string>
}

/** Colours by meaning; the node's own colour marks what is at work. Each state has a sign of its own beside the colour. */
const ink = '#1B1B1D'
const muted = '#55565A'
const line = '#8A8984'
const done = '#17693A'
const brand = 'var(--mc-brand, #9B1B1E)'
const looks: Record<StepState, { fill: string; stroke: string; text: string; width: number; sign: string }> = {
  done: { fill: '#EAF3EE', stroke: done, text: ink, width: 2, sign: '✓' },
  current: { fill: brand, stroke: brand, text: '#FFFFFF', width: 2, sign: '▶' },
  ahead: { fill: '#FFFFFF', stroke: line, text: muted, width: 1.5, sign: '' },
}

/**
 * Draws a process as SVG: lanes as bands, the current step filled, the way taken solid, the rest light. One image to assistive
 * technology, named by `title` and described by `desc`; the same facts stand in a list beside it.
 */
export function drawSvg(model: ProcessModel, diagram: DiagramInterchange, shown: Shown, text: { id: string; title: string; desc: string; lang: Lang }): string {
  const frame = extent(diagram)
  const size = `width="${Math.ceil(frame.width)}" height="${Math.ceil(frame.height)}" viewBox="${round(frame.x)} ${round(frame.y)} ${round(frame.width)} ${round(frame.height)}"`
  const parts = [
    ...model.lanes.map((lane, i) => drawLane(diagram.boxes[lane.id], lane.name[text.lang], i)),
    ...[...model.flows].sort((a, b) => Number(shown.taken.has(a.id)) - Number(shown.taken.has(b.id))).map((flow) => drawFlow(diagram, flow, shown.taken.has(flow.id), text.lang)),
    ...model.nodes.map((node) => drawNode(model, node, diagram.boxes[node.id], shown, text.lang)),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="${text.lang}" aria-labelledby="${text.id}-title ${text.id}-desc" ${size} font-family="inherit">`
    + `<title id="${text.id}-title">${escapeXml(text.title)}</title><desc id="${text.id}-desc">${escapeXml(text.desc)}</desc>${parts.join('')}</svg>`
}

function extent({ boxes, waypoints }: DiagramInterchange): Box {
  const xs = [...Object.values(boxes).flatMap((box) => [box.x, box.x + box.width]), ...Object.values(waypoints).flat().map((point) => point.x)]
  const ys = [...Object.values(boxes).flatMap((box) => [box.y, box.y + box.height + 4]), ...Object.values(waypoints).flat().map((point) => point.y)]
  const [x, y] = [Math.min(...xs) - 2, Math.min(...ys) - 2]
  return { x, y, width: Math.max(...xs) - x + 2, height: Math.max(...ys) - y + 2 }
}

const round = (n: number): number => Math.round(n * 10) / 10

function drawLane(box: Box | undefined, name: string, i: number): string {
  if (!box) return ''
  const head = 36
  const [x, y] = [box.x + head / 2, box.y + box.height / 2]
  const lines = wrap(name, box.height - 8, 12, 2)
  return `<rect x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" fill="${i % 2 ? '#FFFFFF' : '#FAF8F4'}" stroke="#C9C7C2"/>`
    + `<rect x="${round(box.x)}" y="${round(box.y)}" width="${head}" height="${round(box.height)}" fill="#F0EDE6" stroke="#C9C7C2"/>`
    + lines.map((one, row) => `<text transform="translate(${round(x + 4 + (row - (lines.length - 1) / 2) * 15)} ${round(y)}) rotate(-90)" text-anchor="middle" font-size="12" font-weight="600" fill="${ink}">${escapeXml(one)}</text>`).join('')
}

function drawFlow({ waypoints }: DiagramInterchange, flow: Flow, taken: boolean, lang: Lang): string {
  const points = waypoints[flow.id]
  if (!points || points.length < 2) return ''
  const colour = taken ? ink : line
  const [before, end] = [points.at(-2)!, points.at(-1)!]
  const angle = Math.round((Math.atan2(end.y - before.y, end.x - before.x) * 180) / Math.PI)
  const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('')
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${taken ? 2.5 : 1.5}"${taken ? '' : ' stroke-dasharray="5 4"'} stroke-linejoin="round"/>`
    + `<path d="M0 0L-9 -4.5V4.5Z" transform="translate(${round(end.x)} ${round(end.y)}) rotate(${angle})" fill="${colour}"/>`
    + flowLabel(points, flow.name[lang], taken)
}

/** Above the first level stretch that is this line's own: lines that leave a gateway together part at their first turn. */
function flowLabel(points: readonly { x: number; y: number }[], name: string, taken: boolean): string {
  if (!name) return ''
  const [first, second, third] = points as [{ x: number; y: number }, { x: number; y: number }, { x: number; y: number } | undefined]
  const straight = first.y === second.y && third === undefined
  const down = first.x === second.x
  const at = straight ? { x: first.x + 4, y: first.y - 7 } : down ? { x: first.x + 6, y: first.y + (second.y > first.y ? 16 : -8) } : { x: second.x + 6, y: third!.y - 7 }
  return `<text x="${round(at.x)}" y="${round(at.y)}" font-size="12" fill="${taken ? ink : muted}"${taken ? ' font-weight="600"' : ''}>${escapeXml(name)}</text>`
}

function drawNode(model: ProcessModel, node: ProcessNode, box: Box | undefined, shown: Shown, lang: Lang): string {
  if (!box) return ''
  if (node.kind === 'user') return drawTask(node.name[lang], box, shown.states.get(node.id) ?? 'ahead', shown.times.get(node.id))
  const passed = isPassed(model, node, shown.taken)
  const stroke = passed ? done : line
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2]
  const caption = drawCaption(node, box, node.name[lang], passed)
  if (node.kind === 'exclusive' || node.kind === 'parallel') {
    const sign = node.kind === 'exclusive' ? 'M-6 -6L6 6M6 -6L-6 6' : 'M0 -9V9M-9 0H9'
    return `<path d="M${round(cx)} ${round(box.y)}L${round(box.x + box.width)} ${round(cy)}L${round(cx)} ${round(box.y + box.height)}L${round(box.x)} ${round(cy)}Z" fill="#FFFFFF" stroke="${stroke}" stroke-width="${passed ? 2.5 : 1.5}"/>`
      + `<path d="${sign}" transform="translate(${round(cx)} ${round(cy)})" stroke="${passed ? done : muted}" stroke-width="2.5" fill="none"/>${caption}`
  }
  const r = Math.min(box.width, box.height) / 2
  const circle = `<circle cx="${round(cx)}" cy="${round(cy)}" r="${round(r)}" fill="${passed ? '#EAF3EE' : '#FFFFFF'}" stroke="${stroke}" stroke-width="${node.kind === 'end' ? 4 : 2}"/>`
  if (node.kind === 'start' || node.kind === 'end') return circle + caption
  const reminder = node.kind === 'boundary-timer' && !node.interrupting ? ' stroke-dasharray="3 2"' : ''
  return `${circle}<circle cx="${round(cx)}" cy="${round(cy)}" r="${round(r - 4)}" fill="none" stroke="${stroke}"${reminder}/><path d="M0 -6V0L4 3" transform="translate(${round(cx)} ${round(cy)})" fill="none" stroke="${stroke}" stroke-width="1.5"/>${caption}`
}

function isPassed(model: ProcessModel, node: ProcessNode, taken: ReadonlySet<string>): boolean {
  const { incoming, outgoing } = indexOf(model)
  const flows = node.kind === 'end' ? incoming(node.id) : outgoing(node.id)
  return flows.some((flow) => taken.has(flow.id))
}

function drawTask(name: string, box: Box, state: StepState, time: string | undefined): string {
  const look = looks[state]
  const [cx, most] = [box.x + box.width / 2, Math.max(1, Math.floor((box.height - 24) / 16))]
  const lines = wrap(name, box.width - 16, 13, most)
  const top = box.y + (box.height - 14) / 2 - (lines.length - 1) * 8 + 4
  const label = lines.map((one, i) => `<text x="${round(cx)}" y="${round(top + i * 16)}" text-anchor="middle" font-size="13" font-weight="${state === 'ahead' ? 400 : 600}" fill="${look.text}">${escapeXml(one)}</text>`)
  const foot = [look.sign, time ?? ''].filter(Boolean).join(' ')
  return `<rect x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" rx="6" fill="${look.fill}" stroke="${look.stroke}" stroke-width="${look.width}"/>${label.join('')}`
    + (foot ? `<text x="${round(cx)}" y="${round(box.y + box.height - 8)}" text-anchor="middle" font-size="11" fill="${look.text}">${escapeXml(foot)}</text>` : '')
}

/** Names of events stand below them, of gateways above, where no line leaves. */
function drawCaption(node: ProcessNode, box: Box, name: string, passed: boolean): string {
  if (!name || node.kind === 'boundary-timer') return ''
  const lines = wrap(name, 110, 12, 2)
  const above = node.kind === 'exclusive' || node.kind === 'parallel'
  const y = above ? box.y - 8 - (lines.length - 1) * 14 : box.y + box.height + 16
  return lines.map((one, i) => `<text x="${round(box.x + box.width / 2)}" y="${round(y + i * 14)}" text-anchor="middle" font-size="12" fill="${passed ? ink : muted}">${escapeXml(one)}</text>`).join('')
}
