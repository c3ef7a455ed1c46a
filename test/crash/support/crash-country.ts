import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCountry, type Country } from '../../../src/country/start-country.ts'
import { cookieName, createSession, listOfficers } from '../../../src/modules/identity/index.ts'
import { openDatabase, type Sql, type Tx } from '../../../src/platform/db.ts'
import { findEmbeddedPostgres } from '../../../src/platform/embedded-postgres.ts'
import type { NodeConfig } from '../../../src/platform/config.ts'
import { newId } from '../../../src/platform/ids.ts'
import { createNode } from '../../../src/platform/node.ts'
import { StartFailure } from '../../../src/platform/start-failure.ts'
import type { BoxMessage } from '../../../src/stand-ins/message-box.ts'

export type CrashNode = 'national' | 'province'
export type Victim = CrashNode | 'database' | 'stand-ins'

/** A national node and a province whose processes die without a word. */
export interface CrashCountry {
  readonly configs: Readonly<Record<CrashNode, NodeConfig>>
  /** Connections of the observer, as owner of the tables. */
  readonly db: Readonly<Record<CrashNode, Sql>>
  readonly logFolder: string
  pidOf(victim: Victim): number | undefined
  /** Connection to a database as the server's superuser. */
  superuserUrl(database: string): string
  /** What the SMS gateway wrote down, line by line: nothing is left out there, however often it died. */
  gatewayMessages(): BoxMessage[]
  stop(): Promise<void>
}

export async function crashCountry(): Promise<CrashCountry> {
  const dataDir = mkdtempSync(join(tmpdir(), 'motcua-crash-'))
  const country = await startOnFreePorts(dataDir)
  const config = (slug: CrashNode): NodeConfig => country.configs.find((c) => c.slug === slug)!
  const configs = { national: config('national'), province: config('province') }
  const observe = (slug: CrashNode): Sql => openDatabase(configs[slug].ownerUrl!, { max: 3, name: 'motcua crash test' })
  const db = { national: observe('national'), province: observe('province') }
  const messages = join(dataDir, 'stand-ins/messages.jsonl')
  return {
    configs, db, logFolder: country.logFolder,
    pidOf: (victim) => (victim === 'database' ? findEmbeddedPostgres(join(dataDir, 'postgres'))?.pid : country.pids()[victim]),
    superuserUrl: (database) => findEmbeddedPostgres(join(dataDir, 'postgres'))!.url(database, 'postgres'),
    gatewayMessages: () => readFileSync(messages, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as BoxMessage),
    async stop() {
      await Promise.all([db.national.end({ timeout: 2 }), db.province.end({ timeout: 2 })])
      await country.stop()
      if (process.env.CRASH_KEEP) console.log(`Data and logs are kept in ${dataDir}.`)
      else rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function startOnFreePorts(dataDir: string): Promise<Country> {
  for (let firstPort = 5200; ; firstPort += 40) {
    try {
      return await startCountry({ fresh: true, nodes: ['national', 'province'], host: '127.0.0.1', firstPort, dataDir, fsync: true })
    } catch (error) {
      if (!(error instanceof StartFailure) || !error.message.includes('already in use') || firstPort > 5700) throw error
    }
  }
}

export interface Citizen { node: CrashNode; accountId: string; phone: string; token: string }

/** A person with an account and a session at one node; `number` tells them apart. */
export async function citizenAt(country: CrashCountry, node: CrashNode, number: number): Promise<Citizen> {
  const accountId = newId()
  const tail = String(number).padStart(4, '0')
  const phone = `090100${tail}`
  const token = (await country.db[node].begin(async (transaction) => {
    const tx = transaction as Tx
    await tx`
      INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at)
      VALUES (${accountId}, ${`crash-${node}-${number}`}, ${`05209000${tail}`}, 'Nguyễn Văn Thử Nghiệm', '1990-03-12', ${phone}, 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
    return (await createSession(tx, { kind: 'person', accountId, assurance: 2, methods: ['otp'], now: new Date() })).token
  })) as string
  return { node, accountId, phone, token }
}

export interface Desk { agencyCode: string; communeCode: string; cookie: string }

/** The one-stop officers of the province's communes, each with a session. */
export async function desks(country: CrashCountry): Promise<Desk[]> {
  const db = country.db.province
  const node = createNode(country.configs.province, [], { db })
  const officers = (await listOfficers(db)).filter((o) => o.state === 'active' && o.roles.includes('one-stop'))
  const all = await Promise.all(officers.map(async (officer) => {
    const [agency] = await db<{ commune: string }[]>`SELECT administrative_unit_code AS commune FROM organisations.agency WHERE code = ${officer.agencyCode}`
    const token = (await db.begin(async (tx) => (await createSession(tx as Tx, { kind: 'officer', officerId: officer.id, assurance: 2, methods: ['otp'], now: new Date() })).token)) as string
    return { agencyCode: officer.agencyCode, communeCode: agency!.commune, cookie: `${cookieName(node, 'session')}=${token}` }
  }))
  // Offices of the province bear its code of two digits.
  return all.filter((desk) => desk.communeCode.length === 5)
}
