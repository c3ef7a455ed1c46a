import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { modules } from '../../app.ts'
import { renderToString } from 'preact-render-to-string'
import { completeTask, diagramFor, listTasks, processModule, publishProcess, startProcess } from './index.ts'
import { RawHtml } from '../../ui/index.ts'
import { wrap } from './drawing/svg-text.ts'
import { draw } from './testing.ts'

async function world(t: TestContext) {
  const { db } = await testDatabase(t)
  let now = new Date('2026-03-02T09:00:00+07:00')
  const node = testNode(db, { modules, now: () => now })
  await processModule.seed!(node)
  const subject = newId()
  const run = async (key: string) => { const ctx = systemCtx(node, 'test'); await transact(ctx, (tx) => startProcess(tx, ctx, { processKey: key, subject, agencyCode: 'H21' })) }
  const step = async (elementId: string, outcome?: string) => {
    now = new Date(now.getTime() + 600_000)
    const ctx = systemCtx(node, 'test')
    const task = (await listTasks(db, { subject, open: true })).find((one) => one.elementId === elementId)!
    await transact(ctx, (tx) => completeTask(tx, ctx, { taskId: task.id, outcome }))
  }
  return { db, node, subject, run, step }
}

const seen = (diagram: { steps: { name: string; state: string }[] } | undefined) => diagram?.steps.map(({ name, state }) => `${state} ${name}`)

test('the diagram tells what is done, what is at work and what can still come, also after a step back', async (t) => {
  const w = await world(t)
  assert.equal(await diagramFor(w.db, w.subject, 'vi'), undefined)
  await w.run('birth-registration')
  assert.deepEqual(seen(await diagramFor(w.db, w.subject, 'en')), [
    'current Check birth certificate of the hospital and parents’ papers', 'ahead Appraise the declaration', 'ahead Verify with other bodies', 'ahead Draft certificate and register entry',
    'ahead Civil status officer confirms the draft', 'ahead Chairperson signs the certificate', 'ahead Issue the certificate',
  ])
  await w.step('check')
  await w.step('appraise', 'enough')
  await w.step('draft')
  await w.step('confirm', 'returned')
  const diagram = (await diagramFor(w.db, w.subject, 'vi'))!
  assert.deepEqual(seen(diagram), [
    'done Kiểm tra giấy chứng sinh, giấy tờ của cha mẹ', 'done Thẩm tra nội dung khai sinh', 'done Dự thảo giấy khai sinh, sổ hộ tịch', 'done Công chức tư pháp - hộ tịch xác nhận dự thảo',
    'current Dự thảo giấy khai sinh, sổ hộ tịch', 'ahead Công chức tư pháp - hộ tịch xác nhận dự thảo', 'ahead Chủ tịch ký giấy khai sinh', 'ahead Trao giấy khai sinh',
  ])
  assert.equal(diagram.steps[0]?.from?.toISOString(), '2026-03-02T02:00:00.000Z')
  assert.equal(diagram.steps[0]?.to?.toISOString(), '2026-03-02T02:10:00.000Z')
  assert.equal(diagram.steps[1]?.role, 'Chuyên viên')
})

test('the picture has a name, a description with every step, the current step filled and the way taken solid', async (t) => {
  const w = await world(t)
  await w.run('driving-licence-exchange')
  await w.step('check')
  const { svg, steps } = (await diagramFor(w.db, w.subject, 'vi'))!
  assert.match(svg, /^<svg [^>]*role="img"[^>]*aria-labelledby="(\S+-title) (\S+-desc)"/)
  assert.match(svg, /<title id="[^"]+-title">Quy trình Đổi giấy phép lái xe<\/title><desc id="[^"]+-desc">Các bước theo thứ tự: Kiểm tra hồ sơ, giấy phép lái xe đang có: đã xong;/)
  assert.equal(svg.match(/rx="6" fill="var\(--mc-brand, #9B1B1E\)"/g)?.length, 2)
  assert.equal(svg.match(/<path d="[^"]+" fill="none" stroke="#1B1B1D"/g)?.length, 4)
  assert.equal(steps.filter((step) => step.state === 'current').length, 2)
  assert.match(svg, /✓ 09:10 02\/03/)
})

test('how far it is grows from nothing to one and only falls when a step goes back', async (t) => {
  const w = await world(t)
  await w.run('household-business')
  const seenProgress = [(await diagramFor(w.db, w.subject, 'vi'))!.progress]
  for (const step of ['check_conditions', 'check_name', 'draft', 'sign', 'issue']) {
    await w.step(step)
    seenProgress.push((await diagramFor(w.db, w.subject, 'vi'))!.progress)
  }
  assert.equal(seenProgress[0], 0)
  assert.equal(seenProgress.at(-1), 1)
  assert.ok(seenProgress.every((p, i) => i === 0 || p > seenProgress[i - 1]!))
})

test('names in a process are text in the picture, whatever they hold', async (t) => {
  const w = await world(t)
  const evil = '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&apos;&amp;amp;'
  const bpmn = draw('evil', 's>a a>e').replace('name="a"', `name="${evil}"`).replace('isExecutable', `name="${evil}" isExecutable`)
  const ctx = systemCtx(w.node, 'test')
  assert.deepEqual((await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn }))).problems, [])
  await w.run('evil')
  const html = renderToString(<RawHtml html={(await diagramFor(w.db, w.subject, 'vi'))!.svg} />)
  assert.doesNotMatch(html, /<script|"'&amp;amp/)
  assert.match(html, /&#60;script&#62;/)
})

test('long names break into lines and end in an ellipsis', () => {
  assert.deepEqual(wrap('Kiểm tra hồ sơ, giấy phép lái xe đang có', 152, 13, 3), ['Kiểm tra hồ sơ, giấy', 'phép lái xe đang có'])
  assert.deepEqual(wrap('a b c d e f g h i j', 26, 13, 2), ['a b', 'c …'])
  assert.deepEqual(wrap('', 100, 13, 2), [])
  assert.ok(wrap('x'.repeat(500), 100, 13, 2).every((line) => line.length <= 14))
})
