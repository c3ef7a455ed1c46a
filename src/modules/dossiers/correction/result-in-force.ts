import type { Db } from '../../../platform/db.ts'
import { listDocuments, type StoredDocument } from '../../documents/index.ts'

/** The result of a dossier that counts now; what it took the place of is out of force. */
export async function findResultInForce(db: Db, dossierId: string): Promise<StoredDocument | undefined> {
  return (await listDocuments(db, dossierId)).filter((d) => d.kind === 'result' && !d.revokedAt).at(-1)
}
