import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { modules } from '../src/app.ts'
import { importFile, publishProcedures } from '../src/modules/catalogue/index.ts'
import type { NodeConfig } from '../src/platform/config.ts'
import { systemCtx, transact } from '../src/platform/ctx.ts'
import { createNode } from '../src/platform/node.ts'

export interface FilledCatalogue { real: number; copied: number; codes: string[]; questions: string[] }

interface Named { code: string; name: string }

/**
 * The real procedures of a folder of published data, then copies of them under the names of others of which only the name is known, until
 * there are as many as wanted. Without the folder all are copies of the shipped ones.
 */
export async function fillCatalogue(config: NodeConfig, folder: string | undefined, wanted: number): Promise<FilledCatalogue> {
  const node = createNode(config, modules)
  const ctx = systemCtx(node, 'bench')
  try {
    await node.db`SELECT ledger.ensure_partition(current_date)`
    for (const name of ['organisations', 'catalogue']) await node.modules.find((m) => m.name === name)!.seed!(node)
    if (folder) await importFile(ctx, { file: join(folder, 'procedures.jsonl.gz') })
    const known = await node.db<{ code: string; content: object }[]>`SELECT DISTINCT ON (code) code, content FROM catalogue.procedure_version WHERE content->'service' IS NULL ORDER BY code, version DESC`
    const [before] = await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.procedure`
    const taken = new Set(known.map((k) => k.code))
    const fresh = (folder ? await readNames(join(folder, 'procedure-names.jsonl.gz')) : []).filter((n) => !taken.has(n.code))
    const missing = Math.max(0, wanted - before!.n)
    const copies = Array.from({ length: missing }, (_, i) => {
      const model = known[i % known.length]! as { content: { name: { vi: string } } }
      return { ...model.content, code: fresh[i]?.code ?? `8.${String(i).padStart(6, '0')}`, name: { vi: fresh[i]?.name ?? `${model.content.name.vi} (${i})` } }
    })
    for (let i = 0; i < copies.length; i += 200) await transact(ctx, (tx) => publishProcedures(tx, ctx, copies.slice(i, i + 200).map((content) => ({ content, origin: 'imported' as const }))))
    const rows = await node.db<{ code: string; name: string }[]>`SELECT code, name_vi AS name FROM catalogue.procedure ORDER BY md5(code) LIMIT 3000`
    return { real: before!.n, copied: missing, codes: rows.map((r) => r.code), questions: rows.map((r) => questionOf(r.name)) }
  } finally {
    await node.db.end({ timeout: 5 })
  }
}

/** What a person types: some words of the name, without marks. */
const questionOf = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').split(/\s+/).slice(0, 5).join(' ')

async function readNames(file: string): Promise<Named[]> {
  const names: Named[] = []
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    const { code, name } = JSON.parse(line) as Named
    if (/^\d\.\d{6}$/.test(code) && name) names.push({ code, name })
  }
  return names
}
