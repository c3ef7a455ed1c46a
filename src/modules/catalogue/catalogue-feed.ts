import { z } from 'zod'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower, InboundMessage, ServiceHandler } from '../../platform/module.ts'
import { enrolledNodes, sendMany } from '../exchange/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { applyProcedure, applyProcedures } from './apply-procedure.ts'
import { errors } from './catalogue.errors.ts'
import { keepAbolitions, listAbolitions, type Abolition } from './decisions/abolish-procedures.ts'
import { ownerOfCode } from './decisions/local-part.ts'
import { decodeKid, isSignedByNational, keepSignatures, signVersions } from './open-data/sign-version.ts'
import { findVersionRow } from './procedure.store.ts'
import type { ExchangedProcedure, Origin } from './procedure-version.ts'

export const procedureService = 'catalogue.procedure'
export const abolitionService = 'catalogue.abolition'

/** Many versions in one message: a whole catalogue, a decision about hundreds of procedures. */
export const pageService = 'catalogue.page'

/**
 * Carries the catalogue down, at the national node: what is published goes to every enrolled node, and a node that enrols gets everything.
 * What a province made of a ministry's procedure goes to that province alone: nobody else receives dossiers for it.
 * Versions and abolitions may arrive in any order; a node comes to the same end.
 */
export const catalogueFeed: Follower = {
  name: 'catalogue.feed',
  title: 'catalogue.follower.feed',
  types: ['catalogue.procedure_published', 'catalogue.procedure_abolished', 'exchange.node_enrolled'],
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'catalogue.feed')
    const entries = events.filter((e) => e.type !== 'exchange.node_enrolled')
    const nodes = entries.length > 0 ? await enrolledNodes(tx, ctx) : []
    if (nodes.length > 0) await sendEntries(tx, ctx, entries, nodes)
    for (const event of events.filter((e) => e.type === 'exchange.node_enrolled')) await sendCatalogue(tx, ctx, event.subject)
  },
}

/** From this many on, versions travel together. */
const manyFrom = 10
const pageSize = 100

const concerns = (code: string, isCopy: boolean, node: string): boolean => !isCopy || ownerOfCode(code) === node

async function sendEntries(tx: Tx, ctx: Ctx, events: readonly LedgerEvent[], nodes: readonly string[]): Promise<void> {
  const published = events.filter((e) => e.type === 'catalogue.procedure_published')
  const rows = published.length === 0 ? [] : await tx<Row[]>`
    SELECT ${columns(tx)} FROM jsonb_to_recordset(${tx.json(published.map((e, n) => ({ n, code: e.subject, version: e.data.version as number })) as never)}) AS e (n int, code text, version int) JOIN catalogue.procedure_version v USING (code, version) ORDER BY e.n`
  const abolished = events.filter((e) => e.type === 'catalogue.procedure_abolished').map((e) => e.subject)
  const abolitions = abolished.length === 0 ? [] : await listAbolitions(tx, abolished)
  for (const to of nodes) {
    await sendVersions(tx, ctx, to, rows.filter((r) => concerns(r.code, r.baseVersion !== null, to)))
    await sendAbolitions(tx, ctx, to, abolitions)
  }
}

interface Row { code: string; version: number; content: unknown; hash: string; origin: Origin; decisionNumber: string | null; decisionDate: string | null; validFrom: string; publishedAt: Date; baseVersion: number | null }

const columns = (db: Db) => db`v.code, v.version, content, content_hash AS hash, origin, decision_number AS "decisionNumber", decision_date AS "decisionDate", valid_from AS "validFrom", published_at AS "publishedAt", base_version AS "baseVersion"`

const forExchange = ({ code, publishedAt, baseVersion, ...row }: Row, signatures: ReadonlyMap<string, string>): ExchangedProcedure => ({ ...row, publishedAt: publishedAt.toISOString(), ...(baseVersion === null ? {} : { baseVersion }), signature: signatures.get(`${code} ${row.version}`)! })

