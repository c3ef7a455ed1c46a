import { setImmediate } from 'node:timers/promises'
import type { XmlElement } from '../../platform/xml.ts'
import { writeBpmn, type BpmnDocument } from './bpmn-document.ts'
import type { Problem, ProcessModel } from './model.ts'
import { parseProcess } from './parse-process.ts'
import { checkSoundness } from './soundness.ts'

/** What publishing one process of a file would say; no problems: it runs to its end on every way. */
export interface Verdict { id: string; name: string; problems: Problem[] }

/** A walk through all states of a process may take a fifth of a second: more than these are not judged. */
const mostProcesses = 20

/**
 * Judges every process of a file by itself, as if it were the one to be run; a pool that shows nothing of its process has none. Undefined for a file
 * with more than twenty.
 * @param complete what to add to a model before its soundness is checked; nothing unless told.
 */
export async function judgeProcesses(document: BpmnDocument, complete: (model: ProcessModel) => ProcessModel = (model) => model): Promise<Verdict[] | undefined> {
  const processes = document.readable.children.filter((child): child is XmlElement => isProcess(child) && child.children.some((inner) => typeof inner !== 'string' && /(^|:)\w*(Event|[tT]ask|Activity|subProcess|Gateway)$/.test(inner.name)))
  if (processes.length > mostProcesses) return undefined
  const verdicts: Verdict[] = []
  for (const process of processes) {
    // Other requests come in between.
    await setImmediate()
    const { model, problems } = await parseProcess(writeBpmn({ ...document, root: withOnly(document.readable, process) }))
    verdicts.push({ id: process.attributes.id ?? '', name: process.attributes.name ?? '', problems: model ? checkSoundness(complete(model)) : problems })
  }
  return verdicts
}

const isProcess = (child: XmlElement | string): child is XmlElement => typeof child !== 'string' && /^(.*:)?process$/.test(child.name)

/** The same document with one process as the one that runs, the others empty, and without diagrams. */
function withOnly(root: XmlElement, process: XmlElement): XmlElement {
  const kept = root.children.filter((child) => typeof child === 'string' || !child.name.endsWith('BPMNDiagram'))
  return { ...root, children: kept.map((child) => (isProcess(child) ? { ...child, attributes: { ...child.attributes, isExecutable: String(child === process) }, children: child === process ? child.children : [] } : child)) }
}
