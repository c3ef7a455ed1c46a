import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../../app.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { catalogue, publishProcedure } from '../index.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { addHomePart } from './home-parts.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('pages', () => {
let database: TestDatabase
let node: Node
let server: FastifyInstance

before(async () => {
  database = await testDatabase()
  node = testNode(database.db, { code: 'VN', modules: [catalogue] })
  await catalogue.seed!(node)
  server = (await buildApp(node)).server
})
after(() => server.close())

async function get(path: string, lang: 'vi' | 'en' = 'vi') {
  const reply = await server.inject({ method: 'GET', url: path, headers: { cookie: `mc_lang=${lang}` } })
  return { status: reply.statusCode, body: reply.body, json: () => reply.json() }
}

test('the home page leads to search, life events, tracking and the eleven kinds of information', async () => {
  const { status, body } = await get('/')
  assert.equal(status, 200)
  for (const part of ['action="/thu-tuc"', 'su-kien=co-con', 'action="/tra-cuu"', 'name="ma"', '/thong-tin#thu-tuc', '/thong-tin#khac', '/nop-ho-so/']) assert.ok(body.includes(part), part)
})

test('a part of the home page that fails is left out', async () => {
  addHomePart({ name: 'test-good', order: 1, render: () => Promise.resolve('từ một mô-đun khác') })
  addHomePart({ name: 'test-bad', order: 2, render: () => Promise.reject(new Error('broken')) })
  const { status, body } = await get('/?lang=vi')
  assert.deepEqual([status, body.includes('từ một mô-đun khác')], [200, true])
})

test('the page of a procedure says time, fee, result and papers, and leads to filing', async () => {
  const { status, body } = await get('/thu-tuc/3.000347')
  assert.equal(status, 200)
  for (const part of ['Đổi giấy phép lái xe', '5 ngày làm việc', '115.000 đồng', 'href="/nop-ho-so/3.000347"', 'Cơ quan tự lấy', 'Bạn chuẩn bị', '12/2025/TT-BCA', 'Cục Cảnh sát giao thông']) assert.ok(body.includes(part), part)
  const english = await get('/thu-tuc/3.000347', 'en')
  for (const part of ['Driving licence exchange', '5 working days', 'Apply online', 'Traffic Police Department', 'We fetch it']) assert.ok(english.body.includes(part), part)
})

test('every shipped procedure has a page in both languages that stays under 30 kB with its style sheet', async () => {
  const { body } = await get('/')
  const sheets = [...body.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map((m) => m[1]!)
  assert.ok(sheets.length > 0)
  const css = (await Promise.all(sheets.map(async (href) => gzipSync((await server.inject(href)).rawPayload).length))).reduce((a, b) => a + b, 0)
  for (const path of ['/', '/thu-tuc', '/thong-tin', ...shippedProcedures.map((p) => `/thu-tuc/${p.content.code}`)]) {
    for (const lang of ['vi', 'en'] as const) {
      const reply = await get(path, lang)
      assert.equal(reply.status, 200, path)
      const weight = css + gzipSync(reply.body).length
      assert.ok(weight < 30_000, `${path} in ${lang} weighs ${weight} bytes`)
    }
  }
})

test('a version keeps its address after an amendment, and says that another applies now', async () => {
  const first = shippedProcedures.find((p) => p.content.code === '1.001612')!
  const ctx = systemCtx(node, 'test')
  await transact(ctx, (tx) => publishProcedure(tx, ctx, { content: { ...first.content, summary: { vi: 'Tóm tắt đã sửa', en: 'Amended summary' } }, validFrom: '2026-11-01' }))
  const old = await get('/thu-tuc/1.001612/phien-ban/1')
  assert.deepEqual([old.status, old.body.includes('không phải phiên bản đang áp dụng'), old.body.includes('Tóm tắt đã sửa'), old.body.includes('Nộp hồ sơ trực tuyến')], [200, true, false, false])
  const { body } = await get('/thu-tuc/1.001612/phien-ban/2')
  assert.deepEqual([body.includes('Tóm tắt đã sửa'), body.includes('không phải phiên bản')], [true, false])
})

test('an unknown code, version or nonsense in the address answers 404 with what to do', async () => {
  for (const path of ['/thu-tuc/9.999999', '/thu-tuc/1.001193/phien-ban/99', '/thu-tuc/1.001193/phien-ban/abc', '/thu-tuc/%3Cscript%3E', `/thu-tuc/${'x'.repeat(400)}`]) {
    const { status, body } = await get(path)
    assert.equal(status, 404, path)
    assert.ok(!body.includes('<script>alert') && !body.includes('<script>"'), path)
  }
})

test('search and filters are in the address, and what was typed stays', async () => {
  const { body } = await get('/thu-tuc?q=khai+sih&doi-tuong=citizen')
  assert.ok(body.includes('value="khai sih"'))
  assert.ok(body.includes('href="/thu-tuc/1.001193"'))
  assert.match(body, /<option value="citizen" selected/)
  const none = await get('/thu-tuc?q=zzzzqqq')
  assert.deepEqual([none.status, none.body.includes('Không tìm thấy')], [200, true])
  const hostile = await get(`/thu-tuc?q=${encodeURIComponent('<img src=x> \' " & | ! :* % _ \\ \u0000')}&trang=99999&cap=nonsense&linh-vuc=%27`)
  assert.deepEqual([hostile.status, hostile.body.includes('<img src=x>')], [200, false])
})

test('the API lists and gives procedures, and answers problems as problem+json', async () => {
  const list = (await get('/api/v1/procedures?q=khai+sinh&size=1')).json() as { total: number; items: { code: string; name: { en: string } }[] }
  assert.deepEqual([list.items.length, list.items[0]?.code, list.items[0]?.name.en], [1, '1.001193', 'Birth registration'])
  const one = (await get('/api/v1/procedures/1.001193')).json() as { version: number; content: { service: { formKey: string } } }
  assert.deepEqual([one.version, one.content.service.formKey], [1, 'birth-registration'])
  const missing = await server.inject('/api/v1/procedures/9.999999')
  assert.deepEqual([missing.statusCode, missing.headers['content-type'], missing.json().code], [404, 'application/problem+json; charset=utf-8', 'catalogue.PROCEDURE_NOT_FOUND'])
  assert.equal((await get('/api/v1/procedures/1.001612?version=1')).json().version, 1)
  assert.equal((await get('/api/v1/procedures/1.001612?version=x')).status, 404)
})

test('the search box has suggestions for the script, and an empty result leads on', async () => {
  const { body } = await get('/thu-tuc?q=zzzzqqq')
  for (const part of ['data-suggest="/thu-tuc/goi-y"', 'su-kien=co-con']) assert.ok(body.includes(part), part)
  const reply = await get('/thu-tuc/goi-y?q=khai+si')
  assert.equal((reply.json() as { suggestions: { href: string }[] }).suggestions[0]?.href, '/thu-tuc/1.001193')
  const slip = await get('/thu-tuc?q=khai+sih+con')
  assert.match(slip.body, /Có phải bạn tìm[\s\S]{0,120}khai sinh con/)
})
})
