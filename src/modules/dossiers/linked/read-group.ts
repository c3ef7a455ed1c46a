import type { Db } from '../../../platform/db.ts'
import { findModel, modelOfSubject } from '../../process/index.ts'
import { findDossiers } from '../dossiers.store.ts'
import { explainGroup, type PartStory } from './explain-group.ts'
import type { LinkedDefinition } from './linked-definition.ts'
import { getGroupDefinition, listParts, type LinkedGroup } from './linked.store.ts'
import { readDrawing, type DrawnPart } from './read-drawing.ts'

export interface GroupStory { definition: LinkedDefinition; parts: PartStory[] }

/** The drawing on which a group runs; before it began, the one in force. */
export async function drawingOf(db: Db, group: Pick<LinkedGroup, 'id' | 'submittedAt'>, definition: LinkedDefinition): Promise<DrawnPart[]> {
  const model = await modelOfSubject(db, group.id) ?? await findModel(db, definition.processKey, group.submittedAt)
  if (!model) throw new Error(`the process ${definition.processKey} of a linked group is not published`)
  return readDrawing(model)
}

export async function readGroup(db: Db, group: LinkedGroup): Promise<GroupStory> {
  const definition = await getGroupDefinition(db, group)
  const [drawn, parts] = [await drawingOf(db, group, definition), await listParts(db, group.id)]
  const dossiers = new Map((await findDossiers(db, parts.flatMap((p) => p.dossierId ?? []))).map((d) => [d.id, d]))
  return { definition, parts: explainGroup(definition, drawn, group, parts, dossiers) }
}
