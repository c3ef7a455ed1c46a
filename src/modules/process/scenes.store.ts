import type { BpmnElement } from 'bpmn-moddle'
import type { Db } from '../../platform/db.ts'
import { readBpmn } from './bpmn-document.ts'
import { modelOf } from './definition.store.ts'
import { flowElementsOf, scenesOfProcess } from './drawing/own-scenes.ts'
import { readScenes } from './drawing/read-scenes.ts'
import { within, type Scene } from './drawing/scene.ts'
import { indexOf, type ProcessModel } from './model.ts'

/** Definitions never change, so scenes that were read once are good for the life of the process. */
const kept = new Map<string, Scene[]>()
const mostKept = 500

/** What a definition's file draws of its process, in a layout of our own where its diagrams leave out a step; and the processes that it calls, whose elements stand there under the ids of the model. */
export async function scenesOf(db: Db, definitionId: string): Promise<Scene[]> {
  const known = kept.get(definitionId)
  if (known) return known
  const [model, [row]] = await Promise.all([modelOf(db, definitionId), db<{ bpmn: string; published_at: Date }[]>`SELECT bpmn, published_at FROM process.definition WHERE id = ${definitionId}`])
  const document = row && await readBpmn(row.bpmn)
  if (!document) throw new Error(`process definition ${definitionId} holds no BPMN`)
  const scenes = scenesWithAll(model, document.definitions)
  for (const { id, called } of callsIn(processIn(model, document.definitions))) {
    const definition = await calledThen(db, called, row.published_at)
    if (definition && model.nodes.some((node) => node.in === id)) scenes.push(...(await scenesOf(db, definition)).map((scene) => within(scene, id, indexOf(model).node(id).name)))
  }
  if (kept.size >= mostKept) kept.clear()
  kept.set(definitionId, scenes)
  return scenes
}

/** The version that was bound when the caller was published: calls are put in their places then. */
async function calledThen(db: Db, key: string, publishedAt: Date): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`SELECT id FROM process.definition WHERE key = ${key} AND valid_from <= ${publishedAt} AND published_at <= ${publishedAt} ORDER BY version DESC LIMIT 1`
  return row?.id
}

const processIn = (model: ProcessModel, definitions: BpmnElement): BpmnElement => definitions.rootElements.find((root: BpmnElement) => root.id === model.key)

function callsIn(holder: BpmnElement): { id: string; called: string }[] {
  return flowElementsOf(holder).flatMap((element) => (element.$type === 'bpmn:CallActivity' ? [{ id: String(element.id), called: String(element.calledElement) }] : callsIn(element)))
}

function scenesWithAll(model: ProcessModel, definitions: BpmnElement): Scene[] {
  const own = model.nodes.filter((node) => !node.id.includes('/'))
  const drawn = readScenes(definitions).filter((scene) => own.some((node) => shows(scene, node.id)))
  if (own.every((node) => drawn.some((scene) => shows(scene, node.id)))) return drawn
  return scenesOfProcess(processIn(model, definitions))
}

const shows = (scene: Scene, id: string): boolean => scene.figures.some((figure) => figure.id === id)
