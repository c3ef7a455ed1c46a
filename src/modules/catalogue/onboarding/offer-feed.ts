import { z } from 'zod'
import { systemCtx } from '../../../platform/ctx.ts'
import type { Db } from '../../../platform/db.ts'
import type { Follower, ServiceHandler } from '../../../platform/module.ts'
import { broadcast, sendMany } from '../../exchange/index.ts'
import { errors } from '../catalogue.errors.ts'
import { insertOfferChange } from './change-offer.ts'
import { serviceStates } from './offer-state.ts'

export const serviceChangeService = 'catalogue.service-change'

interface Row { id: string; procedureCode: string; state: string; reasonVi: string; reasonEn: string | null; noticeNumber: string | null; fromAt: Date; decidedAt: Date; decidedBy: string }

const readChanges = (db: Db, id?: string) => db<Row[]>`
  SELECT id, procedure_code AS "procedureCode", state, reason_vi AS "reasonVi", reason_en AS "reasonEn", notice_number AS "noticeNumber", from_at AS "fromAt", decided_at AS "decidedAt", decided_by AS "decidedBy"
  FROM catalogue.service_change ${id ? db`WHERE id = ${id}` : db``} ORDER BY id`

/** Carries suspensions and resumptions down from the national node; a node that enrols gets all of them. */
export const serviceFeed: Follower = {
  name: 'catalogue.services',
  title: 'catalogue.follower.services',
  types: ['catalogue.service_changed', 'exchange.node_enrolled'],
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'catalogue.services')
    for (const event of events) {
      if (event.type === 'exchange.node_enrolled') await sendMany(tx, ctx, (await readChanges(tx)).map((row) => ({ to: event.subject, service: serviceChangeService, subject: row.procedureCode, payload: row })))
      else for (const row of await readChanges(tx, event.data.change as string)) await broadcast(tx, ctx, { service: serviceChangeService, subject: row.procedureCode, payload: row })
    }
  },
}

const message = z.object({
  id: z.uuid(), procedureCode: z.string(), state: z.enum(serviceStates), reasonVi: z.string().min(1), reasonEn: z.string().nullable(), noticeNumber: z.string().nullable(),
  fromAt: z.iso.datetime(), decidedAt: z.iso.datetime(), decidedBy: z.string(),
})

/** Takes a change over, at a local node. A change that is here already stays as it is. */
export const receiveServiceChange: ServiceHandler = async (tx, ctx, { from, payload }) => {
  if (from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const parsed = message.safeParse(payload)
  if (!parsed.success) throw errors.CONTENT_INVALID({ mistakes: parsed.error.issues.slice(0, 5).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') })
  const { reasonEn, noticeNumber, fromAt, decidedAt, ...rest } = parsed.data
  await insertOfferChange(tx, { ...rest, ...(reasonEn ? { reasonEn } : {}), ...(noticeNumber ? { noticeNumber } : {}), fromAt: new Date(fromAt), decidedAt: new Date(decidedAt) })
}
