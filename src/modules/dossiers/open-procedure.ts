import type { Db } from '../../platform/db.ts'
import { findAbolition, getCurrentProcedure, type ProcedureVersion } from '../catalogue/index.ts'
import { errors } from './dossiers.errors.ts'

/** The version under which a dossier would be filed now. @throws PROCEDURE_ABOLISHED, PROCEDURE_NOT_FOUND */
export async function openProcedure(db: Db, code: string, now: Date): Promise<ProcedureVersion> {
  const procedure = await getCurrentProcedure(db, code, now)
  if (procedure) return procedure
  const abolition = await findAbolition(db, code)
  throw abolition && abolition.abolishedAt <= now ? errors.PROCEDURE_ABOLISHED() : errors.PROCEDURE_NOT_FOUND({ code })
}
