import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { parseConfig, type NodeConfig } from '../config.ts'
import type { Sql } from '../db.ts'
import { newId } from '../ids.ts'
import type { Module } from '../module.ts'
import { createNode, type Node } from '../node.ts'

/** A node over a test database, silent, without servers: what an act needs. `now` fixes the clock, `baseUrl` says where people reach it. */
export function testNode(db: Sql, options: { modules?: readonly Module[]; now?: () => Date; code?: string; baseUrl?: string; papers?: NodeConfig['papers']; nationalPortal?: NodeConfig['nationalPortal'] } = {}): Node {
  const code = options.code ?? 'H21'
  const name = { vi: 'Nút thử nghiệm', en: 'Test node' }
  const secret = 'test-secret-test-secret'
  const config = parseConfig({
    code, slug: 'test', kind: code === 'VN' ? 'national' : 'local', name, shortName: name, helpPhone: '18001096', port: 0, secret,
    brand: { colour: '#9B1B1E', dark: '#6F1114', emblem: 'star' }, baseUrl: options.baseUrl ?? 'http://127.0.0.1:3010', databaseUrl: 'postgres://unused', logLevel: 'silent', papers: options.papers, nationalPortal: options.nationalPortal,
    dataDir: join(tmpdir(), `motcua-test-${newId()}`), national: { code: 'VN', baseUrl: 'http://127.0.0.1:3000', enrolmentSecret: secret, clientSecret: secret },
    standIns: { smsUrl: 'http://127.0.0.1:3900', smtpUrl: 'smtp://127.0.0.1:3901', identityUrl: 'http://127.0.0.1:3900', populationUrl: 'http://127.0.0.1:3900', licenceUrl: 'http://127.0.0.1:3900', socialInsuranceUrl: 'http://127.0.0.1:3900', businessUrl: 'http://127.0.0.1:3900', key: secret },
  })
  return createNode(config, options.modules ?? [], { db, log: pino({ level: 'silent' }), now: options.now })
}
