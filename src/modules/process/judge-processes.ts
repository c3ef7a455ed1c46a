import type { XmlElement } from '../../platform/xml.ts'
import { writeBpmn, type BpmnDocument } from './bpmn-document.ts'
import type { Problem, ProcessModel } from './model.ts'
import { parseProcess } from './parse-process.ts'
import { checkSoundness } from './soundness.ts'

/** What publishing one process of a file would say; no problems: it runs to its end on every way. */
export interface Verdict { id: string; name: string; problems: Problem[] }

/** Each is read with the whole file: more than these are not judged. */
const mostProcesses = 50

/**
 * Judges every process of a file by itself, as if it were the one to be run; a pool that shows nothing of its process has none. Undefined for a file
 * with more than fifty.
 * @param complete what to add to a model before its soundness is checked; nothing unless told.
 */
export async function judgeProcesses(document: BpmnDocument, complete: (model: ProcessModel) => ProcessModel = (model) => model): Promise<Verdict[] | undefined> {
  const processes = document.readable.children.filter((child): child is XmlElement => isProcess(child) && child.children.some((inner) => typeof inner !== 'string' && /(^|:)\w*(Event|[tT]ask|Activity|subProcess|Gateway)$/.test(inner.name)))
  if (processes.length > mostProcesses) return undefined
  return Promise.all(processes.map(async (process) => {
    const { model, problems } = await parseProcess(writeBpmn({ ...document, root: withOnly(document.readable, process) }))
    return { id: process.attributes.id ?? '', name: process.attributes.name ?? '', problems: model ? checkSoundness(complete(model)) : problems }
  }))
}

const isProcess = (child: XmlElement | string): child is XmlElement => typeof child !== 'string' && /^(.*:)?process$/.test(child.name)

/** The same document with one process marked as the one that runs. */
function withOnly(root: XmlElement, process: XmlElement): XmlElement {
  return { ...root, children: root.children.map((child) => (isProcess(child) ? { ...child, attributes: { ...child.attributes, isExecutable: String(child === process) } } : child)) }
}
