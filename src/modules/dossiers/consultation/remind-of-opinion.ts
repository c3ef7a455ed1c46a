import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { listOfficers } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { sendEmail } from '../../notifications/index.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { findConsultation, markReminded } from './consultation.store.ts'
import { consultationHref } from './pages/hrefs.ts'

export const reminderQueue = 'dossiers.consultation-reminder'
const mostMails = 20

/** When the date of an open question has passed: its agency is reminded, once, by mail to the officers who handle dossiers there. */
const remind: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, reminderQueue)
  const c = await findConsultation(ctx.db, String(payload.consultationId))
  if (!c || c.answeredAt) return
  const officers = (await listOfficers(ctx.db, { agencyCode: c.askedAgency })).filter((o) => o.agencyCode === c.askedAgency && o.email && (o.roles.includes('specialist') || o.roles.includes('leader')))
  await transact(ctx, async (tx) => {
    if (!(await markReminded(tx, c.id, ctx.now))) return
    await appendEvent(tx, ctx, { type: 'consultation.reminded', subject: c.id, data: { to: c.askedAgency, due: c.dueAt.toISOString() } })
    for (const o of officers.slice(0, mostMails)) {
      await sendEmail(tx, ctx, { to: { name: o.name, address: o.email! }, subjectKey: 'dossiers.consultation.mail.title', textKey: 'dossiers.consultation.mail.text', params: { code: c.dossierCode, due: formatDateTime(c.dueAt), url: `${node.config.baseUrl}${consultationHref(c.id)}` }, key: `consultation:${c.id}:${o.id}` })
    }
  })
  node.nudge('jobs')
}

export const reminderJobs = { [reminderQueue]: remind }
