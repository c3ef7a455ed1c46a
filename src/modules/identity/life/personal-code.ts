import type { Db } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'

/** Who stands before the desk. `subject` is the name by which the asking node knows the person. */
export interface CodedPerson { subject: string; idNumber: string; fullName: string; /** 'YYYY-MM-DD' */ birthDate: string }

/**
 * Who showed this code; undefined for one that is wrong, late or used. Another node than the national one asks there, so that nobody calls
 * this within a transaction.
 */
export async function resolvePersonalCode(_db: Db, _node: Node, _text: string, _now: Date): Promise<CodedPerson | undefined> {
  return undefined
}
