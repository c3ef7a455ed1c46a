import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCtx, type Ctx } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { collectOwnData, deletionObstacles, listAccess, namesOfObjects, recordAudit } from '../identity/index.ts'
import { dossiers } from './module.ts'

test('a look at a dossier alone counts as a look at its owner; running dossiers stand in the copy of own data and forbid deletion', async (t) => {
  const database = await testDatabase(t)
  const { db } = database
  const node = testNode(db, { code: 'VN', modules: [dossiers] })
  const account = { id: newId(), subject: 'subject-here' }
  await database.owner`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${account.id}, ${account.subject}, '052090000011', 'Nguyễn Văn Thử Nghiệm', '1990-03-27', '0912000001', 2, now(), now())`
  const [running, foreign] = [newId(), newId()]
  const row = { code: null, procedure_code: '1.001193', procedure_version: 1, node_code: 'VN', origin_node: 'VN', agency_code: 'VN', channel: 'online', state: 'in-progress', return_way: 'online', submitted_at: node.now() }
  await db`INSERT INTO dossiers.dossier ${db([{ ...row, id: running, reference: 'MC-AAAAA-AAAAA', account_id: account.id, owner_subject: account.subject, owner_node: 'VN' }, { ...row, id: foreign, reference: 'MC-BBBBB-BBBBB', account_id: null, owner_subject: 'somebody', owner_node: 'G01' }])}`
  await db`INSERT INTO dossiers.content (dossier_id, form_key, form_version, answers, applicant) VALUES (${running}, 'f', 1, '{"name":"Ví Dụ"}', '{}')`
  await db`INSERT INTO dossiers.draft (id, account_id, procedure_code, procedure_version, form_key, form_version, answers, created_at, updated_at) VALUES (${newId()}, ${account.id}, '1.001193', 1, 'f', 1, '{"name":"Nháp"}', now(), now())`
  const officer: Ctx = createCtx(node, { actor: { kind: 'officer', id: newId(), name: '', agencyCode: 'VN', unitId: null, roles: [], permissions: new Set(), methods: [], authenticatedAt: node.now(), sessionId: newId() } })
  const route = { method: 'GET', path: '/desk/dossiers/:id/files/:file', access: 'officer', audit: 'dossiers.handle', handler: () => assert.fail() } as const
  await recordAudit(officer, route, { id: running, file: newId() })
  await recordAudit(officer, route, { id: foreign, file: newId() })
  assert.equal((await listAccess(db, { accountId: account.id, subject: account.subject })).length, 1)
  assert.deepEqual((await namesOfObjects(db, [running, 'x'])).get(running), { text: 'MC-AAAAA-AAAAA', href: `/ho-so/${running}` })
  assert.equal(await deletionObstacles(db, account.id), 1)
  await db`UPDATE dossiers.dossier SET state = 'returned' WHERE id = ${running}`
  assert.equal(await deletionObstacles(db, account.id), 0)
  const data = await collectOwnData(createCtx(node), account.id)
  assert.deepEqual(data.find((s) => s.name === 'dossiers.dossiers')!.records.map((r) => [r.reference, r.answers]), [['MC-AAAAA-AAAAA', { name: 'Ví Dụ' }]])
  assert.equal(data.find((s) => s.name === 'dossiers.drafts')!.records.length, 1)
})
