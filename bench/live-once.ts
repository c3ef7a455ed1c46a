import type { NodeConfig } from '../src/platform/config.ts'
import { systemCtx } from '../src/platform/ctx.ts'
import type { Sql, Tx } from '../src/platform/db.ts'
import { csrfToken } from '../src/platform/http/csrf.ts'
import { newId, randomToken } from '../src/platform/ids.ts'
import { createNode } from '../src/platform/node.ts'
import { findForm, sampleAnswers } from '../src/modules/forms/index.ts'
import { addOfficer, cookieName, createSession, type Role } from '../src/modules/identity/index.ts'
import { httpClient } from './http-client.ts'
import { personSession } from './prepare.ts'

/** Milliseconds that each act took, by its name. */
export type Acts = Record<string, number[]>

const procedure = '1.001612'
const communes = 40
/** Nobody files hundreds of dossiers: the load is spread over so many. */
const people = 300
const roles = ['one-stop', 'specialist', 'leader'] as const satisfies readonly Role[]

type Seat = Readonly<Record<(typeof roles)[number], string>>
interface Office { agencyCode: string; commune: string; cookie: Seat }

/** People and officers with sessions; what it gives does one life from the draft to the returned result and names the dossier. */
export async function prepareLives(db: Sql, config: NodeConfig): Promise<(worker: number, acts: Acts) => Promise<string>> {
  const node = createNode(config, [], { db })
  const csrfCookie = randomToken()
  const csrf = csrfToken(config.secret, csrfCookie)
  const cookieOf = (token: string): string => `${cookieName(node, 'session')}=${token}; mc_csrf_${config.slug}=${csrfCookie}`
  const form = (await findForm(db, 'household-business'))!
  const offices = await openOffices(db, config, cookieOf)
  const owners: string[] = []
  for (let i = 0; i < people; i++) owners.push(cookieOf(await personSession(db, i)))
  const http = httpClient(config.baseUrl)
  const answers = Array.from({ length: 64 }, (_, seed) => sampleAnswers(form, seed + 1, { fixed: { founder: 'individual', idCopies: undefined } }))
  let count = 0

  return async (worker, acts) => {
    const n = count++
    const office = offices[n % offices.length]!
    const person = owners[n % owners.length]!
    const timed = async (act: string, send: () => ReturnType<typeof http>, status: number): Promise<Awaited<ReturnType<typeof http>>> => {
      const begun = performance.now()
      const answer = await send()
      if (answer.status !== status) throw new Error(`${act} answered ${answer.status}: ${answer.body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 600)}`)
      ;(acts[act] ??= []).push(performance.now() - begun)
      return answer
    }
    const post = (act: string, path: string, cookie: string, values: Record<string, string> = {}) =>
      timed(act, () => http(worker, 'POST', path, { headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ _csrf: csrf, ...values }).toString() }), 303)

    await post('begin a draft', `/nop-ho-so/${procedure}`, person)
    const place = { province: '52', commune: office.commune, street: `Số ${1 + n % 200}, đường Thử Nghiệm` }
    const body = JSON.stringify({ procedure, answers: { ...answers[n % answers.length], [form.definition.placeField!]: place }, returnWay: 'online' })
    const filed = await timed('file', () => http(worker, 'POST', '/api/v1/dossiers', { headers: { cookie: person, 'content-type': 'application/json', 'idempotency-key': newId() }, body }), 201)
    const { id } = JSON.parse(filed.body) as { id: string }
    const dossier = `/desk/dossiers/${id}`
    await post('accept', `${dossier}/accept`, office.cookie['one-stop'])
    for (;;) {
      const [task] = await db<{ id: string; role: (typeof roles)[number]; act: string; outcomes: { value: string }[] }[]>`SELECT id, role, act, outcomes FROM process.task WHERE subject = ${id} AND done_at IS NULL AND cancelled_at IS NULL ORDER BY id LIMIT 1`
      if (!task) return id
      await post(task.act, `${dossier}/tasks/${task.id}`, office.cookie[task.role], { task: task.id, note: 'Đủ điều kiện', ...(task.outcomes[0] ? { outcome: task.outcomes[0].value } : {}) })
    }
  }
}

/** So many communes, each with the three officers whose turn comes in a life. */
async function openOffices(db: Sql, config: NodeConfig, cookieOf: (token: string) => string): Promise<Office[]> {
  const ctx = systemCtx(createNode(config, [], { db }), 'bench')
  const agencies = await db<{ code: string; commune: string }[]>`
    SELECT code, administrative_unit_code AS commune FROM organisations.agency WHERE code LIKE ${`${config.code}.%`} AND kind = 'peoples-committee' AND length(administrative_unit_code) = 5 AND valid_to IS NULL ORDER BY code LIMIT ${communes}`
  const hash = '$bench$nobody-logs-in-with-it'
  return Promise.all(agencies.map(async ({ code, commune }) => {
    const cookies = await Promise.all(roles.map(async (role) => {
      const login = `bench.${role}.${code}`.toLowerCase()
      const officerId = (await addOfficer(ctx, { login, password: hash, totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: 'Cán Bộ Đo Đạc', agencyCode: code, roles: [role] }))
        ?? (await db<{ id: string }[]>`SELECT id FROM identity.officer WHERE login = ${login}`)[0]!.id
      return db.begin(async (tx) => (await createSession(tx as Tx, { kind: 'officer', officerId, assurance: 2, methods: ['pwd', 'otp'], now: new Date() })).token)
    }))
    return { agencyCode: code, commune, cookie: Object.fromEntries(roles.map((role, i) => [role, cookieOf(String(cookies[i]))])) as Seat }
  }))
}
