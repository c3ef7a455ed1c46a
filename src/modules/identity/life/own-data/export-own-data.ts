import type { Person } from '../../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import { civilDate, type Lang } from '../../../../platform/i18n.ts'
import { isId, newId } from '../../../../platform/ids.ts'
import { enqueue, type JobHandler } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { decrypt, encrypt } from '../../secrets.ts'
import { limitEnds } from '../life-rules.ts'
import { ownDataSources, type OwnRecord } from './own-data.ts'
import { ownDataDocument } from './own-data-document.ts'
import { zip } from './zip.ts'

export const exportQueue = 'identity.export-own-data'
export const forgetExportQueue = 'identity.forget-export'

export interface DataExport { id: string; state: 'asked' | 'ready' | 'expired'; sourcesDone: number; sources: number; size: number | null; askedAt: Date; readyAt: Date | null; expiresAt: Date | null }
export interface Section { name: string; title: string; records: OwnRecord[] }

const use = (id: string): string => `data-export ${id}`

/** Everything that the modules of this node keep about a person, section by section. `onSection` is called after each. */
export async function collectOwnData(ctx: Ctx, accountId: string, onSection: (done: number) => Promise<void> = async () => {}): Promise<Section[]> {
  const sections: Section[] = []
  for (const [name, source] of ownDataSources()) {
    sections.push({ name, title: source.title, records: await source.read(ctx, accountId) })
    await onSection(sections.length)
  }
  return sections
}

/** Asks for a copy of all own data; made by a job, since it can be large. A second wish while one is being made returns that one. */
export async function askForExport(ctx: Ctx & { actor: Person }): Promise<string> {
  return transact(ctx, async (tx) => {
    await tx`SELECT 1 FROM identity.account WHERE id = ${ctx.actor.id} FOR UPDATE`
    const [open] = await tx<{ id: string }[]>`SELECT id FROM identity.data_export WHERE account_id = ${ctx.actor.id} AND state = 'asked' ORDER BY asked_at DESC LIMIT 1`
    if (open) return open.id
    const id = newId(ctx.now.getTime())
    await tx`INSERT INTO identity.data_export (id, account_id, lang, sources, asked_at) VALUES (${id}, ${ctx.actor.id}, ${ctx.lang}, ${ownDataSources().size}, ${ctx.now})`
    await appendEvent(tx, ctx, { type: 'identity.export_asked', subject: ctx.actor.id, data: { exportId: id } })
    await enqueue(tx, { queue: exportQueue, payload: { id }, key: id })
    return id
  })
}

/** Makes the archive: one JSON file for machines, one HTML file for people. Kept encrypted, and only for a day. */
export const makeExport: JobHandler = async (node, payload) => {
  const id = String(payload.id)
  const system = systemCtx(node, exportQueue)
  const [wanted] = await node.db<{ accountId: string; lang: Lang }[]>`SELECT account_id AS "accountId", lang FROM identity.data_export WHERE id = ${id} AND state = 'asked'`
  if (!wanted) return
  const ctx = createCtx(node, { actor: system.actor, lang: wanted.lang })
  const sections = await collectOwnData(ctx, wanted.accountId, async (done) => void await node.db`UPDATE identity.data_export SET sources_done = ${done} WHERE id = ${id}`)
  const machine = JSON.stringify({ node: node.config.code, madeAt: ctx.now.toISOString(), data: Object.fromEntries(sections.map((s) => [s.name, s.records])) }, null, 2)
  const archive = zip([{ name: 'du-lieu-ca-nhan.json', bytes: Buffer.from(machine) }, { name: 'du-lieu-ca-nhan.html', bytes: Buffer.from(ownDataDocument(ctx, sections)) }], ctx.now)
  const expiresAt = await limitEnds(node.db, 'export-kept', ctx.now)
  await transact(ctx, async (tx) => {
    const ready = await tx`
      UPDATE identity.data_export SET state = 'ready', archive = ${encrypt(node.config.secret, use(id), archive.toString('base64'))}, size = ${archive.length}, ready_at = ${ctx.now}, expires_at = ${expiresAt} WHERE id = ${id} AND state = 'asked'`
    if (ready.count > 0) await enqueue(tx, { queue: forgetExportQueue, payload: { id }, runAt: expiresAt, key: id })
  })
}

export const forgetExport: JobHandler = async (node, payload) => {
  await node.db`UPDATE identity.data_export SET state = 'expired', archive = NULL WHERE id = ${String(payload.id)} AND expires_at <= ${node.now()}`
}

export async function findExport(db: Db, accountId: string, id: string): Promise<DataExport | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<DataExport[]>`SELECT id, state, sources_done AS "sourcesDone", sources, size, asked_at AS "askedAt", ready_at AS "readyAt", expires_at AS "expiresAt" FROM identity.data_export WHERE id = ${id} AND account_id = ${accountId}`
  return row
}

/** The archive with its file name; undefined when it is another's, not ready, or past its time. */
export async function openExport(ctx: Ctx & { actor: Person }, id: string): Promise<{ bytes: Buffer; name: string } | undefined> {
  if (!isId(id)) return undefined
  const [row] = await ctx.db<{ archive: string; readyAt: Date }[]>`SELECT archive, ready_at AS "readyAt" FROM identity.data_export WHERE id = ${id} AND account_id = ${ctx.actor.id} AND state = 'ready' AND expires_at > ${ctx.now}`
  const text = row && decrypt(ctx.node.config.secret, use(id), row.archive)
  return text === undefined ? undefined : { bytes: Buffer.from(text, 'base64'), name: `du-lieu-ca-nhan-${civilDate(row!.readyAt)}.zip` }
}
