import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../src/app.ts'
import { openDatabase, type Sql } from '../../src/platform/db.ts'
import { freePort } from '../../src/platform/embedded-postgres.ts'
import { testNode } from '../../src/platform/testing/node.ts'

suite('a database that does not answer', () => {
  let app: App
  let db: Sql
  before(async () => {
    db = openDatabase(`postgres://nobody:none@127.0.0.1:${await freePort()}/none`, { max: 2 })
    app = await buildApp(testNode(db, { modules }))
  })
  after(async () => {
    await app.stop()
    await db.end({ timeout: 1 })
  })

  test('is said to people in a page, in their language, with what to do', async () => {
    for (const [url, said] of [['/thu-tuc?lang=vi', 'Tạm thời chưa phục vụ được'], ['/thu-tuc?lang=en', 'Try again in a few minutes'], ['/ho-so', 'Tạm thời chưa phục vụ được']] as const) {
      const reply = await app.server.inject({ url, headers: { cookie: 'mc_session_h21=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } })
      assert.equal(reply.statusCode, 503, url)
      assert.match(reply.body, new RegExp(said), url)
      assert.equal(reply.headers['retry-after'], '5')
    }
  })

  test('is said to programs with a stable code: the request may be sent again', async () => {
    const reply = await app.server.inject({ method: 'GET', url: '/api/v1/dossiers/H21.101-261120-0001' })
    assert.deepEqual([reply.statusCode, (reply.json<{ code: string }>()).code, reply.headers['retry-after']], [503, 'platform.UNAVAILABLE', '5'])
  })
})
