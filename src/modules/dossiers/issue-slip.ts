import { systemCtx, transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueueAll, type JobHandler } from '../../platform/jobs.ts'
import type { Follower, OrderedPaper, PaperMaker } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { civilDate } from '../../platform/i18n.ts'
import { findDocumentByKey, findOfficialForm, orderPapers, renderPdf, signPdf, storeDocument, type OfficialForm } from '../documents/index.ts'
import { officerName } from '../identity/index.ts'
import { listEvents } from '../ledger/index.ts'
import { getAgency } from '../organisations/index.ts'
import { buildSlip, innerPapers, slipsOfEvent, type SlipKind } from './papers/build-slip.ts'
import { tellOfLetter } from './papers/issue-result.ts'
import { registerPlace } from './papers/paper-base.ts'
import { papersMayWait } from './papers/papers-may-wait.ts'
import type { Dossier, DossierFacts } from './dossier.ts'
import { errors } from './dossiers.errors.ts'
import { findDossier, findDossiers, nextNumber } from './dossiers.store.ts'

const queue = 'dossiers.issue-slip'

/** Asks for a slip after each event that the applicant must have on paper. */
export function slipFollower(node: Node): Follower {
  return {
    name: 'dossiers.slips',
    title: 'dossiers.follower.slips',
    types: Object.keys(slipsOfEvent),
    patient: true,
    async handle(tx, events) {
      const ctx = systemCtx(node, queue)
      const jobs = events.filter((e) => e.data.node === node.config.code && !e.data.mirrored).flatMap((e) => slipsOfEvent[e.type]!.map((kind): SlipJob => (
        { dossierId: e.subject, kind, actor: e.actor, inPlaceOf: (e.data.inPlaceOf as string | undefined) ?? null, at: e.at.toISOString(), position: e.position })))
      const waiting = await orderSlips(tx, ctx, jobs)
      await enqueueAll(tx, jobs.filter((job) => !waiting.has(job)).map((job) => ({ queue, key: keyOf(job), payload: { ...job } })))
      node.nudge('jobs')
    },
  }
}

/** One event may ask for a paper for the applicant and one for the office. */
const keyOf = ({ position, kind }: SlipJob): string => (innerPapers.has(kind) ? `${position}:${kind}` : `${position}`)
const documentKey = (job: SlipJob): string => `slip:${keyOf(job)}`

interface SlipJob { dossierId: string; kind: SlipKind; actor: string; inPlaceOf?: string | null; at: string; position: number }

/** Papers without a number of their own; they can be made at any time. Those with one go out in the order of their numbers. */
const mayBeOrdered: ReadonlySet<SlipKind> = new Set<SlipKind>(['appointment-slip', 'control-slip'])

/** Orders the slips that may wait until somebody opens them; returns which those are. */
async function orderSlips(tx: Tx, ctx: Ctx, jobs: readonly SlipJob[]): Promise<Set<SlipJob>> {
  if (ctx.node.config.papers === 'at-once') return new Set()
  const candidates = jobs.filter((job) => mayBeOrdered.has(job.kind))
  const dossiers = new Map((await findDossiers(tx, candidates.map((job) => job.dossierId))).map((d) => [d.id, d]))
  const ordered = candidates.filter((job) => dossiers.has(job.dossierId) && papersMayWait(ctx.node, dossiers.get(job.dossierId)!) && wasReceived(job, dossiers.get(job.dossierId)!))
  const forms = new Map(await Promise.all([...new Set(ordered.map(formKey))].map(async (key) => [key, await findOfficialForm(tx, ...(key.split(' ') as [SlipKind, string]))] as const)))
  await orderPapers(tx, ctx, ordered.flatMap((job) => {
    const [form, dossier] = [forms.get(formKey(job)), dossiers.get(job.dossierId)!]
    return form ? [{ ...aboutOf(job, form, dossier), number: ownNumber(form, dossier), maker: queue, payload: { ...job } }] : []
  }))
  return new Set(ordered)
}

const formKey = (job: SlipJob): string => `${job.kind} ${civilDate(new Date(job.at))}`
/** What was never received has no way through the office to tell of. */
const wasReceived = (job: SlipJob, dossier: Dossier): boolean => job.kind !== 'control-slip' || dossier.receivedAt !== null
const aboutOf = (job: SlipJob, form: OfficialForm, dossier: Dossier) => ({ kind: job.kind, subject: dossier.id, title: form.title, key: documentKey(job), fileName: `${job.kind}-${dossier.code ?? dossier.reference}.pdf` })

