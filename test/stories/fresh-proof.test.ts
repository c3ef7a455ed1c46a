import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../src/app.ts'
import { getCurrentProcedure } from '../../src/modules/catalogue/index.ts'
import { acceptDossier } from '../../src/modules/dossiers/accept-dossier.ts'
import { completeStep } from '../../src/modules/dossiers/complete-step.ts'
import { findDossier, submitDossier } from '../../src/modules/dossiers/index.ts'
import { draftResult } from '../../src/modules/dossiers/papers/build-result.ts'
import { findForm, sampleAnswers } from '../../src/modules/forms/index.ts'
import { addOfficer, authenticate, createSession, type Role } from '../../src/modules/identity/index.ts'
import { totpCode } from '../../src/modules/identity/officers/totp.ts'
import { listEvents } from '../../src/modules/ledger/index.ts'
import { listTasks } from '../../src/modules/process/index.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../src/platform/ctx.ts'
import { newId } from '../../src/platform/ids.ts'
import type { Node } from '../../src/platform/node.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const minute = 60_000

suite('a signature asks for a fresh proof', () => {
  let node!: Node
  let app!: App
  let agency = ''
  let now = new Date('2026-11-20T02:00:00Z').getTime()
  let count = 0
  const stops: (() => unknown)[] = []
  before(async () => {
    const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
    node = testNode(db, { modules, now: () => new Date(now) })
    for (const m of node.modules) await m.seed?.(node)
    app = await buildApp(node)
    const [row] = await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = '23575' AND kind = 'peoples-committee'`
    agency = row!.code
  })
  after(async () => {
    await app.stop()
    for (const stop of stops.reverse()) await stop()
  })

  interface Desk { id: string; cookies: Map<string, string>; ctx(): Promise<Ctx> }
  async function officer(role: Role): Promise<Desk> {
    const ctx = systemCtx(node, 'test')
    const id = (await addOfficer(ctx, { login: `can.bo.${++count}`, password: 'mot-mat-khau-dai', totpSecret: secret, name: `Cán Bộ Thử ${count}`, agencyCode: agency, roles: [role] }))!
    const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId: id, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
    const cookies = new Map([[sessionName(), token]])
    return { id, cookies, ctx: async () => createCtx(node, { actor: await whoHas(cookies.get(sessionName())!) }) }
  }
  const sessionName = (): string => `mc_session_${node.config.code.toLowerCase()}`
  const whoHas = (token: string) => authenticate(node, { cookies: {}, authorization: `Bearer ${token}` })

  async function send(desk: Desk, method: 'GET' | 'POST', url: string, fields: Record<string, string> = {}) {
    const cookie = [...desk.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await app.server.inject({ method, url, headers: { cookie, ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }, ...(method === 'POST' ? { payload: new URLSearchParams(fields).toString() } : {}) })
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) desk.cookies.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).split(';')[0]!)
    return reply
  }

  /** A dossier that only waits for its signature, and the leader before it; his last proof is `age` minutes old. */
  async function waiting(age: number) {
    const procedure = (await getCurrentProcedure(node.db, '1.001612'))!
    const form = (await findForm(node.db, procedure.content.service!.formKey))!
    const person = { kind: 'person' as const, id: newId(), subject: newId(), name: 'Nguyễn Văn Thử Nghiệm', assurance: 2 as const, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
    await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${person.id}, ${person.subject}, ${`05209${String(++count).padStart(7, '0')}`}, ${person.name}, '1990-03-12', '0900000099', 2, now(), now())`
    const { id } = await submitDossier(createCtx(node, { actor: person }), {
      procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: person.name, idNumber: '052090000099' }, files: [], placeCode: '23575', returnWay: 'online', channel: 'online', filingKey: newId(),
    })
    await acceptDossier(await (await officer('one-stop')).ctx(), { dossierId: id })
    const leader = await officer('leader')
    for (;;) {
      const [task] = await listTasks(node.db, { subject: id, open: true })
      if (task!.act === 'sign') {
        for (let left = age; left > 0; left -= 10) {
          now += Math.min(left, 10) * minute
          await send(leader, 'GET', '/desk')
        }
        const href = `/desk/dossiers/${id}`
        const page = (await send(leader, 'GET', href)).body
        const csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
        const act = `${href}/tasks/${task!.id}`
        return { id, href, leader, page, task: task!, sign: (more: Record<string, string> = {}) => send(leader, 'POST', act, { _csrf: csrf, task: task!.id, outcome: task!.outcomes[0]?.value ?? '', note: 'Đồng ý ban hành', ...more }) }
      }
      const ctx = await (await officer(task!.role as Role)).ctx()
      await completeStep(ctx, { dossierId: id, taskId: task!.id, outcome: task!.outcomes[0]?.value, ...(task!.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
    }
  }
  const finished = async (id: string) => (await listEvents(node.db, id)).find((e) => e.type === 'dossier.finished')

  test('within the minutes of the rule the signature needs no more, and the ledger says when the signer had proved himself', async () => {
    const { id, page, sign } = await waiting(20)
    assert.doesNotMatch(page, /name="code"/)
    const proved = new Date(now - 20 * minute).toISOString()
    assert.equal((await sign()).statusCode, 303)
    assert.equal((await finished(id))!.data.provedAt, proved)
  })

  test('later the same page asks for a code, loses nothing typed, and the session goes on under a new token alone', async () => {
    const { id, leader, page, sign } = await waiting(40)
    assert.match(page, /name="code"/)
    const bare = await sign()
    assert.equal(bare.statusCode, 400)
    assert.match(bare.body, /Đồng ý ban hành/)
    const right = totpCode(secret, node.now())
    const wrong = await sign({ code: right === '000000' ? '111111' : '000000' })
    assert.equal(wrong.statusCode, 400)
    assert.match(wrong.body, /Đồng ý ban hành/)
    assert.equal(await finished(id), undefined)
    const old = leader.cookies.get(sessionName())!
    assert.equal((await sign({ code: right })).statusCode, 303)
    assert.equal((await finished(id))!.data.provedAt, new Date(now).toISOString())
    assert.notEqual(leader.cookies.get(sessionName()), old)
    assert.deepEqual([(await whoHas(old)).kind, (await whoHas(leader.cookies.get(sessionName())!)).kind], ['anonymous', 'officer'])
    assert.deepEqual((await listEvents(node.db, leader.id)).map((e) => e.type).filter((type) => type.includes('proof') || type.includes('proved')), ['identity.proof_failed', 'identity.officer_proved_again'])
  })

  test('a code serves one signature, and five wrong ones block the proof', async () => {
    const { id, leader, sign } = await waiting(40)
    const right = (): string => totpCode(secret, node.now())
    const lastStep = (step: number) => node.db`UPDATE identity.officer SET totp_last_step = ${step} WHERE id = ${leader.id}`
    await lastStep(Math.floor(now / 30_000))
    assert.equal((await sign({ code: right() })).statusCode, 400, 'used before')
    await lastStep(0)
    for (let wrong = 0; wrong < 4; wrong++) {
      assert.equal((await sign({ code: right() === '000000' ? '111111' : '000000' })).statusCode, 400)
      now += 20_000
    }
    assert.equal((await sign({ code: right() })).statusCode, 400, 'blocked, though right')
    assert.equal(await finished(id), undefined)
  })

  test('the token of the officer serves instead: the form waits and is offered again after the log-in', async () => {
    const { leader, sign } = await waiting(40)
    const reply = await sign({ proof: 'certificate' })
    assert.equal(reply.statusCode, 303)
    const back = new URL(String(reply.headers.location), 'http://x').searchParams.get('tiep')!
    const resumed = await send(leader, 'GET', back)
    assert.equal(resumed.statusCode, 200)
    assert.match(resumed.body, /Đồng ý ban hành/)
  })

  test('no other door leads past it', async () => {
    const { id, leader, task } = await waiting(40)
    const { signResult } = await import('../../src/modules/dossiers/sign-result.ts')
    await assert.rejects(signResult(await leader.ctx(), { dossierId: id, taskId: task.id }), { code: 'FRESH_PROOF_NEEDED' })
    await assert.rejects(completeStep(await leader.ctx(), { dossierId: id, taskId: task.id, outcome: task.outcomes[0]?.value }), { code: 'WRONG_TASK' })
  })
})
