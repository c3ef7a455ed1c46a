import { systemCtx, transact } from '../../../platform/ctx.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { listOfficers } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { sendEmail } from '../../notifications/index.ts'
import { findDossier } from '../dossiers.store.ts'
import { deskDossierHref } from '../pages/desk/hrefs.ts'
import { findAccountRequest, markAccountReminded } from './accountability.store.ts'

export const accountReminderQueue = 'dossiers.accountability-reminder'

/** When its date has passed without an answer, who is responsible and who leads the agency are reminded, once. */
const remind: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, accountReminderQueue)
  const request = await findAccountRequest(ctx.db, String(payload.requestId))
  const dossier = request && !request.answeredAt ? await findDossier(ctx.db, request.dossierId) : undefined
  if (!request || !dossier) return
  const officers = (await listOfficers(ctx.db, { agencyCode: dossier.agencyCode })).filter((o) => o.agencyCode === dossier.agencyCode && o.email && (o.id === request.responsibleOfficer || o.roles.includes('leader')))
  await transact(ctx, async (tx) => {
    if (!(await markAccountReminded(tx, request.id, ctx.now))) return
    await appendEvent(tx, ctx, { type: 'accountability.overdue', subject: dossier.id, data: { requestId: request.id, responsible: request.responsibleOfficer } })
    for (const o of officers) {
      await sendEmail(tx, ctx, { to: { name: o.name, address: o.email! }, subjectKey: 'dossiers.accountability.mail.title', textKey: 'dossiers.accountability.mail.text', params: { code: dossier.code ?? dossier.reference, due: request.dueAt ? formatDateTime(request.dueAt) : '–', url: `${node.config.baseUrl}${deskDossierHref(dossier.id)}` }, key: `accountability:${request.id}:${o.id}` })
    }
  })
  node.nudge('jobs')
}

export const accountReminderJobs = { [accountReminderQueue]: remind }
