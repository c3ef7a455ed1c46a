import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Actor } from '../../../platform/actor.ts'
import { statusOf } from '../../../platform/http/failures.ts'
import { page } from '../../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../../platform/http/server.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import { calendarModule } from '../../calendar/index.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import { processModule } from '../index.ts'
import { draw } from '../testing.ts'
import { tryDiagramPath, tryDiagramRoutes } from './try-diagram.page.tsx'

interface Answer { status: number; text: string; html: string }

async function site(t: TestContext, permissions: string[] = ['process.try']): Promise<{ rows(): Promise<number>; get(query?: string): Promise<Answer>; send(file: Buffer | string, query?: string): Promise<Answer> }> {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules: [calendarModule, processModule] })
  const officer: Actor = { kind: 'officer', id: 'o1', name: 'Cán bộ', agencyCode: 'H21', unitId: null, roles: [], permissions: new Set(permissions), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' }
  const app = await buildServer(node, {
    routes: tryDiagramRoutes, authenticate: async () => officer, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>refused</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor: officer, brand: { name, ...brand, phone: helpPhone }, path: tryDiagramPath, query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
  t.after(() => app.close())
  const headers = { cookie: 'mc_csrf_test=abc' }
  const answer = ({ statusCode, body }: { statusCode: number; body: string }): Answer => ({ status: statusCode, html: body, text: body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') })
  const get = async (query = '') => answer(await app.inject({ url: tryDiagramPath + query, headers }))
  const token = /name="_csrf" value="([^"]+)"/.exec((await get()).html)?.[1] ?? ''
  const send = async (file: Buffer | string, query = '') => {
    const part = (head: string, body: Buffer | string) => Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(body as string), Buffer.from('\r\n')])
    const payload = Buffer.concat([part('name="_csrf"', token), part('name="file"; filename="thu.bpmn"\r\nContent-Type: application/xml', file), Buffer.from('--x--\r\n')])
    return answer(await app.inject({ method: 'POST', url: tryDiagramPath + query, headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, payload }))
  }
  return { get, send, rows: async () => (await db<{ count: number }[]>`SELECT count(*)::int AS count FROM process.definition`)[0]!.count }
}

test('the page asks for one file; only who holds the right sees it', async (t) => {
  const { status, html } = await (await site(t)).get()
  assert.equal(status, 200)
  assert.match(html, /<form[^>]*enctype="multipart\/form-data"/i)
  assert.match(html, /<label[^>]*for="file"/)
  assert.doesNotMatch(html, /<script/)
  assert.equal((await (await site(t, ['calendar.manage'])).get()).status, 403)
})

test('a sound file is drawn, told as sound and listed element by element; nothing is kept', async (t) => {
  const { send, rows } = await site(t)
  const vi = await send(shippedDefinitions()[0]!.bpmn)
  assert.equal(vi.status, 200)
  for (const words of ['Kết quả xem tệp thu.bpmn', 'mọi đường đi đều tới điểm kết thúc', 'Bước do người làm', 'Cổng song song']) assert.ok(vi.text.includes(words), words)
  assert.match(vi.html, /<div class="mc-scroll" role="region" tabindex="0"[^>]*><div><svg [^>]*role="img"/)
  const en = await send(shippedDefinitions()[0]!.bpmn, '?lang=en')
  for (const words of ['Nothing to mend', 'User task', 'Check dossier and present licence']) assert.ok(en.text.includes(words), words)
  assert.equal(await rows(), 0)
})

test('what has to be mended is numbered, and the number stands at its element in picture and table', async (t) => {
  const { send } = await site(t)
  const { text, html } = await send(draw('k', 's>a a>e', { attributes: { a: '' } }).replace('</process>', '<scriptTask id="sc" name="Tính phí"/></process>'), '?lang=en')
  assert.match(text, /To mend before it is published: 1\./)
  assert.match(text, /Element sc &quot;Tính phí&quot; is of type ScriptTask/)
  assert.match(html, /font-weight="600" fill="#FFFFFF">1<\/text>/)
  assert.match(text, /Tính phí Script task 1/)
  const stuck = await send(draw('k', 's>p p>a p>b a>p2 b>x x>p2{v} x>e* p2>e2'), '?lang=en')
  assert.match(stuck.html, /fill="#FFFFFF">1<\/text>/)
})

test('a file that is empty, too large, broken or of another kind is refused with what to do', async (t) => {
  const { send } = await site(t)
  const answers = await Promise.all(['', ' '.repeat(2_000_001), '<html/>', 'x'].map((file) => send(file)))
  assert.deepEqual(answers.map(({ status }) => status), [400, 400, 400, 400])
  for (const [i, words] of ['Chọn một tệp BPMN 2.0', 'Tệp quá lớn: nhiều nhất 2 MB', 'Tệp không phải là BPMN 2.0', 'Tệp không phải là BPMN 2.0'].entries()) assert.ok(answers[i]!.text.includes(words), words)
  const many = await send(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">${Array.from({ length: 21 }, (_, i) => `<process id="p${i}"><startEvent id="s${i}"/></process>`).join('')}</definitions>`)
  assert.equal(many.status, 400)
  assert.ok(many.text.includes('nhiều nhất 20'))
})

test('names of a file are text, whatever they hold', async (t) => {
  const { send } = await site(t)
  const evil = '&lt;img src=x onerror=alert(1)&gt;&quot; onload=&quot;x'
  const { html } = await send(draw('k', 's>a a>e').replace('name="a"', `name="${evil}"`).replace('id="a"', `id="a"`))
  assert.doesNotMatch(html, /<img|" onload/)
})
