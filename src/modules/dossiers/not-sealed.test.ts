import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '../../platform/actor.ts'
import { createCtx } from '../../platform/ctx.ts'
import { isRefusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { modules } from '../../app.ts'
import { getCurrentProcedure } from '../catalogue/index.ts'
import { submitDossier } from './submit-dossier.ts'

test('nothing is received while no witness has seen the log for four hours, and again as soon as one has', async (t) => {
  const { db } = await testDatabase(t)
  const now = new Date('2026-11-20T06:00:00Z')
  const open = () => testNode(db, { modules, now: () => now })
  const node = open()
  for (const m of node.modules) await m.seed?.(node)
  t.after(async () => { for (const m of node.modules) await m.stop?.(node) })
  const accountId = newId()
  await db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, 'subject-1', '052090000099', 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
  const actor: Person = { kind: 'person', id: accountId, subject: 'subject-1', name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: now, sessionId: newId() }
  const procedure = (await getCurrentProcedure(db, '1.001612', now))!
  // What a process knows it remembers for fifteen seconds: another one each time.
  const file = () => submitDossier(createCtx(open(), { actor }), { procedure, form: { key: 'household-business', version: 1 }, answers: {}, applicant: { name: 'x', idNumber: '052090000099', phone: '0900000099' }, files: [], placeCode: '23575', returnWay: 'online', channel: 'online', filingKey: newId() })
  const seen = (at: string) => db`INSERT INTO ledger.log_state (watched_since, seen_at) VALUES ('2026-11-01', ${at}) ON CONFLICT (singleton) DO UPDATE SET seen_at = excluded.seen_at`
  await seen('2026-11-20T02:00:01Z')
  assert.ok((await file()).fresh)
  await seen('2026-11-20T01:59:59Z')
  await assert.rejects(file(), (error) => isRefusal(error, 'NOT_SEALED') && error.status === 409)
  await seen('2026-11-20T05:59:00Z')
  assert.ok((await file()).fresh)
})
