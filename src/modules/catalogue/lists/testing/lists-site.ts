import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../../../app.ts'
import { systemCtx, transact } from '../../../../platform/ctx.ts'
import type { Node } from '../../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../../platform/testing/database.ts'
import { testNode } from '../../../../platform/testing/node.ts'
import { addOfficer, createSession, identity, type Role } from '../../../identity/index.ts'
import { organisations } from '../../../organisations/index.ts'
import { catalogue } from '../../module.ts'

export interface Answer { readonly status: number; readonly body: string; readonly text: string; readonly location: string | undefined; readonly bytes: Buffer; readonly headers: Readonly<Record<string, unknown>> }

/** An officer at a browser: the cookies of a session, and the token of the form last seen. */
export interface Visitor {
  get(url: string): Promise<Answer>
  post(url: string, fields: Readonly<Record<string, string>>): Promise<Answer>
  upload(url: string, fields: Readonly<Record<string, string>>, file: { name: string; bytes: Buffer | string }): Promise<Answer>
}

export interface ListsSite { readonly database: TestDatabase; readonly node: Node; readonly server: FastifyInstance; visitor(agencyCode: string, role?: Role): Promise<Visitor>; readonly anybody: Visitor }

/** The national node with the shipped data, and officers of any agency in it. */
export async function listsSite(code = 'VN'): Promise<ListsSite> {
  const database = await testDatabase()
  const node = testNode(database.db, { code, modules: [organisations, identity, catalogue], now: () => new Date('2026-11-22T03:00:00Z') })
  await organisations.seed!(node)
  await catalogue.seed!(node)
  const { server } = await buildApp(node)
  let count = 0
  const visitor = async (agencyCode: string, role: Role = 'catalogue-editor'): Promise<Visitor> => {
    const ctx = systemCtx(node, 'test')
    const officerId = await addOfficer(ctx, { login: `editor.${++count}`, password: 'a password of some length', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: `Cán bộ ${agencyCode} ${count}`, agencyCode, roles: [role] })
    const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId: officerId!, assurance: 2, methods: ['otp'], now: ctx.now }))
    const visitor = visit(server, `mc_session_${node.config.code.toLowerCase()}=${token}`)
    // Its form gives the token that every POST needs: what is refused then is refused for want of the right.
    await visitor.get('/desk/logout')
    return visitor
  }
  return { database, node, server, visitor, anybody: visit(server, 'mc_lang=vi') }
}

function visit(server: FastifyInstance, cookie: string): Visitor {
  const jar = new Map<string, string>(cookie.split('; ').map((c) => [c.split('=')[0]!, c.slice(c.indexOf('=') + 1)]))
  let csrf = ''
  const send = async (request: { method: 'GET' | 'POST'; url: string; headers?: Record<string, string>; payload?: string | Buffer }): Promise<Answer> => {
    const reply = await server.inject({ ...request, headers: { ...request.headers, cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') } })
    for (const c of reply.cookies) jar.set(c.name, c.value)
    csrf = /name="_csrf" value="([^"]+)"/.exec(reply.body)?.[1] ?? csrf
    return { status: reply.statusCode, body: reply.body, text: reply.body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '), location: reply.headers.location, bytes: reply.rawPayload, headers: reply.headers }
  }
  return {
    get: (url) => send({ method: 'GET', url }),
    post: (url, fields) => send({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: csrf, ...fields }).toString() }),
    upload: (url, fields, file) => {
      const part = (head: string, body: Buffer | string): Buffer => Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')])
      const payload = Buffer.concat([...Object.entries({ _csrf: csrf, ...fields }).map(([name, value]) => part(`name="${name}"`, value)), part(`name="file"; filename="${file.name}"\r\nContent-Type: application/octet-stream`, file.bytes), Buffer.from('--x--\r\n')])
      return send({ method: 'POST', url, headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload })
    },
  }
}

/** The three boxes of the date from which a change holds. */
export const from = (day: string): Record<string, string> => ({ 'from-year': day.slice(0, 4), 'from-month': String(Number(day.slice(5, 7))), 'from-day': String(Number(day.slice(8))) })
