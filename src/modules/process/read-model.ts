import type { Db } from '../../platform/db.ts'
import { findDefinition, modelOf } from './definition.store.ts'
import type { ProcessModel } from './model.ts'
import { getInstance } from './read-instance.ts'

/** The process in force at a moment as the engine knows it; undefined where none of this key was published. */
export async function findModel(db: Db, key: string, at: Date): Promise<ProcessModel | undefined> {
  const definition = await findDefinition(db, key, at)
  return definition && modelOf(db, definition.id)
}

/** The process on which a subject runs or ran last. */
export async function modelOfSubject(db: Db, subject: string): Promise<ProcessModel | undefined> {
  const instance = await getInstance(db, subject)
  return instance && modelOf(db, instance.definitionId)
}
