import { z } from 'zod'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { Follower, ServiceHandler } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { broadcast, sendMany } from '../exchange/index.ts'
import { applyProcedure, procedureForExchange } from './apply-procedure.ts'
import { errors } from './catalogue.errors.ts'
import { decodeKid, isSignedByNational, keepSignatures, signVersions } from './open-data/sign-version.ts'
import { findVersionRow } from './procedure.store.ts'
import type { ExchangedProcedure, Origin } from './procedure-version.ts'

export const procedureService = 'catalogue.procedure'

/**
 * Carries the catalogue down, at the national node: each published version goes to every enrolled node, and a node that enrols with
 * nothing gets all versions. In one follower, so that the versions of a procedure leave in their order.
 */
export const catalogueFeed: Follower = {
  name: 'catalogue.feed',
  title: 'catalogue.follower.feed',
  types: ['catalogue.procedure_published', 'exchange.node_enrolled'],
  async handle(tx, events, node) {
    const ctx = systemCtx(node, 'catalogue.feed')
    for (const event of events) {
      if (event.type === 'exchange.node_enrolled') await sendCatalogue(tx, ctx, event.subject)
      else await broadcast(tx, ctx, { service: procedureService, subject: event.subject, payload: await signedProcedure(tx, node, { code: event.data.code as string, version: event.data.version as number }) })
    }
  },
}

/** A version as it travels, with the national node's signature. */
async function signedProcedure(tx: Tx, node: Node, id: { code: string; version: number }): Promise<ExchangedProcedure> {
  const record = await procedureForExchange(tx, id)
  const signatures = await signVersions(tx, node, [{ ...record, code: id.code }])
  return { ...record, signature: signatures.get(`${id.code} ${id.version}`)! }
}

const pageSize = 100

interface Row { code: string; version: number; content: unknown; hash: string; origin: Origin; decisionNumber: string | null; decisionDate: string | null; validFrom: string; publishedAt: Date }

/** All versions of all procedures to one node, page by page. */
async function sendCatalogue(tx: Tx, ctx: Ctx, to: string): Promise<void> {
  for (let after = { code: '', version: 0 }; ;) {
    const rows = await tx<Row[]>`
      SELECT code, version, content, content_hash AS hash, origin, decision_number AS "decisionNumber", decision_date AS "decisionDate", valid_from AS "validFrom", published_at AS "publishedAt"
      FROM catalogue.procedure_version WHERE (code, version) > (${after.code}, ${after.version}) ORDER BY code, version LIMIT ${pageSize}`
    const signatures = await signVersions(tx, ctx.node, rows)
    await sendMany(tx, ctx, rows.map(({ code, publishedAt, ...row }) => ({ to, service: procedureService, subject: code, payload: { ...row, publishedAt: publishedAt.toISOString(), signature: signatures.get(`${code} ${row.version}`)! } satisfies ExchangedProcedure })))
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = last
  }
}

const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const messageSchema = z.object({
  content: z.unknown(), version: z.number().int().positive(), hash: z.string(), origin: z.enum(['authored', 'shipped', 'imported']),
  decisionNumber: z.string().nullable(), decisionDate: civilDate.nullable(), validFrom: civilDate, publishedAt: z.iso.datetime(), signature: z.string().max(4000), repair: z.boolean().default(false),
})

/** Takes a version over, at a local node. Only the national node may say what a procedure is. */
export const receiveProcedure: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const parsed = messageSchema.safeParse(message.payload)
  if (!parsed.success) throw errors.CONTENT_INVALID({ mistakes: parsed.error.issues.slice(0, 5).map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') })
  // Sent again after an enrolment: most are here already, and need no lock.
  const { version, hash, signature } = parsed.data
  const known = await findVersionRow(tx, message.subject, version)
  // The content is checked against the hash when it is applied; the signature says that this hash is the national node's word.
  if (!(await isSignedByNational(ctx.node, signature, { ...parsed.data, code: message.subject }))) throw errors.SIGNATURE_INVALID({ code: message.subject, version })
  if (known?.hash !== hash || parsed.data.repair) await applyProcedure(tx, ctx, parsed.data)
  await keepSignatures(tx, [{ code: message.subject, version, kid: decodeKid(signature), jws: signature }], ctx.now)
}
