import { translator } from '../../../src/platform/i18n.ts'
import { decodeXml } from '../../../src/platform/xml.ts'
import { readBpmn, writeBpmn, type BpmnDocument } from '../../../src/modules/process/bpmn-document.ts'
import { drawPictures } from '../../../src/modules/process/drawing/draw-pictures.ts'
import { readScenes } from '../../../src/modules/process/drawing/read-scenes.ts'
import type { Scene } from '../../../src/modules/process/drawing/scene.ts'
import { bpmn } from '../../../src/modules/process/motcua-extension.ts'
import type { Problem } from '../../../src/modules/process/model.ts'
import { judgeProcesses } from '../../../src/modules/process/judge-processes.ts'
import { completeFile } from './complete-file.ts'
import { compareXml, countElements } from './compare-xml.ts'
import { fillIn } from './fill-in.ts'
import { readXml, type XmlElement } from './xml-tree.ts'

/** What became of one BPMN file. */
export interface ModelResult {
  /** What the reader could not place; undefined for a file that is no BPMN. */
  warnings: string[] | undefined
  elements: number
  /** Between the file and what is written again. */
  differences: string[]
  /** Shapes and edges of the file's diagrams, and how many of them the drawing has. */
  toDraw: number
  drawn: number
  /** Flow nodes and flows that no picture shows. */
  undrawn: string[]
  /** Names that had to be shortened to fit their shape. */
  shortened: string[]
  processes: { name: string; problems: string[] }[]
}

const t = translator('en')

/** Reads, writes, draws and judges a BPMN file; never throws for what the file holds. */
export async function checkBpmn(bytes: Uint8Array): Promise<ModelResult> {
  const text = decodeXml(bytes)
  const document = await readBpmn(text)
  if (!document) return { warnings: undefined, elements: 0, differences: [], toDraw: 0, drawn: 0, undrawn: [], shortened: [], processes: [] }
  const before = readXml(text)
  const scenes = readScenes(document.definitions)
  const svg = drawPictures(scenes, 'vi', {}, { id: 'file', title: 'file' }).map((picture) => picture.svg).join('')
  const verdicts = await judgeProcesses({ ...document, readable: completeFile(document.readable) }, fillIn) ?? [{ id: 'file', name: '', problems: [{ key: 'process.try.too_many', params: {} }] }]
  return {
    warnings: document.warnings, elements: countElements(before), differences: await differencesOf(document, before),
    toDraw: countShapes(before), drawn: scenes.slice(0, countDiagrams(before)).reduce((sum, { figures, lines }) => sum + figures.length + lines.length, 0),
    undrawn: undrawnOf(document, scenes), shortened: shortenedIn(svg),
    processes: verdicts.map(({ id, name, problems }) => ({ name: name || id, problems: sentences(problems.filter(({ key }) => key !== 'process.problem.ends_twice')) })),
  }
}

/** What is written, read by a reader of our own for tests, and what is understood of it. */
async function differencesOf(document: BpmnDocument, before: XmlElement): Promise<string[]> {
  const written = writeBpmn(document)
  const differences = compareXml(before, readXml(written))
  const again = await readBpmn(written)
  return again && await understood(again) === await understood(document) ? differences : [...differences, 'what is written is not understood in the same way']
}

/** One sentence for each problem; elements of a kind that cannot run are told together. */
function sentences(problems: readonly Problem[]): string[] {
  const kinds = Map.groupBy(problems.filter(({ key }) => key === 'process.problem.unsupported'), ({ params }) => String(params.type))
  const others = problems.filter(({ key }) => key !== 'process.problem.unsupported')
  return [...[...kinds].map(([type, same]) => `${type} cannot run: ${same.map(({ params }) => params.name || params.id).join(', ')}.`), ...others.map(({ key, params }) => t(key, params))]
}

/** The program's own model of a file, as text. */
const understood = async ({ definitions }: BpmnDocument): Promise<string> => (await bpmn.toXML(definitions)).xml

const inside = (element: XmlElement): XmlElement[] => element.children.filter((child) => typeof child !== 'string').flatMap((child) => [child, ...inside(child)])
const local = ({ name }: XmlElement): string => name.replace(/^\{.*\}/, '')
const countDiagrams = (root: XmlElement): number => root.children.filter((child) => typeof child !== 'string' && local(child) === 'BPMNDiagram' && inside(child).some((one) => /^BPMN(Shape|Edge)$/.test(local(one)))).length
const countShapes = (root: XmlElement): number => inside(root).filter((element) => /^BPMN(Shape|Edge)$/.test(local(element))).length

function undrawnOf({ definitions }: BpmnDocument, scenes: readonly Scene[]): string[] {
  const drawn = new Set(scenes.flatMap(({ figures, lines }) => [...figures, ...lines]).map(({ id }) => id))
  const within = (holder: { flowElements?: { id?: string; name?: string; $instanceOf(type: string): boolean }[] }): string[] => (holder.flowElements ?? []).flatMap((element) => [
    ...((element.$instanceOf('bpmn:FlowNode') || element.$instanceOf('bpmn:SequenceFlow')) && !drawn.has(element.id ?? '') ? [element.name || (element.id ?? '?')] : []), ...within(element as never),
  ])
  return (definitions.rootElements ?? []).flatMap(within)
}

function shortenedIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*…)<\/text>/g)].map(([, text]) => text!)
}
