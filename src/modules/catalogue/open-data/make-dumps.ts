import { createGzip, type Gzip } from 'node:zlib'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { canonicalJson } from '../../../platform/canonical-json.ts'
import { publishedKeys, signAsNode } from '../../exchange/index.ts'
import { addressesBelow } from './addresses.ts'
import { cpsvApContext } from './cpsv-ap-context.ts'
import { datasetOf, publicServiceOf } from './cpsv-ap.ts'
import { insertDump, lastState, type Dump, type DumpFormat } from './dump.store.ts'
import { fillTables } from './fill-tables.ts'
import { catalogueState, readExport, readLifeEvents, type ExportRow } from './read-export.ts'
import { signVersions } from './sign-version.ts'

export const dumpSignatureType = 'motcua-dump+jws'
export const dumpFormat = 'motcua-catalogue/1'

/**
 * Writes the whole catalogue to files, at the national node: JSON (every version, signed), CPSV-AP as JSON-LD, CSV and XLSX (the versions in force).
 * Nothing when the catalogue is as it was at the last dumps.
 */
export async function makeDumps(node: Node): Promise<Dump[]> {
  const ctx = systemCtx(node, 'catalogue.dump')
  const today = civilDate(ctx.now)
  const state = await catalogueState(ctx.db, today)
  if ((await lastState(ctx.db)) === state) return []
  await signAll(ctx, today)
  const stamp = ctx.now.toISOString().slice(0, 16).replace(/[-:]/g, '')
  const made: Dump[] = []
  const keep = async (name: string, format: DumpFormat, bytes: Buffer, entries: number): Promise<void> => {
    const { id: fileId, size } = await node.files.put(bytes)
    const statement = canonicalJson({ iss: node.config.code, name, sha256: fileId, size, entries, madeAt: ctx.now.toISOString() })
    const { jws } = await signAsNode(node, statement, dumpSignatureType)
    made.push({ id: newId(), name, format, madeAt: ctx.now, fileId, size, entries, signature: jws })
  }
  const json = await jsonDump(ctx, today)
  await keep(`danh-muc-${stamp}.json.gz`, 'json', json.bytes, json.entries)
  const linked = await jsonLdDump(ctx, today)
  await keep(`danh-muc-${stamp}.jsonld.gz`, 'jsonld', linked.bytes, linked.entries)
  const { tables, xlsx } = await fillTables(readExport(ctx.db, today, 'in-force'))
  await keep(`danh-muc-${stamp}.xlsx`, 'xlsx', xlsx, tables[0]!.rows)
  for (const { table, csv, rows } of tables) await keep(`${table.name}-${stamp}.csv`, 'csv', csv, rows)
  await transact(ctx, (tx) => insertDump(tx, made, state))
  return made
}

/** In pieces, so that the lock of no transaction is long. */
async function signAll(ctx: Ctx, today: string): Promise<void> {
  for await (const rows of readExport(ctx.db, today, 'all')) await transact(ctx, (tx: Tx) => signVersions(tx, ctx.node, rows))
}

/** One version on one line, as it was published: who has the signature can check the content. */
export function versionEntry({ status: _, ...v }: ExportRow): object {
  return { ...v, publishedAt: v.publishedAt.toISOString() }
}

async function jsonDump(ctx: Ctx, today: string): Promise<Packed> {
  const { node, db, now } = ctx
  const keys = (await publishedKeys(db, node.config.code)).map((k) => ({ ...k.jwk, kid: k.kid, alg: 'EdDSA', use: 'sig' }))
  const head = { format: dumpFormat, issuer: node.config.code, madeAt: now.toISOString(), keys }
  return await pack(`${JSON.stringify(head).slice(0, -1)},"versions":[\n`, readExport(db, today, 'all'), versionEntry, '\n]}\n')
}

async function jsonLdDump(ctx: Ctx, today: string): Promise<Packed> {
  const { db, node } = ctx
  const at = addressesBelow(node.config.national.baseUrl)
  const lifeEvents = await readLifeEvents(db)
  const head = `{"@context":${JSON.stringify(cpsvApContext(at))},"@graph":[\n${JSON.stringify(datasetOf(at))}`
  return await pack(head, readExport(db, today, 'in-force'), (v) => publicServiceOf(at, v, lifeEvents), '\n]}\n', 1)
}

interface Packed { bytes: Buffer; entries: number }

/** Writes entries as they come and keeps only the compressed bytes. */
async function pack(head: string, pages: AsyncIterable<ExportRow[]>, entry: (v: ExportRow) => object, tail: string, before = 0): Promise<Packed> {
  const gzip = createGzip({ level: 6 })
  const whole = collect(gzip)
  await write(gzip, head)
  let entries = 0
  for await (const page of pages) {
    await write(gzip, page.map((v, i) => `${before + entries + i > 0 ? ',\n' : ''}${JSON.stringify(entry(v))}`).join(''))
    entries += page.length
  }
  gzip.end(tail)
  return { bytes: await whole, entries }
}

const write = (gzip: Gzip, text: string): Promise<void> => new Promise((resolve, reject) => gzip.write(text, (error) => (error ? reject(error) : resolve())))

async function collect(gzip: Gzip): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of gzip) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
