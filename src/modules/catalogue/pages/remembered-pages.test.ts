import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { buildApp, modules } from '../../../app.ts'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { openDatabase, type Db, type Sql } from '../../../platform/db.ts'
import { runDue } from '../../../platform/jobs.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { agencyTable, findAgency } from '../../organisations/index.ts'
import { abolishProcedures } from '../decisions/abolish-procedures.ts'
import { publishProcedure, type ProcedureInput } from '../index.ts'
import { changeOffer } from '../onboarding/change-offer.ts'
import { publishQuestion, withdrawQuestion } from '../questions/publish-question.ts'
import { saveQuestion } from '../questions/save-question.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { shippedQuestions } from '../questions/shipped-questions.ts'

/** What every remembered page of the program is asked for by. */
const samples: Readonly<Record<string, readonly string[]>> = {
  '/': ['/'],
  '/thong-tin': ['/thong-tin'],
  '/thu-tuc': ['/thu-tuc', '/thu-tuc?q=khai+sinh', '/thu-tuc?q=zzzz+qqqq+khac', '/thu-tuc?q=1.00119', '/thu-tuc?cap=commune&sap-xep=newest&trang=2'],
  '/thu-tuc/:code': ['/thu-tuc/3.000347', '/thu-tuc/1.001193'],
  '/thu-tuc/:code/phien-ban/:version': ['/thu-tuc/3.000347/phien-ban/1'],
  '/thu-tuc/:code/so-sanh': ['/thu-tuc/3.000347/so-sanh'],
  '/hoi-dap': ['/hoi-dap', '/hoi-dap?q=ket+hon&su-kien=ket-hon'],
  '/hoi-dap/:id': [`/hoi-dap/${shippedQuestions[0]!.id}`],
}

/** Shown for a second at most: see the route. */
const shortLived: Readonly<Record<string, string>> = { 'quality.count': 'figures on the home page' }

