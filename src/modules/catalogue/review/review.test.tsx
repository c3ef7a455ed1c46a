import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { anonymous } from '../../../platform/actor.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import type { Sql, Tx } from '../../../platform/db.ts'
import { translator } from '../../../platform/i18n.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { createCalendar } from '../../calendar/index.ts'
import type { ProcedureInput } from '../content.ts'
import { catalogue, publishProcedure } from '../index.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { officer, site } from '../testing/site.tsx'
import { qualityRoutes } from './admin.page.tsx'
import { listFindings } from './findings.store.ts'
import { publicQualityRoute } from './public.page.tsx'
import { reviewFollower, reviewProcedures } from './review-procedures.ts'
import { reviewVersion, ruleCodes, rules, type Reviewed } from './rules.ts'

suite('review of data quality', () => {
let db: Sql
let node: Node
let now = new Date('2026-11-23T09:00:00+07:00')

before(async () => {
  db = (await testDatabase()).db
  node = testNode(db, { code: 'VN', modules: [catalogue], now: () => now })
  await catalogue.seed!(node)
})

const whole = shippedProcedures.find((p) => p.content.code === '1.001193')!.content
const reviewed = (change: Partial<ProcedureInput>, more: Partial<Reviewed> = {}): Reviewed =>
  ({ content: { ...whole, ...change }, decisionNumber: '1/QĐ', decisionDate: '2026-01-05', publishedAt: new Date('2026-01-06T09:00:00+07:00'), today: '2026-11-22', calendar: createCalendar(), ...more })
const found = (version: Reviewed): string[] => reviewVersion(version).findings.map((f) => f.rule)

test('each rule finds what it is for, and a whole procedure has none of them', () => {
  const method = whole.methods[0]!
  const bare: Record<string, Reviewed> = {
    'steps-missing': reviewed({ steps: [] }), 'methods-missing': reviewed({ methods: [] }), 'components-missing': reviewed({ components: [] }), 'component-count-missing': reviewed({ components: [{ ...whole.components[0]!, originals: 0, copies: 0, source: 'you-bring-it' }] }),
    'limit-missing': reviewed({ methods: [{ channel: 'desk', fees: [] }] }), 'subjects-missing': reviewed({ subjects: [] }), 'agency-missing': reviewed({ agencies: { executing: [], competent: [], authorised: [], cooperating: [] } }),
    'limit-without-unit': reviewed({ methods: [{ channel: 'desk', fees: [], limitNote: { vi: '15 (không ghi đơn vị)' } }] }), 'fee-missing': reviewed({ methods: [{ ...method, fees: [] }] }), 'fee-without-amount': reviewed({ methods: [{ ...method, fees: [{ amount: null }] }] }),
    'results-missing': reviewed({ results: [] }), 'result-code-missing': reviewed({ results: [{ name: { vi: 'Giấy' } }] }), 'law-missing': reviewed({ legalBases: [] }), 'law-dead': reviewed({ legalBases: [{ number: '45/2013/QH13' }] }),
    'owner-missing': reviewed({ owner: { name: { vi: 'Bộ' } } }), 'sector-missing': reviewed({ sector: { code: 'chua-ro', name: { vi: 'Chưa rõ' } } }), 'decision-missing': reviewed({}, { decisionNumber: null }), 'decision-date-missing': reviewed({}, { decisionDate: null }),
    'law-dates-missing': reviewed({ legalBases: [{ number: '1/2020/NĐ-CP' }] }), 'decided-late': reviewed({ legalBases: [{ number: '1/2026/NĐ-CP', effectiveOn: '2026-01-20' }] }), 'published-late': reviewed({}, { publishedAt: new Date('2026-01-20T09:00:00+07:00') }),
    'levels-missing': reviewed({ levels: [] }), 'text-unsorted': reviewed({ remainder: { methods_text: 'x' } }), 'name-long': reviewed({ name: { vi: 'a'.repeat(301), en: 'a' } }), 'english-missing': reviewed({ name: { vi: 'Chỉ tiếng Việt' } }),
  }
  assert.deepEqual(Object.keys(bare).sort(), rules.map((r) => r.code).sort())
  const sound = found(reviewed({ legalBases: [{ number: '60/2014/QH13', effectiveOn: '2026-06-01' }] }))
  for (const [rule, version] of Object.entries(bare)) {
    assert.ok(found(version).includes(rule), rule)
    assert.ok(!sound.includes(rule), `${rule} in a sound procedure`)
  }
})

test('a law that loses its force tomorrow is still in force today', () => {
  const law = { legalBases: [{ number: '45/2013/QH13' }] }
  assert.deepEqual([found(reviewed(law, { today: '2024-07-31' })).includes('law-dead'), found(reviewed(law, { today: '2024-08-01' })).includes('law-dead')], [false, true])
})

test('indicators count working days: 20 before the law takes effect and 10 after the decision for a ministry, 5 and 5 for a province', () => {
  const verdict = (decisionDate: string, effectiveOn: string, publishedOn: string, owner = 'G15') => {
    const v = reviewVersion(reviewed({ owner: { code: owner, name: { vi: 'Cơ quan' } }, legalBases: [{ number: '1/2026', effectiveOn: '2020-01-01' }, { number: '2/2026', effectiveOn }] }, { decisionDate, publishedAt: new Date(`${publishedOn}T16:00:00+07:00`) }))
    return [v.decidedInTime, v.publishedInTime]
  }
  // From Monday 5 October 2026: 10 working days are 19 October, 20 are 2 November.
  assert.deepEqual(verdict('2026-10-05', '2026-11-02', '2026-10-19'), [true, true])
  assert.deepEqual(verdict('2026-10-05', '2026-11-01', '2026-10-20'), [false, false])
  assert.deepEqual(verdict('2026-10-05', '2026-10-12', '2026-10-12', 'H21'), [true, true])
  assert.deepEqual(verdict('2026-10-05', '2026-10-11', '2026-10-13', 'H21'), [false, false])
})

test('every rule has a name, a sentence and a source in both languages', () => {
  for (const lang of ['vi', 'en'] as const) for (const rule of ruleCodes) for (const part of ['name', 'text']) assert.ok(translator(lang).has(`catalogue.review.rule.${rule}.${part}`), `${lang} ${rule}`)
  assert.ok(rules.every((r) => r.source !== ''))
})

const run = async (): Promise<unknown> => db.begin((tx) => reviewProcedures(tx as Tx, node, shippedProcedures.map((p) => p.content.code), now))

test('after a publication its findings come, and after the correction they are closed', async () => {
  const ctx = systemCtx(node, 'test')
  const publish = (content: ProcedureInput) => transact(ctx, (tx) => publishProcedure(tx, ctx, { content }))
  const follow = () => db.begin((tx) => reviewFollower.handle(tx as Tx, [{ position: 1, at: now, type: 'catalogue.procedure_published', subject: '1.000894', actor: '', data: { code: '1.000894' } }], node))
  const content = shippedProcedures.find((p) => p.content.code === '1.000894')!.content
  await publish({ ...content, steps: [], legalBases: [{ number: '45/2013/QH13' }] })
  await follow()
  const first = (await listFindings(db, { code: '1.000894' }, now)).rows
  assert.deepEqual(first.filter((f) => f.severity === 'error').map((f) => f.rule), ['law-dead', 'steps-missing'])
  await follow()
  assert.equal((await listFindings(db, { code: '1.000894' }, now)).total, first.length)
  await publish(content)
  await follow()
  const after = (await listFindings(db, { code: '1.000894' }, now)).rows
  assert.deepEqual(after.filter((f) => f.closedHow === 'corrected').map((f) => f.rule).sort(), ['law-dead', 'steps-missing'])
})

const reviewer = officer('G22', 'catalogue.quality', 'catalogue.review')

test('a request to correct runs ten working days; the owner answers, others may not; the reviewer closes', async (t) => {
  await run()
  now = new Date('2026-11-23T09:00:00+07:00')
  const { as, get, post } = await site(t, node, [...qualityRoutes, publicQualityRoute])
  const [open] = (await listFindings(db, { code: '1.004837' }, now)).rows
  assert.ok(open)
  as(reviewer)
  const home = '/admin/quality-of-data/procedure/1.004837'
  assert.equal((await post('/admin/quality-of-data/ask/1.004837', { request: 'Bổ sung' }, home)).statusCode, 303)
  const asked = (await listFindings(db, { code: '1.004837', state: 'asked' }, now)).rows[0]!
  // Ten working days from Monday 23 November; Tuesday 24 is Vietnamese Culture Day.
  assert.equal(asked.dueAt!.toISOString(), '2026-12-08T02:00:00.000Z')
  assert.equal((await post('/admin/quality-of-data/ask/1.004837', {}, home)).statusCode, 409)
  as(officer('G01', 'catalogue.quality'))
  assert.equal((await post('/admin/quality-of-data/answer/1.004837', { answer: 'Không phải của tôi' }, '/admin/quality-of-data')).statusCode, 403)
  assert.equal((await post('/admin/quality-of-data/ask/1.004837', {}, '/admin/quality-of-data')).statusCode, 403)
  now = new Date('2026-12-08T09:01:00+07:00')
  assert.ok((await listFindings(db, { overdue: true }, now)).rows.every((f) => f.code === '1.004837'))
  as(reviewer)
  assert.match((await get('/admin/quality-of-data?overdue=1')).body, /mc-row--late[\s\S]*1\.004837/)
  as(officer(asked.owner!, 'catalogue.quality'))
  const empty = await post('/admin/quality-of-data/answer/1.004837', { answer: '' }, home)
  assert.deepEqual([empty.statusCode, empty.body.includes('href="#answer"')], [400, true])
  assert.equal((await post('/admin/quality-of-data/answer/1.004837', { answer: 'Sẽ công bố lại' }, home)).statusCode, 303)
  as(reviewer)
  assert.match((await get(home)).body, /Sẽ công bố lại/)
  assert.equal((await post('/admin/quality-of-data/close/1.004837', {}, home)).statusCode, 303)
  assert.ok((await listFindings(db, { code: '1.004837' }, now)).rows.every((f) => f.state === 'closed'))
  now = new Date('2026-11-23T09:00:00+07:00')
})

test('filters are in the address, counts lead to lists, and a reviewer notes what no rule sees', async (t) => {
  await run()
  const { as, get, post, speak } = await site(t, node, [...qualityRoutes, publicQualityRoute])
  as(reviewer)
  const { body } = await get('/admin/quality-of-data?severity=warning')
  assert.match(body, /rule=result-code-missing|rule=owner-missing|rule=decision-missing/)
  assert.match((await get('/admin/quality-of-data?rule=text-unsorted')).body, /Không có phát hiện nào/)
  assert.equal((await post('/admin/quality-of-data/add/1.001193', { finding: 'Tên giấy tờ sai chính tả' }, '/admin/quality-of-data/procedure/1.001193')).statusCode, 303)
  assert.match((await get('/admin/quality-of-data?rule=manual')).body, /Tên giấy tờ sai chính tả/)
  await run()
  assert.equal((await listFindings(db, { code: '1.001193', rule: 'manual' }, now)).rows[0]!.state, 'open')
  speak('en')
  assert.match((await get('/admin/quality-of-data')).body, /Quality of the procedures/)
})

test('the public see results by ministry, but not the words of reviewers', async (t) => {
  const { get } = await site(t, node, [...qualityRoutes, publicQualityRoute])
  const { body } = await get('/chat-luong-du-lieu')
  assert.match(body, /Bộ Công an/)
  const own = await get('/chat-luong-du-lieu?bo=G15')
  assert.equal(own.statusCode, 200)
  assert.doesNotMatch(own.body, /sai chính tả/)
  assert.notEqual((await get('/admin/quality-of-data')).statusCode, 200)
})

test('without the right to review nobody starts a review', async (t) => {
  const { as, post } = await site(t, node, qualityRoutes)
  as(officer('G01', 'catalogue.quality'))
  assert.equal((await post('/admin/quality-of-data/run', {}, '/admin/quality-of-data/procedure/1.001193')).statusCode, 403)
  as(anonymous)
})
})
