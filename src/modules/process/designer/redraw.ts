import { readXml, writeXml } from '../../../platform/xml.ts'
import { drawIntoBpmn } from '../draw-into-bpmn.ts'
import { mendDrawing, placesOf } from './mend-drawing.ts'
import type { Tree } from './tree.ts'

const written = (tree: Tree): string => `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(tree.root)}\n`

/**
 * The text of a tree that the table form has changed, with a drawing that shows it. A drawing of our own layout is laid out anew; in one that somebody has arranged,
 * what is there keeps its place, and room is made for what is new.
 * @param before the text before the change
 */
export async function redraw(before: string, tree: Tree): Promise<string> {
  if (await isOurLayout(before)) return drawIntoBpmn(written(tree))
  mendDrawing(tree)
  return written(tree)
}

async function isOurLayout(text: string): Promise<boolean> {
  const [now, ours] = [placesOf(readXml(text)), placesOf(readXml(await drawIntoBpmn(text)))]
  return now.size === ours.size && [...ours].every(([id, place]) => now.get(id) === place)
}
