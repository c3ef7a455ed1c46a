import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { anonymous } from '../../../platform/actor.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Sql, Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { listEvents } from '../../ledger/index.ts'
import { catalogue, publishProcedure } from '../index.ts'
import { procedureRoutes } from '../pages/procedure.page.tsx'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { officer, site } from '../testing/site.tsx'
import { adminQuestionRoutes } from './admin.page.tsx'
import { questionRoutes } from './public.page.tsx'
import { questionFollower } from './publish-question.ts'
import { findQuestion, listPublishedQuestions } from './questions.store.ts'
import { shippedQuestions } from './shipped-questions.ts'

suite('questions and answers', () => {
let db: Sql
let node: Node

before(async () => {
  db = (await testDatabase()).db
  node = testNode(db, { code: 'VN', modules: [catalogue] })
  await catalogue.seed!(node)
})

const routes = [...questionRoutes, ...adminQuestionRoutes, ...procedureRoutes]
const author = officer('G04', 'catalogue.questions')
const draft = { questionVi: 'Làm ở đâu?', answerVi: 'Ở xã.', questionEn: 'Where?', answerEn: 'At the commune.', sector: '', procedures: '1.001193' }

test('every shipped question is public, in both languages, on procedures that exist', async () => {
  await catalogue.seed!(node)
  const found = await listPublishedQuestions(db, { size: 100 })
  assert.equal(found.total, shippedQuestions.length)
  const codes = new Set(shippedProcedures.map((p) => p.content.code))
  for (const q of found.rows) assert.ok(q.sector && q.question.en !== q.question.vi && q.version === 1 && q.procedures.every((c) => codes.has(c)), q.question.vi)
})

test('the public find questions by word without diacritics, life event, sector and procedure', async (t) => {
  const { get, speak } = await site(t, node, routes)
  assert.match((await get('/hoi-dap?q=ket+hon')).body, /nơi tạm trú có được không/)
  assert.doesNotMatch((await get('/hoi-dap?su-kien=lai-xe')).body, /kết hôn/)
  assert.match((await get('/hoi-dap?linh-vuc=ho-tich')).body, /60 ngày/)
  assert.match((await get('/hoi-dap?thu-tuc=1.001193')).body, /chưa đăng ký kết hôn/)
  assert.match((await get('/hoi-dap?q=zzzz')).body, /Không có câu hỏi nào/)
  assert.match((await get('/thu-tuc/1.001193')).body, /Trẻ sinh ra bao lâu/)
  speak('en')
  assert.match((await get(`/hoi-dap/${shippedQuestions[0]!.id}`)).body, /Within 60 days of the birth/)
  assert.equal((await get('/hoi-dap/none')).statusCode, 404)
})

test('an author drafts, confirms and publishes; the public see nothing of a draft', async (t) => {
  const { as, get, post } = await site(t, node, routes)
  as(author)
  const saved = await post('/admin/questions/new', draft)
  assert.equal(saved.statusCode, 303)
  const id = /edit\/([^?]+)/.exec(String(saved.headers.location))![1]!
  assert.equal((await get(`/hoi-dap/${id}`)).statusCode, 404)
  const confirm = await get(`/admin/questions/publish/${id}`)
  assert.match(confirm.body, /Công khai câu hỏi, trả lời này\?/)
  assert.equal((await post(`/admin/questions/publish/${id}`, { revision: '1' })).statusCode, 303)
  assert.match((await get(`/hoi-dap/${id}`)).body, /Ở xã\./)
  await post(`/admin/questions/edit/${id}`, { ...draft, answerVi: 'Ở tỉnh.', revision: '2' })
  assert.match((await get(`/hoi-dap/${id}`)).body, /Ở xã\./)
  assert.equal((await post(`/admin/questions/withdraw/${id}`, { revision: '3' })).statusCode, 303)
  assert.equal((await get(`/hoi-dap/${id}`)).statusCode, 404)
})

test('what was typed stays when something is missing, and nothing incomplete is published', async (t) => {
  const { as, post, get } = await site(t, node, routes)
  as(author)
  const wrong = await post('/admin/questions/new', { ...draft, questionVi: '', procedures: '9.999999', answerVi: 'Giữ lại' })
  assert.deepEqual([wrong.statusCode, wrong.body.includes('Giữ lại'), wrong.body.includes('9.999999'), wrong.body.includes('href="#questionVi"')], [400, true, true, true])
  const half = await post('/admin/questions/new', { ...draft, answerEn: '' })
  const id = /edit\/([^?]+)/.exec(String(half.headers.location))![1]!
  assert.equal((await get(`/admin/questions/publish/${id}`)).statusCode, 400)
  assert.equal((await post(`/admin/questions/publish/${id}`, { revision: '1' }, `/admin/questions/edit/${id}`)).statusCode, 409)
})

test('who saves over somebody else’s save is told, and nothing is overwritten', async (t) => {
  const { as, post } = await site(t, node, routes)
  as(author)
  const id = /edit\/([^?]+)/.exec(String((await post('/admin/questions/new', draft)).headers.location))![1]!
  assert.equal((await post(`/admin/questions/edit/${id}`, { ...draft, answerVi: 'Người thứ nhất', revision: '1' })).statusCode, 303)
  const second = await post(`/admin/questions/edit/${id}`, { ...draft, answerVi: 'Người thứ hai', revision: '1' })
  assert.deepEqual([second.statusCode, second.body.includes('Người thứ hai'), second.body.includes('vừa lưu câu hỏi này')], [400, true, true])
  assert.equal((await findQuestion(db, id))!.answer.vi, 'Người thứ nhất')
})

test('an agency may not change the question of another, and without the right nobody sees the list', async (t) => {
  const { as, get, post } = await site(t, node, routes)
  as(author)
  const id = /edit\/([^?]+)/.exec(String((await post('/admin/questions/new', draft)).headers.location))![1]!
  as(officer('G01', 'catalogue.questions'))
  assert.equal((await post(`/admin/questions/edit/${id}`, { ...draft, revision: '1' }, '/admin/questions/new')).statusCode, 403)
  as(officer('G04'))
  assert.equal((await get('/admin/questions')).statusCode, 403)
  as(anonymous)
  assert.notEqual((await get('/admin/questions')).statusCode, 200)
})

test('a new version of a procedure calls its questions into review, once; publishing again ends it', async (t) => {
  const { as, get, post } = await site(t, node, routes)
  const asked = shippedQuestions[0]!
  const content = shippedProcedures.find((p) => p.content.code === '1.001193')!.content
  const ctx = systemCtx(node, 'test')
  const { version } = await transact(ctx, (tx) => publishProcedure(tx, ctx, { content: { ...content, summary: { vi: 'Khác', en: 'Other' } } }))
  const events = (await listEvents(db, '1.001193')).filter((e) => e.type === 'catalogue.procedure_published')
  for (let i = 0; i < 2; i++) await db.begin((tx) => questionFollower.handle(tx as Tx, events, node))
  const flagged = (await findQuestion(db, asked.id))!
  assert.deepEqual([flagged.state, flagged.review], ['needs-review', [{ code: '1.001193', version }]])
  assert.equal((await findQuestion(db, shippedQuestions[5]!.id))!.state, 'published')
  assert.match((await get(`/hoi-dap/${asked.id}`)).body, /đang rà soát/)
  as(author)
  assert.match((await get('/admin/questions?state=needs-review')).body, /Trẻ sinh ra bao lâu/)
  assert.match((await get(`/admin/questions/edit/${asked.id}`)).body, new RegExp(`/thu-tuc/1.001193/phien-ban/${version}`))
  assert.equal((await post(`/admin/questions/publish/${asked.id}`, { revision: String(flagged.revision) })).statusCode, 303)
  assert.deepEqual([(await findQuestion(db, asked.id))!.state, (await findQuestion(db, asked.id))!.publishedVersion], ['published', 2])
})
})