suite('remembered pages of the catalogue', () => {
let database: TestDatabase
let ctx: Ctx
let server: FastifyInstance
/** The same node in another process: a pool of its own on the same database. */
let elsewhere: FastifyInstance
let now: Date
const asked = new Set<string>()

before(async () => {
  database = await testDatabase()
  now = new Date('2026-11-27T03:00:00Z')
  const other = openDatabase(database.url, { max: 4 })
  const [own, second] = [watched(database.db), other].map((db) => testNode(db, { code: 'VN', modules, now: () => now }))
  for (const name of ['organisations', 'catalogue']) await modules.find((m) => m.name === name)!.seed!(own!)
  ctx = systemCtx(own!, 'test')
  server = (await buildApp(own!)).server
  elsewhere = (await buildApp(second!)).server
})

/** Notes which tables are asked. */
function watched(db: Sql): Sql {
  return new Proxy(db, {
    apply(target, self, args: [TemplateStringsArray, ...unknown[]]) {
      for (const [, table] of (args[0].raw?.join(' ') ?? '').matchAll(/\b(?:FROM|JOIN)\s+([a-z_]+\.[a-z_]+)/g)) asked.add(table!)
      return Reflect.apply(target as never, self, args) as unknown
    },
  })
}

async function body(url: string, from = server): Promise<string> {
  const reply = await from.inject({ url, headers: { cookie: 'mc_lang=vi' } })
  return reply.body
}

/** Asks before the change, so that the page is remembered, and at once after it; and in the other process within a second. */
async function shows(urls: readonly string[], expected: RegExp, act: () => Promise<unknown>): Promise<void> {
  for (const url of urls) for (const from of [server, elsewhere]) assert.doesNotMatch(await body(url, from), expected, `${url} before`)
  await act()
  const changed = performance.now()
  for (const url of urls) assert.match(await body(url), expected, url)
  for (const url of urls) while (!expected.test(await body(url, elsewhere))) {
    assert.ok(performance.now() - changed < 2500, `${url} in another process`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const contentOf = (code: string): ProcedureInput => shippedProcedures.find((p) => p.content.code === code)!.content
const publish = (content: ProcedureInput) => transact(ctx, (tx) => publishProcedure(tx, { ...ctx, now }, { content }))

test('every remembered page asks only tables that tell of their changes', async () => {
  const remembered = ctx.node.modules.flatMap((m) => m.routes?.(ctx.node) ?? []).filter((route) => route.remember).map((route) => route.path)
  assert.deepEqual(remembered.sort(), Object.keys(samples).sort(), 'a sample for every remembered page')
  asked.clear()
  for (const url of Object.values(samples).flat()) {
    const reply = await server.inject({ url: `${url}${url.includes('?') ? '&' : '?'}bang=1` })
    assert.deepEqual([reply.statusCode, Boolean(reply.headers.etag)], [200, true], url)
  }
  const telling = new Set((await database.owner<{ name: string }[]>`SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'public_change'`).map((r) => r.name))
  assert.ok(asked.size > 6, [...asked].join())
  assert.deepEqual([...asked].filter((table) => !telling.has(table) && table !== 'platform.public_change' && table !== 'catalogue.similar' && !(table in shortLived)), [])
})

test('a publication is on every page at once', async () => {
  const content = contentOf('3.000347')
  await shows(['/thu-tuc/3.000347', '/thu-tuc?q=doi+giay+phep+lai+xe', '/thu-tuc?truc-tuyen=here'], /Đổi giấy phép lái xe kiểu mới/, () => publish({ ...content, name: { vi: 'Đổi giấy phép lái xe kiểu mới', en: 'New exchange' } }))
  assert.match(await body('/thu-tuc/3.000347/phien-ban/1'), /Phiên bản 2/)
  await shows(['/thu-tuc/3.000347/so-sanh', '/thu-tuc/3.000347/phien-ban/1'], /phiên bản 3|phien-ban\/3/i, () => publish({ ...content, name: { vi: 'Đổi giấy phép lái xe lần nữa', en: 'Again' } }))
  await shows(['/thu-tuc?q=tha+dieu', '/thu-tuc?linh-vuc=dieu'], /Cấp phép thả diều/, () => publish({ ...content, code: '1.999999', name: { vi: 'Cấp phép thả diều' }, sector: { code: 'dieu', name: { vi: 'Diều' } } }))
})

test('a suspended service says so at once, and one that is suspended from an hour on says so from that hour on', async () => {
  await shows(['/thu-tuc/1.001193'], /nâng cấp hệ thống/, () => changeOffer({ ...ctx, now }, { procedureCode: '1.001193', state: 'suspended', reasonVi: 'Tạm ngừng để nâng cấp hệ thống' }))
  now = new Date('2026-11-27T03:01:00Z')
  await shows(['/thu-tuc/1.001193'], /href="\/nop-ho-so\/1.001193"/, () => changeOffer({ ...ctx, now }, { procedureCode: '1.001193', state: 'open', reasonVi: 'Đã xong' }))
  await changeOffer({ ...ctx, now }, { procedureCode: '1.001193', state: 'stopped', reasonVi: 'Dừng từ trưa', fromAt: new Date('2026-11-27T05:00:00Z') })
  await shows(['/thu-tuc/1.001193'], /Dừng từ trưa/, async () => { now = new Date('2026-11-27T05:00:00Z') })
})

test('a question that is answered or withdrawn is so on every page at once', async () => {
  const saved = await saveQuestion(ctx, { sector: null, lifeEvents: [], procedures: ['1.001612'], question: { vi: 'Thả diều ở đâu?', en: 'Where?' }, answer: { vi: 'Ở ngoài đồng.', en: 'Outside.' } })
  assert.ok('id' in saved)
  const pages = ['/hoi-dap', '/thu-tuc/1.001612', `/hoi-dap/${saved.id}`]
  await shows(pages, /Thả diều ở đâu/, () => publishQuestion(ctx, saved.id, 1))
  await withdrawQuestion(ctx, saved.id, 2)
  for (const url of pages) assert.doesNotMatch(await body(url), /Thả diều ở đâu/, url)
})

test('an abolition is on every page at once, and one for tomorrow from midnight on', async () => {
  await shows(['/thu-tuc/1.004873'], /bãi bỏ/, () => transact(ctx, (tx) => abolishProcedures(tx, { ...ctx, now }, ['1.004873'], { number: '9/QĐ', issuedOn: null, effectiveOn: '2026-11-27' })))
  assert.doesNotMatch(await body('/thu-tuc?q=1.004873'), /href="\/thu-tuc\/1.004873"/)
  await transact(ctx, (tx) => abolishProcedures(tx, { ...ctx, now }, ['1.000894'], { number: '9/QĐ', issuedOn: null, effectiveOn: '2026-11-28' }))
  assert.match(await body('/thu-tuc/1.000894'), /sẽ bãi bỏ từ/)
  now = new Date('2026-11-27T17:00:00Z')
  assert.doesNotMatch(await body('/thu-tuc/1.000894'), /sẽ bãi bỏ từ/)
  assert.match(await body('/thu-tuc?q=1.000894'), /href="\/thu-tuc\/1.000894"/)
  await runDue(ctx.node)
  assert.doesNotMatch(await body('/thu-tuc?q=1.000894'), /href="\/thu-tuc\/1.000894"/)
})

test('an agency under a new name is remembered under it', async () => {
  now = new Date('2026-11-28T03:00:00Z')
  const before = await findAgency(ctx.db, 'H21', now)
  const entry = await agencyTable.find(ctx.db as Db, 'H21', '2026-11-28')
  await transact(ctx, (tx) => agencyTable.put(tx, 'H21', { ...entry!.values, nameVi: 'Tỉnh tên mới' }, '2026-11-28'))
  assert.notEqual(before!.nameVi, 'Tỉnh tên mới')
  assert.equal((await findAgency(ctx.db, 'H21', now))!.nameVi, 'Tỉnh tên mới')
})
})
