import { newId } from '../../../../src/platform/ids.ts'
import { next, type Make } from './made.ts'

/** A dossier that the national portal refused. The node's administrators look after it, of whatever agency it is. */
const refusedByPortal: Make = async (house, side) => {
  const id = newId()
  const facts = { node: 'H21', agency: house.agencies[side], reference: 'MC-22222-22222', code: `${house.agencies[side]}-261128-${String(next()).padStart(4, '0')}`, state: 'received' }
  await house.node.db`
    INSERT INTO national_portal.dossier (dossier_id, facts, changed_at, waiting_since, is_sendable, dead_at, dead_answer, dead_problems)
    VALUES (${id}, ${house.node.db.json(facts)}, now(), now(), true, now(), '-1: Không nhận', '[{"field":"MaLinhVuc","problem":"missing"}]')`
  return { id }
}

export const portalMakers = { refusedByPortal } as const
