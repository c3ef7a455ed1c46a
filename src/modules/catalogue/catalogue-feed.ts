import { z } from 'zod'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower, InboundMessage, ServiceHandler } from '../../platform/module.ts'
import { broadcast, sendMany } from '../exchange/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { applyProcedure, procedureForExchange } from './apply-procedure.ts'
import { errors } from './catalogue.errors.ts'
import { keepAbolitions, listAbolitions, type Abolition } from './decisions/abolish-procedures.ts'
import { ownerOfCode } from './decisions/local-part.ts'
import { findVersionRow } from './procedure.store.ts'
import type { ExchangedProcedure, Origin } from './procedure-version.ts'

export const procedureService = 'catalogue.procedure'
export const abolitionService = 'catalogue.abolition'

/**
 * Carries the catalogue down, at the national node: each published version goes to every enrolled node, and a node that enrols with
 * nothing gets all versions. In one follower, so that the versions of a procedure leave in their order, its abolition after them. What a province
 * made of a ministry's procedure goes to that province alone: nobody else receives dossiers for it.
 */
export const catalogueFeed: Follower = {
  name: 'catalogue.feed',
  title: 'catalogue.follower.feed',
  types: ['catalogue.procedure_published', 'catalogue.procedure_abolished', 'exchange.node_enrolled'],
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'catalogue.feed')
    for (const event of events) {
      if (event.type === 'exchange.node_enrolled') await sendCatalogue(tx, ctx, event.subject)
      else await sendEntry(tx, ctx, event)
    }
  },
}

/** One version, or one abolition, to whom it concerns. */
async function sendEntry(tx: Tx, ctx: Ctx, event: LedgerEvent): Promise<void> {
  const code = event.subject
  if (event.type === 'catalogue.procedure_abolished') {
    const [abolition] = await listAbolitions(tx, [code])
    if (abolition) await sendToConcerned(tx, ctx, { service: abolitionService, subject: code, payload: abolitionForExchange(abolition) }, abolition.cascadeOf !== null)
    return
  }
  const payload = await procedureForExchange(tx, { code, version: event.data.version as number })
  await sendToConcerned(tx, ctx, { service: procedureService, subject: code, payload }, typeof payload.baseVersion === 'number')
}

async function sendToConcerned(tx: Tx, ctx: Ctx, message: { service: string; subject: string; payload: unknown }, isCopy: boolean): Promise<void> {
  if (!isCopy) await broadcast(tx, ctx, message)
  else await broadcast(tx, ctx, message, [ownerOfCode(message.subject)!])
}

const pageSize = 100

interface Row { code: string; version: number; content: unknown; hash: string; origin: Origin; decisionNumber: string | null; decisionDate: string | null; validFrom: string; publishedAt: Date; baseVersion: number | null }

/** All versions of all procedures that concern a node, page by page, then the abolitions. */
async function sendCatalogue(tx: Tx, ctx: Ctx, to: string): Promise<void> {
  for (let after = { code: '', version: 0 }; ;) {
    const rows = await tx<Row[]>`
      SELECT code, version, content, content_hash AS hash, origin, decision_number AS "decisionNumber", decision_date AS "decisionDate", valid_from AS "validFrom", published_at AS "publishedAt", base_version AS "baseVersion"
      FROM catalogue.procedure_version WHERE (code, version) > (${after.code}, ${after.version}) AND (base_version IS NULL OR right(code, 3) = ${to}) ORDER BY code, version LIMIT ${pageSize}`
    await sendMany(tx, ctx, rows.map(({ code, publishedAt, baseVersion, ...row }) => ({ to, service: procedureService, subject: code, payload: { ...row, publishedAt: publishedAt.toISOString(), ...(baseVersion === null ? {} : { baseVersion }) } satisfies ExchangedProcedure })))
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) break
    after = last
  }
  const abolitions = (await listAbolitions(tx)).filter((a) => a.cascadeOf === null || ownerOfCode(a.code) === to)
  await sendMany(tx, ctx, abolitions.map((a) => ({ to, service: abolitionService, subject: a.code, payload: abolitionForExchange(a) })))
}

const abolitionForExchange = ({ code: _, abolishedAt, publishedAt, ...rest }: Abolition) => ({ ...rest, abolishedAt: abolishedAt.toISOString(), publishedAt: publishedAt.toISOString() })

const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const messageSchema = z.object({
  content: z.unknown(), version: z.number().int().positive(), hash: z.string(), origin: z.enum(['authored', 'shipped', 'imported']),
  decisionNumber: z.string().nullable(), decisionDate: civilDate.nullable(), validFrom: civilDate, publishedAt: z.iso.datetime(), baseVersion: z.number().int().positive().optional(),
})

/** Takes a version over, at a local node. Only the national node may say what a procedure is. */
export const receiveProcedure: ServiceHandler = async (tx, ctx, message) => {
  const record = read(ctx, message, messageSchema)
  // Sent again after an enrolment: most are here already, and need no lock.
  const known = await findVersionRow(tx, message.subject, record.version)
  if (known?.hash !== record.hash) await applyProcedure(tx, ctx, record)
}

const abolitionSchema = z.object({ abolishedOn: civilDate, abolishedAt: z.iso.datetime(), decisionNumber: z.string(), decisionDate: civilDate.nullable(), cascadeOf: z.string().nullable(), publishedAt: z.iso.datetime() })

/** Takes an abolition over, at a local node. */
export const receiveAbolition: ServiceHandler = async (tx, ctx, message) => {
  const record = read(ctx, message, abolitionSchema)
  const fresh = await keepAbolitions(tx, ctx, [{ ...record, code: message.subject, abolishedAt: new Date(record.abolishedAt), publishedAt: new Date(record.publishedAt) }])
  if (fresh.length > 0) await appendEvent(tx, ctx, { type: 'catalogue.abolition_applied', subject: message.subject, data: { code: message.subject, abolishedOn: record.abolishedOn } })
}

function read<T>(ctx: Ctx, message: InboundMessage, schema: z.ZodType<T>): T {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const parsed = schema.safeParse(message.payload)
  if (!parsed.success) throw errors.CONTENT_INVALID({ mistakes: parsed.error.issues.slice(0, 5).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') })
  return parsed.data
}
