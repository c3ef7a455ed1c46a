import type { BpmnElement } from 'bpmn-moddle'
import type { Db } from '../../platform/db.ts'
import { readBpmn } from './bpmn-document.ts'
import { modelOf } from './definition.store.ts'
import { scenesOfProcess } from './drawing/own-scenes.ts'
import { readScenes } from './drawing/read-scenes.ts'
import type { Scene } from './drawing/scene.ts'
import type { ProcessModel } from './model.ts'

/** Definitions never change, so scenes that were read once are good for the life of the process. */
const kept = new Map<string, Scene[]>()
const mostKept = 500

/** What a definition's file draws of its process; in a layout of our own where its diagrams leave out a step. */
export async function scenesOf(db: Db, definitionId: string): Promise<Scene[]> {
  const known = kept.get(definitionId)
  if (known) return known
  const [model, [row]] = await Promise.all([modelOf(db, definitionId), db<{ bpmn: string }[]>`SELECT bpmn FROM process.definition WHERE id = ${definitionId}`])
  const document = row && await readBpmn(row.bpmn)
  if (!document) throw new Error(`process definition ${definitionId} holds no BPMN`)
  const scenes = scenesWithAll(model, document.definitions)
  if (kept.size >= mostKept) kept.clear()
  kept.set(definitionId, scenes)
  return scenes
}

function scenesWithAll(model: ProcessModel, definitions: BpmnElement): Scene[] {
  const drawn = readScenes(definitions).filter((scene) => model.nodes.some((node) => shows(scene, node.id)))
  if (model.nodes.every((node) => drawn.some((scene) => shows(scene, node.id)))) return drawn
  return scenesOfProcess(definitions.rootElements.find((root: BpmnElement) => root.id === model.key))
}

const shows = (scene: Scene, id: string): boolean => scene.figures.some((figure) => figure.id === id)
