import type { LightMyRequestResponse } from 'fastify'
import type { Actor, Person } from '../../../platform/actor.ts'
import type { NodeConfig } from '../../../platform/config.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Sql } from '../../../platform/db.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { buildApp, modules, type App } from '../../../app.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { addOfficer, authenticate, createSession, type Role } from '../../identity/index.ts'
import { drainFollowers } from '../../ledger/index.ts'
import type { ReturnWay } from '../dossier.ts'
import { submitDossier } from '../submit-dossier.ts'

/** The communes of `here` and `there`. */
export const [pleiku, dienHong] = ['23575', '23563'] as const
/** Registration of a household business: decided by the commune, form without papers that must be there. */
export const business = '1.001612'

/** Somebody with a session; `ctx` is of the moment in which it is asked for. */
export interface Sitting { readonly id: string; readonly name: string; readonly token: string; readonly ctx: Ctx }

export interface Filing { procedure?: string; placeCode?: string; returnWay?: ReturnWay; seed?: number; fixed?: Record<string, unknown>; change?: Record<string, unknown> }

export interface SmallOffice {
  readonly node: Node
  readonly app: App
  /** For what the program itself has no right to do: to change what was published. */
  readonly owner: Sql
  /** People's committees of two communes of the node. */
  readonly here: string
  readonly there: string
  officer(roles: Role | readonly Role[], more?: { agencyCode?: string; unitId?: string }): Promise<Sitting>
  person(): Promise<Sitting>
  /** A dossier filed online, by somebody or by nobody with an account; its id. */
  file(who?: Pick<Sitting, 'ctx'>, filing?: Filing): Promise<string>
  get(who: { token: string }, url: string): Promise<LightMyRequestResponse>
  /** A form with the token that a page carries, one of the desk unless told. */
  post(who: { token: string }, url: string, fields: Iterable<readonly [string, string]>, page?: string): Promise<LightMyRequestResponse>
  stop(): Promise<void>
}

/** A node, a province's unless told, with its app on a database of its own, and the people of two offices, each with the session that a log-in would give. */
export async function smallOffice({ now, code, papers, nationalPortal }: { now?: () => Date; code?: string; papers?: NodeConfig['papers']; nationalPortal?: NodeConfig['nationalPortal'] } = {}): Promise<SmallOffice> {
  const stops: (() => unknown)[] = []
  const { db, owner } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  const node = testNode(db, { modules, ...(now && { now }), ...(code && { code }), ...(papers && { papers }), ...(nationalPortal && { nationalPortal }) })
  for (const m of node.modules) await m.seed?.(node)
  const app = await buildApp(node)
  await drainFollowers(node)
  const committeeOf = async (commune: string): Promise<string> => (await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = ${commune} AND kind = 'peoples-committee'`)[0]!.code
  const [here, there] = [await committeeOf(pleiku), await committeeOf(dienHong)]
  let count = 0

  const sitting = (id: string, name: string, token: string, actor: Actor): Sitting => ({ id, name, token, get ctx() { return createCtx(node, { actor }) } })
  const get: SmallOffice['get'] = (who, url) => app.server.inject({ url, headers: { authorization: `Bearer ${who.token}` } })

  return {
    node, app, owner, here, there, get,
    async officer(roles, { agencyCode = here, unitId } = {}) {
      const ctx = systemCtx(node, 'test')
      const name = `Cán Bộ Thử ${++count}`
      const id = (await addOfficer(ctx, { login: `can.bo.thu.${count}`, password: 'mot-mat-khau-dai', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name, agencyCode, unitId: unitId ?? null, roles: [roles].flat() as Role[] }))!
      const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId: id, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
      return sitting(id, name, token, await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` }))
    },
    async person() {
      const id = newId()
      const actor: Person = { kind: 'person', id, subject: newId(), name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
      await db`
        INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at)
        VALUES (${id}, ${actor.subject}, ${`05209${String(++count).padStart(7, '0')}`}, ${actor.name}, '1990-03-12', '0900000099', 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
      const { token } = await transact(systemCtx(node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: id, assurance: 2, methods: ['otp'], now: node.now() }))
      return sitting(id, actor.name, token, actor)
    },
    async file(who, { procedure: code = business, placeCode = pleiku, returnWay = 'desk', seed = 5, fixed = code === business ? { founder: 'individual' } : {}, change = {} } = {}) {
      const procedure = (await getCurrentProcedure(db, code, node.now()))!
      const form = (await findForm(db, procedure.content.service!.formKey))!
      const answers = { ...sampleAnswers(form, seed, { now: node.now(), fixed, communes: [{ code: pleiku, province: '52' }] }), ...change }
      const applicant = { name: 'Nguyễn Văn Thử Nghiệm', idNumber: '052090000099', phone: '0900000099', email: 'thu@example.vn', address: '27 đường Wừu' }
      return (await submitDossier(who?.ctx ?? systemCtx(node, 'test'), { procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant, files: [], placeCode, returnWay, channel: 'online', filingKey: newId() })).id
    },
    async post(who, url, fields, page = '/desk') {
      const start = await get(who, page)
      // Not everybody begins at the inbox.
      const form = start.headers.location ? await get(who, start.headers.location) : start
      const cookie = [form.headers['set-cookie']].flat().map((line) => line!.split(';')[0]).join('; ')
      const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
      return app.server.inject({ method: 'POST', url, headers: { authorization: `Bearer ${who.token}`, cookie, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams([['_csrf', token], ...[...fields].map(([name, value]): [string, string] => [name, value])]).toString() })
    },
    async stop() {
      await app.stop()
      for (const stop of stops.reverse()) await stop()
    },
  }
}

/** What `assert.rejects` wants of a refusal. */
export const refusal = (code: string) => (error: unknown): boolean => isRefusal(error, code)
