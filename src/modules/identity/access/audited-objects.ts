import type { Db } from '../../../platform/db.ts'

/** Whose data stand in an object that a page opens by its id, and what a person reads for it. */
export interface AuditedObjects {
  /** Undefined where the id is none of this kind. `node` where the subject is one that another node uses. */
  ownerOf(db: Db, objectId: string): Promise<{ subjectId: string; node?: string } | undefined>
  /** Words for those ids that are of this kind, with the page where the owner sees the object. */
  namesOf(db: Db, objectIds: readonly string[]): Promise<ReadonlyMap<string, { text: string; href?: string }>>
}

const kinds = new Map<string, AuditedObjects>()

/** Registers a kind of object, so that a look at it counts as a look at its owner without identity knowing the modules above it. */
export function addAuditedObjects(name: string, kind: AuditedObjects): void {
  kinds.set(name, kind)
}

/** Owner of an object by its id, or by the ids in the address of a page ('<dossier>/<file>'). */
export async function ownerOfObject(db: Db, objectId: string): Promise<{ subjectId: string; node?: string } | undefined> {
  for (const id of objectId.split('/')) {
    for (const kind of kinds.values()) {
      const owner = await kind.ownerOf(db, id)
      if (owner) return owner
    }
  }
  return undefined
}

export async function namesOfObjects(db: Db, objectIds: readonly string[]): Promise<Map<string, { text: string; href?: string }>> {
  const names = new Map<string, { text: string; href?: string }>()
  for (const kind of kinds.values()) for (const [id, name] of await kind.namesOf(db, objectIds)) names.set(id, name)
  return names
}
