import { systemCtx } from '../../platform/ctx.ts'
import type { Follower, ServiceHandler } from '../../platform/module.ts'
import { broadcast, sendMany } from '../exchange/index.ts'
import { errors } from './decisions.errors.ts'
import { findTableVersion, listAuthoredTables, type TableVersion } from './decisions.store.ts'
import { publishTable } from './publish-table.ts'

export const tableService = 'decisions.table'

const subjectOf = ({ key, version }: TableVersion): string => `${key} v${version}`
const payloadOf = ({ version, owner, validFrom, definition, examples }: TableVersion) => ({ version, owner, validFrom, definition, examples })

/** Carries the tables that officers publish down to the local nodes, at the national node; a node that enrols gets them all. What is shipped with the program every node has. */
export const tableFeed: Follower = {
  name: 'decisions.feed',
  title: 'decisions.follower.feed',
  types: ['decision.table_published', 'exchange.node_enrolled'],
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'decisions.feed')
    for (const event of events) {
      if (event.type === 'exchange.node_enrolled') {
        await sendMany(tx, ctx, (await listAuthoredTables(tx)).map((table) => ({ to: event.subject, service: tableService, subject: subjectOf(table), payload: payloadOf(table) })))
      } else {
        const table = await findTableVersion(tx, event.subject, event.data.version as number)
        if (table?.origin === 'authored') await broadcast(tx, ctx, { service: tableService, subject: subjectOf(table), payload: payloadOf(table) })
      }
    }
  },
}

/** Takes a version over, at a local node, after the check that publishing makes. Only the national node may say what a table is. */
export const receiveTable: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const { version, owner, validFrom, definition, examples } = (message.payload ?? {}) as Partial<ReturnType<typeof payloadOf>>
  if (!Number.isInteger(version) || typeof owner !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(validFrom ?? '')) throw errors.TABLE_INVALID({ mistake: 'version, owner, validFrom' })
  const mistakes = await publishTable(tx, ctx, { version: version!, owner, validFrom: validFrom!, definition, examples, origin: 'authored', publishedBy: null, publishedName: null })
  if (mistakes.length > 0) throw errors.TABLE_INVALID({ mistake: mistakes.slice(0, 3).map(({ field, key }) => `${field}: ${key}`).join('; ') })
}