async function sendVersions(tx: Tx, ctx: Ctx, to: string, rows: readonly Row[]): Promise<void> {
  const signatures = await signVersions(tx, ctx.node, rows)
  if (rows.length < manyFrom) return sendMany(tx, ctx, rows.map((row) => ({ to, service: procedureService, subject: row.code, payload: forExchange(row, signatures) })))
  const pages = Array.from({ length: Math.ceil(rows.length / pageSize) }, (_, n) => rows.slice(n * pageSize, (n + 1) * pageSize))
  await sendMany(tx, ctx, pages.map((page) => ({ to, service: pageService, subject: `${page[0]!.code} v${page[0]!.version}`, payload: { procedures: page.map((row) => forExchange(row, signatures)) } })))
}

async function sendAbolitions(tx: Tx, ctx: Ctx, to: string, abolitions: readonly Abolition[]): Promise<void> {
  await sendMany(tx, ctx, abolitions.filter((a) => concerns(a.code, a.cascadeOf !== null, to)).map((a) => ({ to, service: abolitionService, subject: a.code, payload: abolitionForExchange(a) })))
}

const abolitionForExchange = ({ code: _, abolishedAt, publishedAt, ...rest }: Abolition) => ({ ...rest, abolishedAt: abolishedAt.toISOString(), publishedAt: publishedAt.toISOString() })

/** All versions of all procedures that concern a node, page by page, then the abolitions. */
async function sendCatalogue(tx: Tx, ctx: Ctx, to: string): Promise<void> {
  for (let after = { code: '', version: 0 }; ;) {
    const rows = await tx<Row[]>`
      SELECT ${columns(tx)} FROM catalogue.procedure_version v
      WHERE (code, version) > (${after.code}, ${after.version}) AND (base_version IS NULL OR right(code, 3) = ${to}) ORDER BY code, version LIMIT ${pageSize}`
    await sendVersions(tx, ctx, to, rows)
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) break
    after = last
  }
  await sendAbolitions(tx, ctx, to, await listAbolitions(tx))
}

const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const messageSchema = z.object({
  content: z.unknown(), version: z.number().int().positive(), hash: z.string(), origin: z.enum(['authored', 'shipped', 'imported']),
  decisionNumber: z.string().nullable(), decisionDate: civilDate.nullable(), validFrom: civilDate, publishedAt: z.iso.datetime(), baseVersion: z.number().int().positive().optional(), signature: z.string().max(4000), repair: z.boolean().default(false),
})

/** Takes a version over, at a local node. Only the national node may say what a procedure is. */
export const receiveProcedure: ServiceHandler = async (tx, ctx, message) => {
  const record = read(ctx, message, messageSchema)
  await checkSignature(ctx, message.subject, record)
  // Sent again after an enrolment: most are here already, and need no lock.
  const known = await findVersionRow(tx, message.subject, record.version)
  if (known?.hash !== record.hash || record.repair) await applyProcedure(tx, ctx, record)
  await keepSignatures(tx, [{ code: message.subject, version: record.version, kid: decodeKid(record.signature), jws: record.signature }], ctx.now)
}

/** The content is checked against the hash when it is applied; the signature says that this hash is the national node's word. */
async function checkSignature(ctx: Ctx, code: string, record: z.infer<typeof messageSchema>): Promise<void> {
  if (!(await isSignedByNational(ctx.node, record.signature, { ...record, code }))) throw errors.SIGNATURE_INVALID({ code, version: record.version })
}

const pageSchema = z.object({ procedures: z.array(messageSchema).max(500) })

/** Takes many versions over, at a local node. */
export const receivePage: ServiceHandler = async (tx, ctx, message) => {
  const { procedures } = read(ctx, message, pageSchema)
  const codeOf = (record: z.infer<typeof messageSchema>): string => String((record.content as { code?: unknown } | null)?.code)
  for (const record of procedures) await checkSignature(ctx, codeOf(record), record)
  await applyProcedures(tx, ctx, procedures)
  await keepSignatures(tx, procedures.map((r) => ({ code: codeOf(r), version: r.version, kid: decodeKid(r.signature), jws: r.signature })), ctx.now)
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
