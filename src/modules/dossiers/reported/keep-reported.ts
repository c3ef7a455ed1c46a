import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { factsOf, type Channel, type Dossier, type ReturnWay } from '../dossier.ts'
import { edges, type DossierState } from '../dossier-states.ts'
import { findDossier } from '../dossiers.store.ts'
import { findReported, insertReportedDossier, insertReportedStep, lockByNumber, noteStepTime, saveReported, updateReportedDossier, type ReportedStep } from './reported.store.ts'

/** A dossier as a system that is no node of ours tells it. */
export interface ReportedDossier {
  /** Its code, or the reference of one that has none. */
  number: string
  system: string
  systemAgency: string
  agencyCode: string
  agencyName: string
  originNode: string
  procedure: { code: string; version: number }
  channel: Channel
  state: DossierState
  returnWay: ReturnWay
  account: { id: string; node: string; subject: string } | undefined
  submittedAt: Date
  receivedAt: Date | null
  dueAt: Date | null
  finishedAt: Date | null
  returnedAt: Date | null
  supplements: number
}

/** 'exists': told as new and known; 'unknown': told as known and not; 'signed': a node of ours tells it by signed exchange; 'foreign': another agency's system tells it. */
export type Kept = 'kept' | 'exists' | 'unknown' | 'signed' | 'foreign'

const pausedStates: ReadonlySet<DossierState> = new Set<DossierState>(['supplement-required', 'payment-required'])
const endStates: ReadonlySet<DossierState> = new Set<DossierState>(['not-accepted', 'stopped', 'finished', 'returned'])

/** Keeps what another system tells of a dossier: the row by which it is looked up and tracked here, and the event that our followers count. What says nothing new changes nothing. */
export async function keepReported(tx: Tx, ctx: Ctx, r: ReportedDossier, as: 'new' | 'known'): Promise<Kept> {
  const id = await lockByNumber(tx, r.number)
  if (!id) return as === 'known' ? 'unknown' : await keepNew(tx, ctx, r)
  const reported = await findReported(tx, id)
  if (!reported) return 'signed'
  if (reported.systemAgency !== r.systemAgency) return 'foreign'
  if (as === 'new') return 'exists'
  const before = (await findDossier(tx, id))!
  await saveReported(tx, { dossierId: id, system: r.system, systemAgency: r.systemAgency, agencyName: r.agencyName, toldAt: ctx.now })
  await move(tx, ctx, before, { ...before, ...changesOf(r, before, ctx.now) })
  return 'kept'
}

async function keepNew(tx: Tx, ctx: Ctx, r: ReportedDossier): Promise<Kept> {
  const isCode = !r.number.startsWith('MC-')
  const bare: Dossier = {
    id: newId(ctx.now.getTime()), reference: r.number, code: isCode ? r.number : null, procedureCode: r.procedure.code, procedureVersion: r.procedure.version, nodeCode: r.systemAgency.split('.', 1)[0]!, originNode: r.originNode, agencyCode: r.agencyCode, placeCode: null,
    channel: r.channel, state: 'new', returnWay: r.returnWay, accountId: r.account?.id ?? null, ownerNode: r.account?.node ?? null, ownerSubject: r.account?.subject ?? null, mandateId: null, filerAccountId: null, limitValue: null, limitUnit: null, ruleSet: null, clockOptions: null,
    isLate: false, submittedAt: r.submittedAt, receivedAt: null, promisedAt: null, dueAt: null, pausedAt: null, finishedAt: null, returnedAt: null, supplements: 0, eventSeq: 1,
  }
  await insertReportedDossier(tx, bare)
  await saveReported(tx, { dossierId: bare.id, system: r.system, systemAgency: r.systemAgency, agencyName: r.agencyName, toldAt: ctx.now })
  await appendEvent(tx, { ...ctx, now: r.submittedAt < ctx.now ? r.submittedAt : ctx.now }, { type: 'dossier.submitted', subject: bare.id, data: { ...factsOf(bare), mirrored: true } })
  await move(tx, ctx, bare, { ...bare, ...changesOf(r, bare, ctx.now) })
  return 'kept'
}

