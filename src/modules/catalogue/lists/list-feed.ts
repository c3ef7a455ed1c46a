import { z } from 'zod'
import { systemCtx } from '../../../platform/ctx.ts'
import type { Follower, ServiceHandler } from '../../../platform/module.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { broadcast, sendMany } from '../../exchange/index.ts'
import { errors } from '../catalogue.errors.ts'
import { takeEffect } from './change-entry.ts'
import { everyChange, findChange, insertChange, lockEntry, type ListChange } from './list-change.store.ts'
import { listActions, listNames } from './list-definition.ts'
import { findList } from './list-definitions.ts'

export const listService = 'catalogue.list-change'

const payloadOf = (change: ListChange) => ({ ...change, changedAt: change.changedAt.toISOString() })

/** Carries every change of a shared catalogue down to the local nodes, at the national node; a node that enrols gets them all. */
export const listFeed: Follower = {
  name: 'catalogue.list-feed',
  title: 'catalogue.follower.listFeed',
  types: ['catalogue.list_changed', 'exchange.node_enrolled'],
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'catalogue.list-feed')
    for (const event of events) {
      if (event.type === 'exchange.node_enrolled') {
        const changes = await everyChange(tx)
        for (let i = 0; i < changes.length; i += 100) await sendMany(tx, ctx, changes.slice(i, i + 100).map((change) => ({ to: event.subject, service: listService, subject: `${change.list}/${change.key}`, payload: payloadOf(change) })))
      } else {
        const change = await findChange(tx, { list: event.data.list as string, key: event.data.key as string, revision: event.data.revision as number })
        if (change) await broadcast(tx, ctx, { service: listService, subject: event.subject, payload: payloadOf(change) })
      }
    }
  },
}

const values = z.record(z.string(), z.string().nullable()).nullable()
const changeSchema = z.object({
  id: z.uuid(), list: z.enum(listNames), key: z.string().max(100), revision: z.number().int().positive(), action: z.enum(listActions), fromDate: z.iso.date(), before: values, after: values,
  basis: z.string(), rightSource: z.string(), actor: z.string(), agencyCode: z.string(), importId: z.uuid().nullable(), changedAt: z.iso.datetime().transform((at) => new Date(at)),
})

/** Takes a change over, at a local node. Only the national node may say what stands in a shared catalogue. */
export const receiveListChange: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const parsed = changeSchema.safeParse(message.payload)
  if (!parsed.success) throw errors.CONTENT_INVALID({ mistakes: parsed.error.issues.slice(0, 5).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') })
  const list = findList(parsed.data.list)!
  await lockEntry(tx, list.name, parsed.data.key)
  if (await insertChange(tx, parsed.data)) await takeEffect(tx, list, parsed.data, civilDate(ctx.now))
}
