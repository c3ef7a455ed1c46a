import { z } from 'zod'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import type { ServiceHandler } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { broadcast, send, sendMany } from '../../exchange/index.ts'
import { procedureForExchange } from '../apply-procedure.ts'
import { errors } from '../catalogue.errors.ts'
import { procedureService } from '../catalogue-feed.ts'
import { signVersions } from '../open-data/sign-version.ts'
import type { ExchangedProcedure } from '../procedure-version.ts'
import { digestCatalogue } from './catalogue-digest.ts'
import { compareCopy, type CopyEntry, type Difference } from './compare-copy.ts'
import { keepCopyCheck } from './copy-check.store.ts'

/** Local node → national node: what I hold. */
export const digestService = 'catalogue.digest'
/** National node → local node: tell me what you hold. */
export const digestWantedService = 'catalogue.digest_wanted'
/** National node → local node: how your copy is. */
export const digestResultService = 'catalogue.digest_result'
export const digestQueue = 'catalogue.digest'

/** Sends the digest of this (local) node's copy to the national node. */
export async function sendDigest(ctx: Ctx): Promise<void> {
  if (ctx.node.config.kind !== 'local') return
  const entries = await digestCatalogue(ctx.db)
  await transact(ctx, (tx) => send(tx, ctx, { to: ctx.node.config.national.code, service: digestService, subject: ctx.node.config.code, payload: { madeAt: ctx.now.toISOString(), entries } }))
}

/** Asks every local node for its digest, from the national node. @returns how many were asked. */
export async function askDigests(ctx: Ctx): Promise<number> {
  return await transact(ctx, (tx) => broadcast(tx, ctx, { service: digestWantedService, subject: 'digest', payload: {} }))
}

const digestSchema = z.object({ madeAt: z.iso.datetime(), entries: z.array(z.tuple([z.string().max(40), z.number().int().positive(), z.string().length(64)])).max(200_000) })

/** Compares a local copy with the catalogue, keeps the finding, sends again what is missing or otherwise, and tells the node how its copy is. */
export const receiveDigest: ServiceHandler = async (tx, ctx, message) => {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  const parsed = digestSchema.safeParse(message.payload)
  if (!parsed.success) throw errors.CONTENT_INVALID({ mistakes: 'digest' })
  const { versions, entries } = await compareCopy(tx, message.from, parsed.data.entries)
  const count = (is: Difference): number => entries.filter((e) => e.is === is).length
  const finding = { madeAt: parsed.data.madeAt, checkedAt: ctx.now.toISOString(), versions, missing: count('missing'), differing: count('differing'), extra: count('extra'), damaged: count('damaged'), entries: entries.slice(0, 100) }
  await keepCopyCheck(tx, { ...finding, nodeCode: message.from, madeAt: new Date(finding.madeAt), checkedAt: ctx.now })
  await sendAgain(tx, ctx, message.from, entries)
  await send(tx, ctx, { to: message.from, service: digestResultService, subject: 'digest', payload: finding })
}

async function sendAgain(tx: Tx, ctx: Ctx, to: string, entries: readonly CopyEntry[]): Promise<void> {
  const wanted = entries.filter((e) => e.is === 'missing' || e.is === 'differing')
  for (let i = 0; i < wanted.length; i += 100) {
    const some = await Promise.all(wanted.slice(i, i + 100).map(async (e) => ({ code: e.code, isRepair: e.is === 'differing', record: await procedureForExchange(tx, e) })))
    const signatures = await signVersions(tx, ctx.node, some.map((s) => ({ ...s.record, code: s.code })))
    await sendMany(tx, ctx, some.map(({ code, isRepair, record }) => ({ to, service: procedureService, subject: code, payload: { ...record, signature: signatures.get(`${code} ${record.version}`)!, ...(isRepair ? { repair: true } : {}) } satisfies ExchangedProcedure })))
  }
}

/** The national node wants to know; the digest is made by a job, since it reads everything. */
export const receiveDigestWanted: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  await enqueue(tx, { queue: digestQueue, payload: {}, key: 'wanted' })
}

const entrySchema = z.object({ code: z.string(), version: z.number().int(), is: z.enum(['missing', 'differing', 'extra', 'damaged']) })
const findingSchema = z.object({ madeAt: z.iso.datetime(), checkedAt: z.iso.datetime(), versions: z.number().int(), missing: z.number().int(), differing: z.number().int(), extra: z.number().int(), damaged: z.number().int(), entries: z.array(entrySchema).max(100) })

/** What the national node found about this copy, for the administrator here. */
export const receiveDigestResult: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const parsed = findingSchema.safeParse(message.payload)
  if (!parsed.success) throw errors.CONTENT_INVALID({ mistakes: 'digest_result' })
  await keepCopyCheck(tx, { ...parsed.data, nodeCode: message.from, madeAt: new Date(parsed.data.madeAt), checkedAt: new Date(parsed.data.checkedAt) })
}

const dayMs = 24 * 3600_000

/** Every night, a few minutes apart from the other nodes. */
export async function planNightlyDigest(node: Node): Promise<void> {
  const ctx = systemCtx(node, digestQueue)
  const minute = Number.parseInt(node.config.code.slice(1), 10) % 60
  const today = new Date(new Date(`${civilDate(ctx.now)}T03:00:00+07:00`).getTime() + minute * 60_000)
  const next = today > ctx.now ? today : new Date(today.getTime() + dayMs)
  await transact(ctx, (tx) => enqueue(tx, { queue: digestQueue, payload: { nightly: true }, runAt: next, key: `night of ${civilDate(next)}` }))
}

export const digestJob: JobHandler = async (node, payload) => {
  if (node.config.kind !== 'local') return
  if (payload.nightly) await planNightlyDigest(node)
  await sendDigest(systemCtx(node, digestQueue))
}

/** The services of both sides. */
export const syncServices: Readonly<Record<string, ServiceHandler>> = { [digestService]: receiveDigest, [digestWantedService]: receiveDigestWanted, [digestResultService]: receiveDigestResult }