const changesOf = (r: ReportedDossier, before: Dossier, now: Date): Partial<Dossier> => ({
  state: r.state, returnWay: r.returnWay, receivedAt: r.receivedAt, promisedAt: before.promisedAt ?? r.dueAt, dueAt: r.dueAt, finishedAt: endStates.has(r.state) ? (r.finishedAt ?? before.finishedAt ?? now) : null, returnedAt: r.returnedAt,
  pausedAt: pausedStates.has(r.state) ? (before.pausedAt ?? now) : null, supplements: r.supplements, ...(r.account ? { accountId: r.account.id, ownerNode: r.account.node, ownerSubject: r.account.subject } : {}),
})

/** One step of such a dossier. The same step told again is nothing new; an older one that comes late is kept and moves nothing. */
export async function keepReportedStep(tx: Tx, ctx: Ctx, number: string, systemAgency: string, step: ReportedStep & { digest: Buffer }): Promise<Exclude<Kept, 'exists'>> {
  const id = await lockByNumber(tx, number)
  if (!id) return 'unknown'
  const reported = await findReported(tx, id)
  if (!reported) return 'signed'
  if (reported.systemAgency !== systemAgency) return 'foreign'
  const isFresh = await insertReportedStep(tx, id, step.digest, step)
  if (!isFresh || (reported.lastStepAt && reported.lastStepAt > step.at)) return 'kept'
  await noteStepTime(tx, id, step.at)
  const before = (await findDossier(tx, id))!
  if (before.state === step.state) return 'kept'
  const isEnd = endStates.has(step.state)
  await move(tx, ctx, before, {
    ...before, state: step.state, receivedAt: before.receivedAt ?? (step.state === 'received' || step.state === 'in-progress' ? step.at : null), pausedAt: pausedStates.has(step.state) ? (before.pausedAt ?? step.at) : null,
    finishedAt: isEnd ? (before.finishedAt ?? step.at) : null, returnedAt: step.state === 'returned' ? (before.returnedAt ?? step.at) : null,
  })
  return 'kept'
}

const facts: readonly (keyof Dossier)[] = ['state', 'receivedAt', 'dueAt', 'finishedAt', 'returnedAt', 'supplements']
const same = (a: unknown, b: unknown): boolean => (a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b)

/** Writes the row; and the event that goes with the new state, where there is one. */
async function move(tx: Tx, ctx: Ctx, before: Dossier, after: Dossier): Promise<void> {
  const isMoved = facts.some((name) => !same(before[name], after[name]))
  const next = isMoved ? { ...after, eventSeq: before.eventSeq + 1 } : after
  await updateReportedDossier(tx, next)
  if (isMoved) await appendEvent(tx, ctx, { type: eventOf(before, next), subject: next.id, data: { ...factsOf(next), mirrored: true } })
}

const eventInto: Readonly<Record<Exclude<DossierState, 'new' | 'in-progress'>, string>> = {
  received: edges.accept.event, 'not-accepted': edges.refuse.event, 'supplement-required': edges['request-supplement'].event, 'payment-required': edges['request-payment'].event, 'withdrawal-requested': edges['request-withdrawal'].event,
  stopped: edges.stop.event, finished: edges.finish.event, returned: edges.return.event,
}

function eventOf(before: Dossier, after: Dossier): string {
  if (before.state === after.state) return 'dossier.rescheduled'
  if (after.state !== 'new' && after.state !== 'in-progress') return eventInto[after.state]
  if (before.state === 'payment-required') return edges['confirm-payment'].event
  if (before.state === 'withdrawal-requested') return edges['decline-withdrawal'].event
  return before.state === 'supplement-required' || after.state === 'new' ? edges['answer-supplement'].event : edges.start.event
}
