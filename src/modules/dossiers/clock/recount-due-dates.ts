import { transact, systemCtx, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import type { Follower } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { calendarEvents, calendarOf, changeStep, reloadCalendar, runClock, staleAfterMs, type Calendar, type ClockFacts, type Impact, type Step } from '../../calendar/index.ts'
import type { Dossier } from '../dossier.ts'
import { findDossiers, lockDossier } from '../dossiers.store.ts'
import { deskDossierHref } from '../pages/desk/hrefs.ts'
import { insertDueChange, listRunningIds, readClockFacts } from './clock.store.ts'
import { moveDue } from './move-due.ts'

const queue = 'dossiers.recount-due-dates'
const helping = 200
const shownExamples = 10

/** After every change of the working calendar the dates of running dossiers are counted again; a moment later, when every process knows the new one. */
export function recountFollower(node: Node): Follower {
  return {
    name: 'dossiers.recount',
    title: 'dossiers.clock.follower',
    types: calendarEvents,
    from: 'now',
    patient: true,
    async handle(tx, events) {
      for (const e of events) await enqueue(tx, { queue, key: String(e.position), payload: { type: e.type, subject: e.subject, data: e.data, position: e.position }, runAt: new Date(node.now().getTime() + staleAfterMs + 1000) })
    },
  }
}

interface RecountJob { type: string; subject: string; data: Record<string, unknown>; position: number }

const recountDueDates: JobHandler = async (node, payload) => {
  const job = readJob(payload)
  const ctx = systemCtx(node, queue)
  const calendar = await reloadCalendar(ctx.db)
  const because = await changeStep(ctx.db, job)
  const cause = { because, event: `${job.type} ${job.subject} ${job.position}` }
  await eachRunning(ctx, calendar, async (dossiers) => {
    const other = dossiers.filter(({ dossier, counted }) => counted.getTime() !== dossier.dueAt!.getTime())
    // One after the other: each holds its own row for a moment only, so that nobody at a desk waits for the whole helping.
    for (const { dossier } of other) await transact(ctx, (tx) => recountOne(tx, ctx, calendar, dossier.id, cause))
  })
}

function readJob({ type, subject, data, position }: Record<string, unknown>): RecountJob {
  return { type: String(type), subject: String(subject), data: (data ?? {}) as Record<string, unknown>, position: Number(position) }
}

async function recountOne(tx: Tx, ctx: Ctx, calendar: Calendar, id: string, cause: { because: Step; event: string }): Promise<void> {
  const dossier = await lockDossier(tx, id, ctx.node.config.code)
  const facts = (await readClockFacts(tx, [dossier])).get(id)
  if (!facts || !dossier.dueAt || dossier.finishedAt) return
  const dueCounted = countedFor(calendar, dossier, facts)
  if (dueCounted.getTime() === dossier.dueAt.getTime()) return
  const dueAfter = dueCounted > dossier.dueAt ? dueCounted : dossier.dueAt
  await insertDueChange(tx, { id: newId(ctx.now.getTime()), dossierId: id, dueBefore: dossier.dueAt, dueCounted, dueAfter, ...cause, at: ctx.now })
  if (dueAfter > dossier.dueAt) await moveDue(tx, ctx, dossier, 'dossier.rescheduled', { dueAt: dueAfter })
}

const countedFor = (calendar: Calendar, dossier: Dossier, facts: ClockFacts): Date => runClock(calendarOf(calendar, dossier.agencyCode), facts).due

async function eachRunning(ctx: Ctx, calendar: Calendar, work: (dossiers: { dossier: Dossier; counted: Date }[]) => Promise<void> | void): Promise<void> {
  for (let after: string | undefined; ;) {
    const ids = await listRunningIds(ctx.db, ctx.node.config.code, after, helping)
    if (ids.length === 0) return
    const dossiers = await findDossiers(ctx.db, ids)
    const facts = await readClockFacts(ctx.db, dossiers)
    await work(dossiers.flatMap((dossier) => (facts.has(dossier.id) ? [{ dossier, counted: countedFor(calendar, dossier, facts.get(dossier.id)!) }] : [])))
    after = ids.at(-1)
  }
}

/** What a changed calendar would do, before anybody confirms it. */
export async function impactOnDossiers(ctx: Ctx, calendar: Calendar): Promise<Impact> {
  const impact = { running: 0, later: 0, kept: 0, examples: [] as { text: string; href: string; from: Date; to: Date }[] }
  await eachRunning(ctx, calendar, (dossiers) => {
    for (const { dossier, counted } of dossiers) {
      impact.running++
      if (counted < dossier.dueAt!) impact.kept++
      if (counted <= dossier.dueAt!) continue
      impact.later++
      if (impact.examples.length < shownExamples) impact.examples.push({ text: dossier.code ?? dossier.reference, href: deskDossierHref(dossier.id), from: dossier.dueAt!, to: counted })
    }
  })
  return impact
}

export const recountJobs = { [queue]: recountDueDates }
