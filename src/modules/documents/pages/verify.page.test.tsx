import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { anonymous } from '../../../platform/actor.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { statusOf } from '../../../platform/http/failures.ts'
import { page } from '../../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../../platform/http/server.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import { revokeDocument, signPdf, storeDocument } from '../index.ts'
import { samplePdf } from '../testing/sample-pdf.ts'
import { verifyPath, verifyRoutes } from './verify.page.tsx'

interface Answer { status: number; text: string; html: string }

async function site(t: TestContext): Promise<{ node: Node; get(query?: string): Promise<Answer>; send(bytes: Buffer, name?: string, query?: string): Promise<Answer> }> {
  const { db } = await testDatabase(t)
  const node = testNode(db)
  const app = await buildServer(node, {
    routes: verifyRoutes, authenticate: async () => anonymous, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>refused</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor: anonymous, brand: { name, ...brand, phone: helpPhone }, path: verifyPath, query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
  t.after(() => app.close())
  const headers = { cookie: 'mc_csrf_test=abc' }
  const answer = ({ statusCode, body }: { statusCode: number; body: string }): Answer => ({ status: statusCode, html: body, text: body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') })
  const get = async (query = '') => answer(await app.inject({ url: verifyPath + query, headers }))
  const token = /name="_csrf" value="([^"]+)"/.exec((await get()).html)?.[1] ?? ''
  const send = async (bytes: Buffer, name = 'giay.pdf', query = '') => {
    const part = (head: string, body: Buffer | string) => Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')])
    const payload = Buffer.concat([part('name="_csrf"', token), part(`name="file"; filename="${name}"\r\nContent-Type: application/octet-stream`, bytes), Buffer.from('--x--\r\n')])
    return answer(await app.inject({ method: 'POST', url: verifyPath + query, headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, payload }))
  }
  return { node, get, send }
}

test('the page asks for one file, needs no script and is small', async (t) => {
  const { get } = await site(t)
  const { status, html } = await get()
  assert.equal(status, 200)
  assert.match(html, /<input[^>]*id="file"[^>]*type="file"/)
  assert.match(html, /<label[^>]*for="file"/)
  assert.doesNotMatch(html, /<script/)
  assert.ok(gzipSync(html).length < 4000)
})

test('a signed paper is answered with signer, time, grounds and worth, in both languages', async (t) => {
  const { node, send } = await site(t)
  const pdf = await signPdf(node, samplePdf(), { signer: 'agency', reason: 'Ban hành' })
  const vi = await send(pdf)
  assert.equal(vi.status, 200)
  for (const words of ['Văn bản có giá trị', 'Nút thử nghiệm', 'Toàn bộ tệp', 'theo dấu thời gian của', 'Ban hành', 'dấu của cơ quan']) assert.ok(vi.text.includes(words), `${words} in ${vi.text}`)
  const en = await send(pdf, 'a.pdf', '?lang=en')
  for (const words of ['The document is valid', 'The whole file', 'by the time-stamp of', 'seal of the agency']) assert.ok(en.text.includes(words), `${words} in ${en.text}`)
})

test('what was added after the signature is named', async (t) => {
  const { node, send } = await site(t)
  const pdf = await signPdf(node, samplePdf(), { signer: 'agency' })
  const { text } = await send(Buffer.concat([pdf, Buffer.from('more')]))
  for (const words of ['Văn bản bị thay đổi sau khi ký', '4 byte lạ ở cuối tệp', 'Phần cuối của tệp không thuộc chữ ký nào']) assert.ok(text.includes(words), `${words} in ${text}`)
})

test('a paper of this node is recognised by its bytes, and a revoked one carries a warning', async (t) => {
  const { node, send } = await site(t)
  const ctx = systemCtx(node, 'test')
  const bytes = await signPdf(node, samplePdf(), { signer: 'agency' })
  const id = await transact(ctx, (tx) => storeDocument(tx, ctx, { kind: 'result', subject: newId(), title: 'Giấy khai sinh', number: '124/2026', bytes }))
  assert.match((await send(bytes)).text, /giống hệt văn bản do cơ quan này phát hành: Giấy khai sinh, số 124\/2026/)
  await transact(ctx, (tx) => revokeDocument(tx, ctx, id, 'Cấp sai họ tên'))
  assert.match((await send(bytes)).text, /đã bị thu hồi .* Cấp sai họ tên/)
})

test('no file, an empty, foreign, damaged, or too large one is answered with 400 and a sentence at the field', async (t) => {
  const { send } = await site(t)
  const cases: [Buffer, string, RegExp][] = [
    [Buffer.alloc(0), '', /Chọn tệp PDF cần kiểm tra/],
    [Buffer.alloc(0), 'a.pdf', /0 byte/],
    [Buffer.from('PNG'), 'a.png', /không phải PDF/],
    [samplePdf().subarray(0, 200), 'a.pdf', /bị hỏng/],
    [Buffer.concat([samplePdf(), Buffer.alloc(10 * 1024 * 1024 + 10)]), 'a.pdf', /lớn hơn 10 MB/],
  ]
  for (const [bytes, name, sentence] of cases) {
    const { status, text, html } = await send(bytes, name)
    assert.equal(status, 400, name)
    assert.match(text, sentence)
    assert.match(html, /href="#file"/)
  }
})
