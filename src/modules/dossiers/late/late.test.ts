import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../../app.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { addOfficer, authenticate, createSession, type Role } from '../../identity/index.ts'
import { listEvents } from '../../ledger/index.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { submitDossier } from '../submit-dossier.ts'
import { explainLate, isLate } from './explain-late.ts'

suite('late dossiers', () => {
let node!: Node
let app!: App
let here = ''
const stops: (() => unknown)[] = []
before(async () => {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(db, { modules })
  for (const m of node.modules) await m.seed?.(node)
  app = await buildApp(node)
  here = (await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = '23575' AND kind = 'peoples-committee'`)[0]!.code
})
after(async () => {
  await app.stop()
  for (const stop of stops.reverse()) await stop()
})

let count = 0
async function officer(role: Role, agencyCode = here): Promise<{ token: string; ctx: Ctx }> {
  const ctx = systemCtx(node, 'test')
  const officerId = (await addOfficer(ctx, { login: `qua.han.${++count}`, password: 'mot-mat-khau-dai', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: `Cán Bộ ${count}`, agencyCode, roles: [role] }))!
  const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
  return { token, ctx: createCtx(node, { actor: await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` }) }) }
}
const get = async (who: { token: string }, url: string) => app.server.inject({ url, headers: { authorization: `Bearer ${who.token}` } })

test('who leads explains what is late, and only that; the list says what was explained', async () => {
  const [desk, leader, elsewhere] = [await officer('one-stop'), await officer('leader'), await officer('leader', 'G01.08')]
  const procedure = (await getCurrentProcedure(node.db, '1.001612', node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const { id } = await submitDossier(systemCtx(node, 'test'), { procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: 'x', idNumber: '052090000099' }, files: [], placeCode: '23575', returnWay: 'desk', channel: 'online', filingKey: newId() })
  await acceptDossier(desk.ctx, { dossierId: id })
  await assert.rejects(explainLate(leader.ctx, { dossierId: id, reason: 'x' }), (e) => isRefusal(e, 'NOT_LATE'))
  assert.doesNotMatch((await get(leader, '/desk/late')).body, new RegExp(id))
  await node.db`UPDATE dossiers.dossier SET due_at = ${new Date(node.now().getTime() - 1000)} WHERE id = ${id}`
  assert.match((await get(leader, '/desk/late')).body, new RegExp(`${id}[\\s\\S]*Chưa giải trình`))
  assert.deepEqual((await explainLate(leader.ctx, { dossierId: id, reason: ' ' })).map((w) => w.field), ['lateReason'])
  await assert.rejects(explainLate(elsewhere.ctx, { dossierId: id, reason: 'x' }), (e) => isRefusal(e, 'NOT_FOUND'))
  assert.deepEqual(await explainLate(leader.ctx, { dossierId: id, reason: 'Cán bộ nghỉ ốm, đã phân công lại' }), [])
  assert.match((await get(leader, '/desk/late')).body, /Đã giải trình/)
  assert.match((await get(desk, `/desk/dossiers/${id}`)).body, /Cán bộ nghỉ ốm/)
  assert.equal((await get(desk, '/desk/late')).statusCode, 403)
  assert.ok(!(await listEvents(node.db, id)).some((e) => JSON.stringify(e.data).includes('nghỉ ốm')))
})

test('late is what is past its date without a result, finished after it, or counted so', () => {
  const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour))
  const base = { receivedAt: at(1), dueAt: at(5), finishedAt: null, pausedAt: null, isLate: false }
  const table: [Partial<Parameters<typeof isLate>[0]>, boolean][] = [
    [{}, true], [{ dueAt: at(7) }, false], [{ pausedAt: at(2) }, false], [{ finishedAt: at(4) }, false], [{ finishedAt: at(6) }, true], [{ dueAt: at(9), isLate: true }, true], [{ receivedAt: null }, false],
  ]
  for (const [change, expected] of table) assert.equal(isLate({ ...base, ...change }, at(6)), expected, JSON.stringify(change))
})
})
