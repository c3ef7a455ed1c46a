import { z } from 'zod'
import type { Db, Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { subjectForNode } from '../citizens/account.store.ts'
import { listActingRights, representedSubjectForNode } from './acting.ts'

const moment = z.iso.datetime().transform((text) => new Date(text))

/** A mandate as the national node tells it to another node at a log-in (claim `mandates`). */
const claimSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['representative', 'staff', 'person', 'child']),
  represented: z.object({ kind: z.enum(['person', 'organisation']), subject: z.string().min(1).max(200), name: z.string().max(300), facts: z.object({ idNumber: z.string().optional(), birthDate: z.string().optional(), taxCode: z.string().optional() }) }),
  scope: z.enum(['all', 'sectors', 'procedures']),
  codes: z.array(z.string().max(100)).max(500),
  rights: z.array(z.enum(['fill-in', 'submit', 'receive', 'pay'])).min(1),
  from: moment,
  to: moment.nullable(),
})

/** A mandate that begins while the session there lasts is told as well; that node looks at its first day itself. */
const longestSession = 12 * 3_600_000

/** What the national node says of a person's mandates to one other node: the represented by the subject that this node knows. */
export async function claimedMandates(node: Node, accountId: string, nodeCode: string): Promise<object[]> {
  const now = node.now()
  const rights = await listActingRights(node.db, accountId, now, { until: new Date(now.getTime() + longestSession) })
  return Promise.all(rights.map(async (r) => ({
    id: r.mandateId, kind: r.ground, represented: { kind: r.kind, subject: await subjectFor(node.db, r, nodeCode), name: r.name, facts: r.facts },
    scope: r.scope.kind, codes: r.scope.codes, rights: r.rights, from: r.startsAt.toISOString(), to: r.expiresAt?.toISOString() ?? null,
  })))
}

/** A person has one subject at a node, with an account of his own or through others; a minor keeps his when he opens an account. */
async function subjectFor(db: Db, r: { kind: string; id: string | undefined; partyId: string | null }, nodeCode: string): Promise<string> {
  return r.kind === 'person' && r.id !== undefined ? subjectForNode(db, r.id, nodeCode) : representedSubjectForNode(db, r.partyId!, nodeCode)
}

/** At a local node: keeps what the log-in said. What is no longer said no longer lets act. A claim that is not understood counts as none. */
export async function learnMandates(tx: Tx, accountId: string, claim: unknown, now: Date): Promise<void> {
  const claims = z.array(z.unknown()).max(500).safeParse(claim ?? [])
  const mandates = (claims.success ? claims.data : []).flatMap((one) => claimSchema.safeParse(one).data ?? [])
  await tx`UPDATE identity.mandate_copy SET absent_since = ${now} WHERE acting_account_id = ${accountId} AND absent_since IS NULL AND mandate_id <> ALL(${mandates.map((m) => m.id)}::uuid[])`
  for (const m of mandates) {
    await tx`
      INSERT INTO identity.mandate_copy (mandate_id, acting_account_id, kind, represented_kind, subject, name, facts, scope, scope_codes, rights, starts_at, expires_at, learnt_at)
      VALUES (${m.id}, ${accountId}, ${m.kind}, ${m.represented.kind}, ${m.represented.subject}, ${m.represented.name}, ${tx.json(m.represented.facts)}, ${m.scope}, ${m.codes}, ${m.rights}, ${m.from}, ${m.to}, ${now})
      ON CONFLICT (mandate_id) DO UPDATE SET acting_account_id = excluded.acting_account_id, name = excluded.name, facts = excluded.facts, scope = excluded.scope, scope_codes = excluded.scope_codes,
        rights = excluded.rights, starts_at = excluded.starts_at, expires_at = excluded.expires_at, learnt_at = excluded.learnt_at, absent_since = NULL`
  }
}
