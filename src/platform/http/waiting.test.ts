import assert from 'node:assert/strict'
import { test } from 'node:test'
import { h } from 'preact'
import { anonymous } from '../actor.ts'
import { testDatabase } from '../testing/database.ts'
import { testNode } from '../testing/node.ts'
import { page, stream, text } from './reply.ts'
import type { Route } from './route.ts'
import { buildServer } from './server.ts'

test('who waits for an answer is counted; who has a stream open is not', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db)
  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => { release = resolve })
  const routes: Route[] = [
    { method: 'GET', path: '/waits', access: 'public', kind: 'raw', handler: async () => { await held; return text('done') } },
    { method: 'GET', path: '/streams', access: 'public', kind: 'raw', handler: () => stream((write, signal) => new Promise((resolve) => { write('data: 1\n\n'); signal.addEventListener('abort', () => resolve()) })) },
  ]
  const server = await buildServer(node, { routes, authenticate: async () => anonymous, logInPaths: { person: '/a', officer: '/b' }, failurePage: () => page(h('p', null), { title: '', status: 500 }), render: () => '' })
  t.after(() => server.close())
  const base = await server.listen({ host: '127.0.0.1', port: 0 })

  const opened = new AbortController()
  const streams = await Promise.all([1, 2, 3].map(() => fetch(`${base}/streams`, { signal: opened.signal })))
  for (const answer of streams) await answer.body!.getReader().read()
  assert.equal(node.load.requests, 0, 'three streams are open')
  const waiting = fetch(`${base}/waits`)
  for (let i = 0; i < 100 && node.load.requests === 0; i++) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(node.load.requests, 1)
  release()
  await (await waiting).text()
  opened.abort()
  for (let i = 0; i < 100 && node.load.requests > 0; i++) await new Promise((resolve) => setTimeout(resolve, 10))
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(node.load.requests, 0, 'nobody is counted out twice')
})
