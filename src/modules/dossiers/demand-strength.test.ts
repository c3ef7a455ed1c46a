import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '../../platform/actor.ts'
import { createCtx } from '../../platform/ctx.ts'
import { isRefusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { modules } from '../../app.ts'
import { getCurrentProcedure, strengthFor } from '../catalogue/index.ts'
import { startDraft } from './start-draft.ts'
import { submitDossier } from './submit-dossier.ts'

const code = '1.001612'
const needsMore = (error: unknown): boolean => isRefusal(error, 'STRONGER_LOG_IN_NEEDED') && error.params.level === 3

test('a procedure that asks for a certificate is neither begun nor filed with less', async (t) => {
  const { db, owner } = await testDatabase(t)
  const node = testNode(db, { modules, now: () => new Date('2026-11-20T02:00:00Z') })
  for (const m of node.modules) await m.seed?.(node)
  t.after(async () => { for (const m of node.modules) await m.stop?.(node) })
  const accountId = newId()
  await db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, 'subject-1', '052090000099', 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
  const person = (assurance: 2 | 3): Person => ({ kind: 'person', id: accountId, subject: 'subject-1', name: 'Nguyễn Văn Thử Nghiệm', assurance, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() })
  const begin = (assurance: 2 | 3) => startDraft(createCtx(node, { actor: person(assurance) }), person(assurance), code)
  assert.equal(strengthFor({}), 2, 'two factors where nothing is said')
  // As if it had been published so: this node is not the author of procedures.
  await owner`UPDATE catalogue.procedure_version SET content = jsonb_set(content, '{service,assurance}', '3'), content_hash = 'of-the-stronger-one' WHERE code = ${code}`
  const procedure = (await getCurrentProcedure(db, code, node.now()))!
  await assert.rejects(begin(2), needsMore)
  assert.ok(await begin(3))
  const file = (assurance: 2 | 3) => submitDossier(createCtx(node, { actor: person(assurance) }), { procedure, form: { key: 'household-business', version: 1 }, answers: {}, applicant: { name: 'x', idNumber: '052090000099', phone: '0900000099' }, files: [], placeCode: '23575', returnWay: 'online', channel: 'online', filingKey: newId() })
  await assert.rejects(file(2), needsMore)
  assert.ok((await file(3)).fresh)
})
