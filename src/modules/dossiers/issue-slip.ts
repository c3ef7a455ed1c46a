import { systemCtx } from '../../platform/ctx.ts'
import { transact } from '../../platform/ctx.ts'
import { enqueue, type JobHandler } from '../../platform/jobs.ts'
import type { Follower } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { civilDate } from '../../platform/i18n.ts'
import { findDocumentByKey, findOfficialForm, renderPdf, signPdf, storeDocument, type OfficialForm } from '../documents/index.ts'
import { officerName } from '../identity/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { getAgency } from '../organisations/index.ts'
import { buildSlip, innerPapers, slipsOfEvent, type SlipKind } from './papers/build-slip.ts'
import { registerPlace } from './papers/paper-base.ts'
import type { Dossier } from './dossier.ts'
import { findDossier, nextNumber } from './dossiers.store.ts'

const queue = 'dossiers.issue-slip'

/** Asks for a slip after each event that the applicant must have on paper. */
export function slipFollower(node: Node): Follower {
  return {
    name: 'dossiers.slips',
    title: 'dossiers.follower.slips',
    types: Object.keys(slipsOfEvent),
    patient: true,
    async handle(tx, events) {
      for (const e of events) {
        if (e.data.node !== node.config.code || e.data.mirrored) continue
        for (const kind of slipsOfEvent[e.type]!) {
          await enqueue(tx, { queue, key: keyOf(e.position, kind), payload: { dossierId: e.subject, kind, actor: e.actor, inPlaceOf: e.data.inPlaceOf ?? null, at: e.at.toISOString(), position: e.position } })
        }
      }
      node.nudge('jobs')
    },
  }
}

/** One event may ask for a paper for the applicant and one for the office. */
const keyOf = (position: number, kind: SlipKind): string => (innerPapers.has(kind) ? `${position}:${kind}` : `${position}`)

interface SlipJob { dossierId: string; kind: SlipKind; actor: string; inPlaceOf?: string | null; at: string; position: number }

/** Typesets, seals and keeps a slip, once per event however often the job runs. */
const issueSlip: JobHandler = async (node, payload) => {
  const job = payload as unknown as SlipJob
  const ctx = systemCtx(node, queue)
  const key = `slip:${keyOf(job.position, job.kind)}`
  const dossier = await findDossier(ctx.db, job.dossierId)
  const at = new Date(job.at)
  const form = await findOfficialForm(ctx.db, job.kind, civilDate(at))
  // What was never received has no way through the office to tell of.
  if (!dossier || !form || (job.kind === 'control-slip' && !dossier.receivedAt) || (await findDocumentByKey(ctx.db, key))) return
  const own = (await officerName(ctx.db, job.actor)) ?? 'Hệ thống'
  const other = job.inPlaceOf ? await officerName(ctx.db, job.inPlaceOf) : undefined
  const name = other ? ctx.t('dossiers.inPlaceOf', { name: own, other }) : own
  const agency = await getAgency(ctx.db, dossier.agencyCode, ctx.now)
  const data = await buildSlip(ctx, job.kind, dossier, { name, at, sealedAt: ctx.now }, form)
  const make = async (number: string | null): Promise<Buffer> => signPdf(node, await renderPdf(node, job.kind, { ...data, head: { ...data.head, number } } as never), { signer: { agencyCode: agency.code, name: agency.nameVi } })
  const isNumbered = form.sign !== null && job.kind !== 'appointment-slip'
  // Slips of appointment are many and bear the number of their dossier: typeset before the transaction. The others wait for their number of the year.
  const ready = isNumbered ? undefined : await make(ownNumber(form, dossier))
  await transact(ctx, async (tx) => {
    const number = isNumbered ? `${await nextNumber(tx, `${dossier.agencyCode}/${job.kind}/${civilDate(at).slice(0, 4)}`)}/${form.sign}` : ownNumber(form, dossier)
    const pdf = ready ?? (await make(number))
    const documentId = await storeDocument(tx, ctx, { kind: job.kind, subject: dossier.id, title: form.title, bytes: pdf, signedAt: ctx.now, key, fileName: `${job.kind}-${dossier.code ?? dossier.reference}.pdf`, ...(number ? { number } : {}) })
    if (!innerPapers.has(job.kind)) await appendEvent(tx, ctx, { type: 'dossier.letter_issued', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId, kind: job.kind } })
  })
}

/** The number of a slip that takes it from the dossier: "261123-0007/TNHS". */
function ownNumber(form: OfficialForm, dossier: Dossier): string | null {
  const { sequence } = registerPlace(dossier)
  return form.sign && sequence ? `${sequence}/${form.sign}` : null
}

export const slipJobs = { [queue]: issueSlip }
