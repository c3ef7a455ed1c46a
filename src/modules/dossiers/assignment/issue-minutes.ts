import { systemCtx, transact } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { findDocumentByKey, renderPdf, signPdf, storeDocument } from '../../documents/index.ts'
import { officerName } from '../../identity/index.ts'
import { findAdministrativeUnit, findAgency, getAgency } from '../../organisations/index.ts'
import { findDossiers } from '../dossiers.store.ts'
import { findHandover } from './assignment.store.ts'

export const minutesQueue = 'dossiers.handover-minutes'
export const minutesKey = (handoverId: string): string => `handover:${handoverId}`

/** Typesets and seals the minutes of a hand-over, once however often the job runs. */
const issueMinutes: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, minutesQueue)
  const handover = await findHandover(ctx.db, String(payload.handoverId))
  if (!handover || (await findDocumentByKey(ctx.db, minutesKey(handover.id)))) return
  const [dossiers, agency, from, to] = await Promise.all([findDossiers(ctx.db, handover.items.map((i) => i.dossierId)), getAgency(ctx.db, handover.agencyCode, ctx.now), officerName(ctx.db, handover.fromOfficer), officerName(ctx.db, handover.toOfficer)])
  const [superior, place, names] = await Promise.all([
    agency.parentCode ? findAgency(ctx.db, agency.parentCode, ctx.now) : undefined, agency.administrativeUnitCode ? findAdministrativeUnit(ctx.db, agency.administrativeUnitCode, ctx.now) : undefined,
    procedureNames(ctx.db, dossiers.map((d) => d.procedureCode), 'vi'),
  ])
  const known = new Map(dossiers.map((d) => [d.id, d]))
  const pdf = await renderPdf(node, 'handover-minutes', {
    head: { superior: superior?.nameVi ?? null, agency: agency.nameVi, place: place?.name ?? 'Hà Nội', date: civilDate(handover.at) },
    mark: { url: `${node.config.baseUrl}/kiem-tra-van-ban`, code: handover.id.slice(0, 13).toUpperCase() },
    signature: { position: 'Người giao', name: from ?? '–', signedBy: agency.nameVi, signedAt: ctx.now },
    receiver: to ?? '–', reason: handover.reason, at: handover.at,
    dossiers: handover.items.map((item) => {
      const dossier = known.get(item.dossierId)
      return { code: dossier?.code ?? dossier?.reference ?? item.dossierId, procedure: dossier ? names.get(dossier.procedureCode) ?? dossier.procedureCode : '–', step: item.step.vi, state: ctx.t(`dossiers.state.${item.state}`), dueAt: new Date(item.dueAt) }
    }),
  })
  const sealed = await signPdf(node, pdf, { signer: { agencyCode: agency.code, name: agency.nameVi } })
  await transact(ctx, (tx) => storeDocument(tx, ctx, { kind: 'handover-minutes', subject: handover.id, title: ctx.t('dossiers.assignment.minutes'), bytes: sealed, signedAt: ctx.now, key: minutesKey(handover.id) }))
}

export const minutesJobs = { [minutesQueue]: issueMinutes }
