import { systemCtx } from '../../platform/ctx.ts'
import { transact } from '../../platform/ctx.ts'
import { enqueue, type JobHandler } from '../../platform/jobs.ts'
import type { Follower } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { findDocumentByKey, renderPdf, signPdf, storeDocument } from '../documents/index.ts'
import { officerName } from '../identity/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { getAgency } from '../organisations/index.ts'
import { buildSlip, slipOfEvent, type SlipKind } from './papers/build-slip.ts'
import { findDossier } from './dossiers.store.ts'

const queue = 'dossiers.issue-slip'

/** Asks for a slip after each event that the applicant must have on paper. */
export function slipFollower(node: Node): Follower {
  return {
    name: 'dossiers.slips',
    title: 'dossiers.follower.slips',
    types: Object.keys(slipOfEvent),
    patient: true,
    async handle(tx, events) {
      for (const e of events) {
        if (e.data.node !== node.config.code || e.data.mirrored) continue
        await enqueue(tx, { queue, key: `${e.position}`, payload: { dossierId: e.subject, kind: slipOfEvent[e.type]!, actor: e.actor, inPlaceOf: e.data.inPlaceOf ?? null, at: e.at.toISOString(), position: e.position } })
      }
      node.nudge('jobs')
    },
  }
}

interface SlipJob { dossierId: string; kind: SlipKind; actor: string; inPlaceOf?: string | null; at: string; position: number }

/** Typesets, seals and keeps a slip, once per event however often the job runs. */
const issueSlip: JobHandler = async (node, payload) => {
  const job = payload as unknown as SlipJob
  const ctx = systemCtx(node, queue)
  const key = `slip:${job.position}`
  const dossier = await findDossier(ctx.db, job.dossierId)
  if (!dossier || (await findDocumentByKey(ctx.db, key))) return
  const at = new Date(job.at)
  const own = (await officerName(ctx.db, job.actor)) ?? 'Hệ thống'
  const other = job.inPlaceOf ? await officerName(ctx.db, job.inPlaceOf) : undefined
  const name = other ? ctx.t('dossiers.inPlaceOf', { name: own, other }) : own
  const agency = await getAgency(ctx.db, dossier.agencyCode, ctx.now)
  const pdf = await signPdf(node, await renderPdf(node, job.kind, (await buildSlip(ctx, job.kind, dossier, { name, at, sealedAt: ctx.now })) as never), { signer: { agencyCode: agency.code, name: agency.nameVi } })
  await transact(ctx, async (tx) => {
    const documentId = await storeDocument(tx, ctx, { kind: job.kind, subject: dossier.id, title: ctx.t(`dossiers.paper.${job.kind}`), bytes: pdf, signedAt: ctx.now, key, fileName: `${job.kind}-${dossier.code ?? dossier.reference}.pdf` })
    await appendEvent(tx, ctx, { type: 'dossier.letter_issued', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, documentId, kind: job.kind } })
  })
}

export const slipJobs = { [queue]: issueSlip }
