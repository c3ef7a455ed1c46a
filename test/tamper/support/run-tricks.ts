import type { Tx } from '../../../src/platform/db.ts'
import type { TestDatabase } from '../../../src/platform/testing/database.ts'
import type { Node } from '../../../src/platform/node.ts'
import { auditLog, type AuditRules, type Finding, type Mirror } from '../../../src/modules/ledger/index.ts'
import { configurations, dossierOf } from './honest-log.ts'
import { tricks, type Trick } from './tricks.ts'

/** How many dossiers each trick is played on. */
export const victims = 25

export interface TrickResult { readonly trick: Trick; readonly named: number; /** Dossiers that were named though nothing was done to them. */ readonly innocent: number; readonly kinds: readonly string[] }

class Undone extends Error {}

/** Plays a trick in a transaction, looks what the audit says, and undoes it. */
export async function playTrick({ owner }: TestDatabase, node: Node, mirror: Mirror, trick: Trick, dossiers: number, rules: AuditRules = {}): Promise<TrickResult> {
  const findings: Finding[] = []
  let guilty = pick(trick, dossiers)
  await owner.begin(async (transaction) => {
    const tx = transaction as Tx
    if (trick.name.startsWith('the last five hundred')) guilty = await inTail(tx)
    const after = await trick.apply(tx, node, guilty, mirror)
    for await (const finding of auditLog(tx, node.config.code, after, rules)) findings.push(finding)
    throw new Undone()
  }).catch((error: unknown) => { if (!(error instanceof Undone)) throw error })
  const named = new Set(findings.map((f) => f.subject).filter((s) => s !== ''))
  const isWide = trick.name.startsWith('the last five hundred')
  return { trick, named: guilty.filter((s) => named.has(s)).length, innocent: isWide ? 0 : [...named].filter((s) => !guilty.includes(s)).length, kinds: [...new Set(findings.map((f) => f.kind))].sort() }
}

const pick = (trick: Trick, dossiers: number): string[] =>
  Array.from({ length: victims }, (_, i) => (trick.onConfiguration ? `configuration-${i % configurations}` : dossierOf((i * 7919 + 13) % dossiers)))

/** Dossiers with an event among the last five hundred. */
async function inTail(tx: Tx): Promise<string[]> {
  return (await tx<{ subject: string }[]>`
    SELECT DISTINCT s.subject FROM ledger.log_entry l JOIN ledger.log_subject s ON s.no = l.subject_no WHERE l.index >= (SELECT max(index) FROM ledger.log_entry) - 499 AND s.subject LIKE '0192%' ORDER BY 1 LIMIT ${victims}`).map((r) => r.subject)
}

export { tricks }
