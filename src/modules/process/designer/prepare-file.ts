import { readXml, writeXml } from '../../../platform/xml.ts'
import { readBpmn, writeBpmn } from '../bpmn-document.ts'
import { drawIntoBpmn } from '../draw-into-bpmn.ts'
import { label } from '../read-node.ts'
import { readableBpmn } from '../readable-bpmn.ts'
import { idOf, openTree } from './tree.ts'

export interface PreparedFile { key: string; nameVi: string; nameEn: string; bpmn: string }

/**
 * A file as a draft keeps it: ids in letters that the diagram editor reads, and a drawing of our own where it has none. Undefined for one that is no BPMN or
 * has not exactly one process to run.
 */
export async function prepareFile(text: string): Promise<PreparedFile | undefined> {
  if (!await readBpmn(text)) return undefined
  const root = readableBpmn(readXml(text), 'kept')
  const document = await readBpmn(writeXml(root))
  const key = document && openTree(writeXml(root))?.process.attributes.id
  if (!document || !key) return undefined
  const hasDrawing = (document.definitions.diagrams ?? []).some((diagram: { plane?: { planeElement?: unknown[] } }) => (diagram.plane?.planeElement ?? []).length > 0)
  const bpmn = hasDrawing ? writeBpmn(document) : await drawIntoBpmn(writeBpmn(document))
  return { key, ...await namesIn(bpmn), bpmn }
}

/** Both names of the process that runs; its key where it has none. */
export async function namesIn(bpmn: string): Promise<{ nameVi: string; nameEn: string }> {
  const [document, tree] = [await readBpmn(bpmn), openTree(bpmn)]
  const process = document?.definitions.rootElements?.find((element: { id?: string }) => tree && element.id === idOf(tree.process))
  const { vi, en } = process ? label(process) : { vi: '', en: '' }
  const key = tree ? idOf(tree.process) : ''
  return { nameVi: vi || key, nameEn: en || vi || key }
}
