import type { Db } from '../../../../platform/db.ts'
import type { Follower } from '../../../../platform/module.ts'
import { officerNamed, officerWithin } from '../officer.store.ts'

/** Every act by which what an officer may do changes, or how he proves who he is: the type of its event after 'identity.'. */
export const rightActs = [
  'officer_added', 'activation_issued', 'officer_activated', 'role_granted', 'role_revoked', 'role_ended', 'right_requested', 'right_approved', 'right_refused', 'right_request_cancelled', 'right_request_expired',
  'officer_locked', 'officer_unlocked', 'officer_unused', 'officer_moved', 'officer_left', 'second_factor_reset', 'password_changed', 'generator_renewed', 'sessions_ended',
  'substitute_named', 'substitution_ended', 'grants_confirmed', 'first_administrator_named', 'certificate_bound', 'certificate_unbound',
] as const
export type RightAct = (typeof rightActs)[number]
export const rightEventTypes: readonly string[] = rightActs.map((act) => `identity.${act}`)

/** Folds the changes of rights out of the ledger, where they lie between millions of others, so that they can be searched. */
export const rightsAudit: Follower = {
  name: 'identity.rights-audit',
  title: 'identity.officers.follower.audit',
  types: rightEventTypes,
  async handle(tx, events) {
    if (events.length === 0) return
    await tx`INSERT INTO identity.right_event ${tx(events.map((e) => ({ position: e.position, at: e.at, type: e.type.slice('identity.'.length), officer_id: e.subject, actor: e.actor, data: tx.json(e.data as never) })))} ON CONFLICT DO NOTHING`
  },
}

export interface RightEvent { position: number; at: Date; type: RightAct; officerId: string; actor: string; data: Record<string, unknown> }

export interface AuditQuery {
  /** Agencies whose officers may be seen, each with those below it; undefined: all of the node. */
  within: readonly string[] | undefined
  /** Words in name or log-in of the officer concerned. */
  q?: string
  act?: RightAct
  /** Days, 'YYYY-MM-DD', both included. */
  from?: string
  until?: string
  limit: number
  offset: number
}

/** Changes of rights, newest first. */
export async function listRightEvents(db: Db, query: AuditQuery): Promise<{ rows: RightEvent[]; total: number }> {
  const where = db`${officerWithin(db, query.within)} AND ${officerNamed(db, query.q)}
    ${query.act ? db`AND e.type = ${query.act}` : db``}
    ${query.from ? db`AND e.at >= (${query.from}::date)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'` : db``}
    ${query.until ? db`AND e.at < (${query.until}::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'` : db``}`
  const [rows, [count]] = await Promise.all([
    db<RightEvent[]>`SELECT e.position, e.at, e.type, e.officer_id AS "officerId", e.actor, e.data FROM identity.right_event e JOIN identity.officer o ON o.id::text = e.officer_id WHERE ${where} ORDER BY e.position DESC LIMIT ${query.limit} OFFSET ${query.offset}`,
    db<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.right_event e JOIN identity.officer o ON o.id::text = e.officer_id WHERE ${where}`,
  ])
  return { rows, total: count!.n }
}
