import { z } from 'zod'
import type { ServiceHandler } from '../../../../platform/module.ts'
import { accountForSubject } from '../../citizens/account.store.ts'

const reportSchema = z.object({
  at: z.iso.datetime(), reader: z.string().max(100), agency: z.string().max(60), subject: z.string().min(1).max(200), subjectNode: z.string().max(10), object: z.string().max(500).nullable(), purpose: z.string().max(200), requestId: z.string().max(100),
})

/** At the national node: an officer of another node read a person's data. Whose they are is known by the subject that node uses; a person without an account here has nobody to show it to. */
export const receiveAccess: ServiceHandler = async (tx, ctx, message) => {
  if (ctx.node.config.kind !== 'national') return
  const { data: report } = reportSchema.safeParse(message.payload)
  if (!report) return void ctx.log.warn({ from: message.from, message: message.id }, 'a report of a look at personal data cannot be read')
  const account = await accountForSubject(tx, report.subjectNode, report.subject)
  if (!account) return
  await tx`
    INSERT INTO identity.access_log (at, reader, agency_code, subject, object, purpose, request_id, node_code)
    VALUES (${report.at}, ${report.reader}, ${report.agency}, ${account.id}, ${report.object}, ${report.purpose}, ${report.requestId}, ${message.from})`
}
