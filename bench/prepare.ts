import type { NodeConfig } from '../src/platform/config.ts'
import type { Sql, Tx } from '../src/platform/db.ts'
import { newId } from '../src/platform/ids.ts'
import { createNode } from '../src/platform/node.ts'
import { createSession, cookieName, listOfficers } from '../src/modules/identity/index.ts'
import { findForm, sampleAnswers, type Answers, type Form } from '../src/modules/forms/index.ts'
import { httpClient } from './http-client.ts'
import { Exhausted, repeat, type Limit, type Unit } from './measure.ts'

const procedure = '1.001612'

/** A person with a session, and answers of about 1 kB that differ from filing to filing. */
export async function prepareFilings(db: Sql, config: NodeConfig): Promise<{ request: Unit }> {
  const token = await personSession(db)
  const form = (await findForm(db, 'household-business'))!
  const bodies = Array.from({ length: 64 }, (_, i) => JSON.stringify({ procedure, answers: answersOf(form, i + 1), returnWay: 'online' }))
  const http = httpClient(config.baseUrl)
  return {
    request: async (worker) => {
      const answer = await http(worker, 'POST', '/api/v1/dossiers', { headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() }, body: bodies[Math.floor(Math.random() * bodies.length)]! })
      if (answer.status !== 201) throw new Error(`Filing answered ${answer.status}: ${answer.body.slice(0, 400)}`)
    },
  }
}

/** Valid answers without the optional files, which the API does not take. */
export function answersOf(form: Form, seed: number): Answers {
  return sampleAnswers(form, seed, { fixed: { founder: 'individual', idCopies: undefined } })
}

/** Somebody with an account and a session; the token. */
export async function personSession(db: Sql, n = 0): Promise<string> {
  return (await db.begin(async (transaction) => {
    const tx = transaction as Tx
    const subject = `bench-${n}`
    const [account] = await tx<{ id: string }[]>`SELECT id FROM identity.account WHERE subject = ${subject}`
    const id = account?.id ?? newId()
    if (!account) await tx`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at) VALUES (${id}, ${subject}, ${`052090${String(1001 + n).padStart(6, '0')}`}, 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000011', 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
    return (await createSession(tx, { kind: 'person', accountId: id, assurance: 2, methods: ['otp'], now: new Date() })).token
  })) as string
}

export async function prepareLookUps(db: Sql, config: NodeConfig): Promise<{ request: Unit; codes: string[] }> {
  const codes = (await db<{ code: string }[]>`SELECT code FROM dossiers.dossier TABLESAMPLE SYSTEM (2) WHERE code IS NOT NULL LIMIT 20000`).map((r) => r.code)
  const http = httpClient(config.baseUrl)
  return {
    codes,
    request: async (worker) => {
      const answer = await http(worker, 'GET', `/api/v1/dossiers/${codes[Math.floor(Math.random() * codes.length)]}`)
      if (answer.status !== 200) throw new Error(`Look-up answered ${answer.status}`)
    },
  }
}

/** Officers of one commune with sessions; dossiers of that commune to accept, then steps to complete. */
export async function prepareSteps(db: Sql, config: NodeConfig, limit: Limit): Promise<{ accept: Unit; complete: Unit }> {
  // A commune has a code of five digits, a province of two.
  const communes = new Map((await db<{ code: string; commune: string }[]>`SELECT code, administrative_unit_code AS commune FROM organisations.agency WHERE kind = 'peoples-committee' AND administrative_unit_code ~ '^[0-9]{5}$'`).map((row) => [row.code, row.commune]))
  const officers = (await listOfficers(db)).filter((o) => o.state === 'active' && communes.has(o.agencyCode))
  const oneStop = officers.find((o) => o.roles.includes('one-stop'))!
  const specialist = officers.find((o) => o.roles.includes('specialist') && o.agencyCode === oneStop.agencyCode)!
  const [receiving, handling] = [await officerSession(db, config, oneStop.id), await officerSession(db, config, specialist.id)]
  // Dossiers of that agency: as many as the fastest run could take.
  const form = (await findForm(db, 'household-business'))!
  const place = { province: '52', commune: communes.get(oneStop.agencyCode)!, street: 'Số 1, đường Thử Nghiệm' }
  const token = await personSession(db)
  const http = httpClient(config.baseUrl)
  const body = JSON.stringify({ procedure, answers: { ...answersOf(form, 7), [form.definition.placeField]: place }, returnWay: 'online' })
  const needed = Math.ceil(limit.seconds * 1.5) * 600
  await repeat(async (worker) => {
    const answer = await http(worker, 'POST', '/api/v1/dossiers', { headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() }, body })
    if (answer.status !== 201) throw new Error(`Filing answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  }, { connections: limit.connections, seconds: 60 }, needed)
  const waiting = (await db<{ id: string }[]>`SELECT id FROM dossiers.dossier WHERE agency_code = ${oneStop.agencyCode} AND state = 'new' ORDER BY submitted_at`).map((d) => d.id)
  const post = async (worker: number, path: string, session: Session, values: Record<string, string>): Promise<void> => {
    const answer = await http(worker, 'POST', path, { headers: { cookie: session.cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ _csrf: session.csrf, ...values }).toString() })
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  }
  let tasks: Promise<{ id: string; subject: string }[]> | undefined
  return {
    accept: async (worker) => {
      const id = waiting.pop()
      if (!id) throw new Exhausted()
      await post(worker, `/desk/dossiers/${id}/accept`, receiving, {})
    },
    complete: async (worker) => {
      // Read once for all workers, when the first of them comes: what was accepted until then.
      tasks ??= db<{ id: string; subject: string }[]>`SELECT DISTINCT ON (subject) id, subject FROM process.task WHERE agency_code = ${oneStop.agencyCode} AND role = 'specialist' AND done_at IS NULL AND cancelled_at IS NULL ORDER BY subject, id`.then((rows) => [...rows])
      const task = (await tasks).pop()
      if (!task) throw new Exhausted()
      await post(worker, `/desk/dossiers/${task.subject}/tasks/${task.id}`, handling, { task: task.id, note: 'Đủ điều kiện' })
    },
  }
}

interface Session { cookie: string; csrf: string }

async function officerSession(db: Sql, config: NodeConfig, officerId: string): Promise<Session> {
  const node = createNode(config, [], { db })
  const token = (await db.begin(async (tx) => (await createSession(tx as Tx, { kind: 'officer', officerId, assurance: 2, methods: ['otp'], now: new Date() })).token)) as string
  const session = `${cookieName(node, 'session')}=${token}`
  const page = await httpClient(config.baseUrl)(0, 'GET', '/desk?view=incoming', { headers: { cookie: session } })
  const csrfCookie = [page.headers['set-cookie']].flat().map((c) => c?.split(';')[0]).find((c) => c?.startsWith('mc_csrf'))
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1]
  if (!csrfCookie || !csrf) throw new Error(`The desk did not open for the officer (${page.status}).`)
  return { cookie: `${session}; ${csrfCookie}`, csrf }
}