/** Typesets, seals and keeps a slip, once per event however often the job runs. */
const issueSlip: JobHandler = async (node, payload) => {
  const job = payload as unknown as SlipJob
  const ctx = systemCtx(node, queue)
  const [dossier, form] = await Promise.all([findDossier(ctx.db, job.dossierId), findOfficialForm(ctx.db, job.kind, civilDate(new Date(job.at)))])
  if (!dossier || !form || !wasReceived(job, dossier) || (await findDocumentByKey(ctx.db, documentKey(job)))) return
  const make = await slipMaker(ctx, job, dossier, form)
  const isNumbered = form.sign !== null && job.kind !== 'appointment-slip'
  // Slips of appointment are many and bear the number of their dossier: typeset before the transaction. The others wait for their number of the year.
  const ready = isNumbered ? undefined : await make(ownNumber(form, dossier), { later: true })
  await transact(ctx, async (tx) => {
    const number = isNumbered ? `${await nextNumber(tx, `${dossier.agencyCode}/${job.kind}/${civilDate(new Date(job.at)).slice(0, 4)}`)}/${form.sign}` : ownNumber(form, dossier)
    const documentId = await storeDocument(tx, ctx, { ...aboutOf(job, form, dossier), bytes: ready ?? (await make(number)), signedAt: ctx.now, ...(number ? { number } : {}) })
    await tellOfSlip(tx, ctx, { id: documentId, kind: job.kind, subject: dossier.id })
  })
}

/** Collects what a slip says; what it gives typesets and seals it under a number. */
async function slipMaker(ctx: Ctx, job: SlipJob, now: Dossier, form: OfficialForm): Promise<(number: string | null, options?: { later?: boolean }) => Promise<Buffer>> {
  const dossier = await asOf(ctx, job, now)
  const own = (await officerName(ctx.db, job.actor)) ?? 'Hệ thống'
  const other = job.inPlaceOf ? await officerName(ctx.db, job.inPlaceOf) : undefined
  const name = other ? ctx.t('dossiers.inPlaceOf', { name: own, other }) : own
  const agency = await getAgency(ctx.db, dossier.agencyCode, ctx.now)
  const data = await buildSlip(ctx, job.kind, dossier, { name, at: new Date(job.at), sealedAt: ctx.now }, form)
  return async (number, options) => signPdf(ctx.node, await renderPdf(ctx.node, job.kind, { ...data, head: { ...data.head, number } } as never, options), { signer: { agencyCode: agency.code, name: agency.nameVi } })
}

/** The dossier as the ledger has it at the event that asks for the slip, however late it is made. */
async function asOf(ctx: Ctx, job: SlipJob, now: Dossier): Promise<Dossier> {
  const event = (await listEvents(ctx.db, now.id)).find((e) => e.position === job.position)
  if (!event) return now
  const { agency, dueAt, promisedAt } = event.data as unknown as DossierFacts
  return { ...now, agencyCode: agency, dueAt: dueAt === null ? null : new Date(dueAt), promisedAt: promisedAt === null ? null : new Date(promisedAt) }
}

/** Papers of the office alone are no letters. */
async function tellOfSlip(tx: Tx, ctx: Ctx, paper: Pick<OrderedPaper, 'id' | 'kind' | 'subject'>): Promise<void> {
  if (!innerPapers.has(paper.kind)) await tellOfLetter(tx, ctx, paper)
}

/** The number of a slip that takes it from the dossier: "261123-0007/TNHS". */
function ownNumber(form: OfficialForm, dossier: Dossier): string | null {
  const { sequence } = registerPlace(dossier)
  return form.sign && sequence ? `${sequence}/${form.sign}` : null
}

export const slipJobs = { [queue]: issueSlip }
export const slipPapers: Record<string, PaperMaker> = {
  [queue]: {
    async make(ctx, paper, payload) {
      const job = payload as unknown as SlipJob
      const [dossier, form] = await Promise.all([findDossier(ctx.db, job.dossierId), findOfficialForm(ctx.db, job.kind, civilDate(new Date(job.at)))])
      if (!dossier || !form) throw errors.NOT_FOUND()
      return (await slipMaker(ctx, job, dossier, form))(paper.number)
    },
    kept: tellOfSlip,
  },
}
