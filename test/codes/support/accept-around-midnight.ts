import type { Officer } from '../../../src/platform/actor.ts'
import { createCtx, type Ctx } from '../../../src/platform/ctx.ts'
import { openDatabase, type Sql } from '../../../src/platform/db.ts'
import { civilDate } from '../../../src/platform/i18n.ts'
import { newId } from '../../../src/platform/ids.ts'
import type { Node } from '../../../src/platform/node.ts'
import { testDatabase } from '../../../src/platform/testing/database.ts'
import { testNode } from '../../../src/platform/testing/node.ts'
import { modules } from '../../../src/app.ts'
import { getCurrentProcedure } from '../../../src/modules/catalogue/index.ts'
import { acceptDossier } from '../../../src/modules/dossiers/accept-dossier.ts'
import { seededRandom } from '../../crash/support/random.ts'

export interface Accepted { agency: string; code: string; receivedAt: Date }

const procedure = '1.001612'
const midnight = Date.parse('2026-03-12T00:00:00+07:00')

/**
 * Many officers accept at once while the day changes: two processes' worth of nodes over one database, each with its own connections. Their clock
 * goes from a minute before midnight to a minute after, with the disorder of real machines.
 */
export async function acceptAroundMidnight(options: { dossiers: number; agencies: number; connections: number; seed: number }): Promise<Accepted[]> {
  await using database = await testDatabase()
  const pools = [0, 1].map(() => openDatabase(database.url, { max: options.connections }))
  const nodes = pools.map((db) => testNode(db, { modules, now: () => new Date(midnight - 60_000) }))
  try {
    for (const m of nodes[0]!.modules) await m.seed?.(nodes[0]!)
    const waiting = await fileMany(nodes[0]!, database.owner, options)
    const random = seededRandom(options.seed)
    const order = random.shuffled(waiting)
    const accepted: Accepted[] = []
    const workers = Array.from({ length: options.connections * 4 }, async (_, worker) => {
      for (let next = order.pop(); next; next = order.pop()) {
        const done = 1 - order.length / waiting.length
        const now = new Date(midnight - 60_000 + Math.floor(done * 120_000) + random.below(4000) - 2000)
        const dossier = await acceptDossier(officerOf(nodes[worker % 2]!, next.agency, now), { dossierId: next.id })
        accepted.push({ agency: next.agency, code: dossier.code!, receivedAt: dossier.receivedAt! })
      }
    })
    await Promise.all(workers)
    return accepted
  } finally {
    for (const m of nodes[0]!.modules) await m.stop?.(nodes[0]!)
    await Promise.all(pools.map((pool) => pool.end({ timeout: 2 })))
  }
}

function officerOf(node: Node, agencyCode: string, now: Date): Ctx {
  const actor: Officer = { kind: 'officer', id: newId(), name: 'Dương Cán Bộ Mẫu', agencyCode, unitId: null, roles: ['one-stop'], permissions: new Set(['dossiers.receive']), methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: newId() }
  return { ...createCtx(node, { actor }), now }
}

/** Dossiers that wait for reception, written straight into the tables: their filing is not what is tried. */
async function fileMany(node: Node, owner: Sql, { dossiers, agencies }: { dossiers: number; agencies: number }): Promise<{ id: string; agency: string }[]> {
  const codes = (await node.db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE kind = 'peoples-committee' AND code LIKE 'H21.%' ORDER BY code LIMIT ${agencies}`).map((row) => row.code)
  if (codes.length < agencies) throw new Error(`the demo has ${codes.length} agencies only`)
  const { version } = (await getCurrentProcedure(node.db, procedure, node.now()))!
  const filed = Array.from({ length: dossiers }, (_, n) => ({ id: newId(), reference: `MC-${n}`, agency: codes[n % codes.length]! }))
  await owner`
    INSERT INTO dossiers.dossier (id, reference, procedure_code, procedure_version, node_code, origin_node, agency_code, channel, state, return_way, submitted_at)
    SELECT r.id, r.reference, ${procedure}, ${version}, 'H21', 'H21', r.agency, 'online', 'new', 'online', ${new Date(midnight - 3_600_000)} FROM jsonb_to_recordset(${owner.json(filed)}) AS r (id uuid, reference text, agency text)`
  return filed
}

/** What is wrong with the codes: doubles, gaps, a day that is not the one of the reception, an agency that is not its own. */
export function faultsOf(accepted: readonly Accepted[]): string[] {
  const faults: string[] = []
  if (new Set(accepted.map((a) => a.code)).size !== accepted.length) faults.push(`${accepted.length - new Set(accepted.map((a) => a.code)).size} codes stand there twice`)
  const series = Map.groupBy(accepted, (a) => a.code.slice(0, a.code.lastIndexOf('-')))
  for (const [name, list] of series) {
    for (const a of list) if (name !== `${a.agency}-${civilDate(a.receivedAt).slice(2).replaceAll('-', '')}`) faults.push(`${a.code} was received at ${a.receivedAt.toISOString()} by ${a.agency}`)
    const numbers = list.map((a) => Number(a.code.slice(a.code.lastIndexOf('-') + 1))).sort((x, y) => x - y)
    if (numbers.some((n, i) => n !== i + 1)) faults.push(`${name} is not dense: ${numbers.length} codes up to ${numbers.at(-1)}`)
  }
  return faults
}
