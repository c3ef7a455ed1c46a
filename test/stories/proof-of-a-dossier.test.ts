import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Person } from '../../src/platform/actor.ts'
import { createCtx } from '../../src/platform/ctx.ts'
import { statusOf } from '../../src/platform/http/failures.ts'
import { page } from '../../src/platform/http/reply.ts'
import { buildServer, csrfFor } from '../../src/platform/http/server.ts'
import { newId } from '../../src/platform/ids.ts'
import { root } from '../../src/platform/root.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'
import { modules } from '../../src/app.ts'
import { renderFragment } from '../../src/ui/index.ts'
import { getCurrentProcedure } from '../../src/modules/catalogue/index.ts'
import { dossiers } from '../../src/modules/dossiers/index.ts'
import { submitDossier } from '../../src/modules/dossiers/submit-dossier.ts'
import { checkReceipt, cosignText, drainFollowers, formatPolicy, keepCosignature, logKeysOf, parseNote, sealLog } from '../../src/modules/ledger/index.ts'
import { noteKey } from '../../src/modules/ledger/log/note.ts'

test('a person sees when others confirmed each step, takes the proof home and has it checked there; nobody else gets it', async (t) => {
  const { db } = await testDatabase(t)
  const now = new Date('2026-11-20T02:00:00Z')
  const node = testNode(db, { modules, now: () => now })
  for (const m of node.modules) await m.seed?.(node)
  t.after(async () => { for (const m of node.modules) await m.stop?.(node) })
  const person = async (n: number): Promise<Person> => {
    const id = newId()
    await db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${id}, ${`subject-${n}`}, ${`05209000009${n}`}, 'Nguyễn Văn Thử Nghiệm', '1990-03-12', ${`090000009${n}`}, 2, now(), now())`
    return { kind: 'person', id, subject: `subject-${n}`, name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: now, sessionId: newId() }
  }
  const [owner, other] = [await person(1), await person(2)]
  let actor = owner
  const app = await buildServer(node, {
    routes: dossiers.routes!(node), authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' }, failurePage: (failure) => page('refused' as never, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => renderFragment(reply.node, { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name: node.config.name, ...node.config.brand, phone: '' }, path: '/', query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }),
  })
  t.after(() => app.close())
  const procedure = (await getCurrentProcedure(db, '1.001612', now))!
  const { id } = await submitDossier(createCtx(node, { actor: owner }), { procedure, form: { key: 'household-business', version: 1 }, answers: {}, applicant: { name: 'x', idNumber: '052090000091', phone: '0900000091' }, files: [], placeCode: '23575', returnWay: 'online', channel: 'online', filingKey: newId() })
  const [proofs, tep] = [`/ho-so/${id}/bang-chung`, `/ho-so/${id}/bang-chung/tep?su-kien=1`]
  assert.match((await app.inject(proofs)).body, /Chưa có bước nào được ghi/)
  await drainFollowers(node)
  const sealed = await sealLog(node)
  assert.match((await app.inject(proofs)).body, /Đang chờ xác nhận/)
  assert.equal((await app.inject(tep)).statusCode, 303, 'nothing to take home yet')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const witness = { key: noteKey('motcua/witness/VN', 'cosignature', publicKey), privateKey }
  const seen = new Date('2026-11-20T02:00:03Z')
  await keepCosignature(db, sealed.size, { witness: witness.key.name, at: seen, line: cosignText(parseNote(sealed.note).text, witness, seen) })
  assert.match((await app.inject(`${proofs}?lang=en`)).body, /09:00, 20\/11\/2026, 1 system/)
  const file = await app.inject(tep)
  assert.match(String(file.headers['content-disposition']), /-1\.tlog-proof/)
  const receipt = checkReceipt(file.body, { log: (await logKeysOf(node)).log.key, witnesses: [witness.key], quorum: 1 })
  assert.deepEqual([receipt.type, receipt.subject, receipt.claimed, receipt.seen.map((s) => s.at)], ['dossier.submitted', id, now, [seen]])
  const folder = mkdtempSync(join(tmpdir(), 'motcua-proof-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'policy'), formatPolicy({ log: (await logKeysOf(node)).log.key, witnesses: [witness.key], quorum: 1 }))
  writeFileSync(join(folder, 'good.tlog-proof'), file.body)
  writeFileSync(join(folder, 'bad.tlog-proof'), file.body.replace('index 0', 'index 1').replace(/index (\d+)/, (_, n: string) => `index ${Number(n) + 1}`))
  const verify = (...names: string[]) => spawnSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/verify-proof.ts'), '--policy', join(folder, 'policy'), ...names.map((name) => join(folder, name))], { cwd: root, encoding: 'utf8' })
  const good = verify('good.tlog-proof')
  assert.equal(good.status, 0)
  assert.match(good.stdout, new RegExp(`holds\\. dossier\\.submitted about ${id}, at 2026-11-20T02:00:00\\.000Z .* seen by motcua/witness/VN at 2026-11-20T02:00:03`))
  const mixed = verify('good.tlog-proof', 'bad.tlog-proof')
  assert.deepEqual([mixed.status, /bad\.tlog-proof: does not hold/.test(mixed.stdout)], [1, true])
  actor = other
  for (const url of [proofs, tep]) assert.equal((await app.inject(url)).statusCode, 404)
})
