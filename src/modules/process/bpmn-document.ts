import type { BpmnElement } from 'bpmn-moddle'
import { readXml, writeXml, type XmlElement } from '../../platform/xml.ts'
import { bpmn } from './motcua-extension.ts'
import { readableBpmn } from './readable-bpmn.ts'

/**
 * A BPMN 2.0 file. What is written again is `root`: the document with everything in it, also what this program has no word for.
 * `definitions` is what the program understands of it, read from `readable`; whatever it cannot place there is a warning.
 */
export interface BpmnDocument { root: XmlElement; readable: XmlElement; definitions: BpmnElement; warnings: string[] }

/** Undefined for a text that is no BPMN 2.0. Texts of files are made of their bytes by `decodeXml`. */
export async function readBpmn(text: string): Promise<BpmnDocument | undefined> {
  try {
    const root = readXml(text)
    const readable = readableBpmn(root)
    const { rootElement, warnings } = await bpmn.fromXML(writeXml(readable))
    if (rootElement.$type !== 'bpmn:Definitions') return undefined
    return { root, readable, definitions: rootElement, warnings: warnings.map(({ message }) => message.split('\n')[0]!) }
  } catch {
    return undefined
  }
}

export const writeBpmn = ({ root }: BpmnDocument): string => `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}\n`
