import { z } from 'zod'
import { json, problem, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { lookUpPerson, type LookUpOutcome, type OfficerCtx } from './look-up-person.ts'
import { purposes } from './look-up.store.ts'
import { masked } from './masked.ts'
import { longestQuery, readQuery } from './read-query.ts'
import { readPurpose } from './read-purpose.ts'

const body = z.strictObject({ query: z.string().max(longestQuery), reason: z.string().max(20), dossierCode: z.string().max(60).default('') })

/** The look-up for the desk's own systems: the same rules, throttle and record as the page. The number stands in the body, never in the address. */
export const lookUpApiRoute: Route = {
  method: 'POST', path: '/api/v1/people/lookup', access: { permission: 'identity.find-people' }, kind: 'api', bodyLimit: 16 * 1024,
  openapi: {
    summary: 'Look a person or an organisation up at the desk, by id number, tax code, text of an identity card’s QR code or personal code; recorded and shown to the person',
    request: { type: 'object', required: ['query', 'reason'], properties: { query: { type: 'string', maxLength: longestQuery }, reason: { enum: [...purposes] }, dossierCode: { type: 'string', description: 'With reason "dossier"' } } },
    response: {
      type: 'object', required: ['lookUp', 'found'],
      properties: {
        lookUp: { type: 'string', format: 'uuid' }, found: { type: 'boolean' },
        person: { type: 'object', properties: { fullName: { type: 'string' }, birthDate: { type: 'string', format: 'date' }, idNumber: { type: 'string', description: 'Last three digits' }, phone: { type: 'string', description: 'Last three digits' }, state: { enum: ['active', 'locked', 'closed'] }, assurance: { enum: [1, 2, 3] } } },
        organisation: { type: 'object', properties: { name: { type: 'string' }, taxCode: { type: 'string' }, state: { enum: ['active', 'suspended', 'dissolved'] } } },
      },
    },
  },
  handler: async (req) => {
    const parsed = body.safeParse(req.json)
    if (!parsed.success) return invalid(req, parsed.error.issues.map((i) => ({ field: i.path.join('.') || 'body', key: 'identity.desk.api.field' })))
    const read = readQuery(parsed.data.query)
    const purpose = readPurpose(parsed.data.reason, parsed.data.dossierCode)
    if (!read.ok || !purpose.ok) return invalid(req, [...(purpose.ok ? [] : [purpose.error]), ...(read.ok ? [] : [{ field: 'query', key: `identity.desk.query.${read.reason}` }])])
    return answer(req, await lookUpPerson(req.ctx as OfficerCtx, { query: read.query, purpose: purpose.value, way: 'api' }))
  },
}

function answer(req: Req, outcome: LookUpOutcome): Reply {
  if (outcome.kind === 'wait') return { ...problem({ status: 429, code: 'identity.TOO_MANY_LOOK_UPS', title: req.ctx.t('identity.desk.api.wait', { seconds: outcome.seconds }) }), headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': String(outcome.seconds) } }
  if (outcome.kind === 'code-expired') return invalid(req, [{ field: 'query', key: 'identity.desk.query.code_expired' }])
  const { account, person, organisation, lookUpId } = outcome
  return json({
    lookUp: lookUpId, found: account !== undefined || person !== undefined || organisation !== undefined,
    ...(account ? { person: { fullName: account.fullName, birthDate: account.birthDate, idNumber: masked(account.idNumber), phone: masked(account.phone), state: account.state, assurance: account.assurance } } : person ? { person: { fullName: person.fullName, birthDate: person.birthDate, idNumber: masked(person.idNumber) } } : {}),
    ...(organisation ? { organisation: { name: organisation.name, taxCode: organisation.taxCode, state: organisation.state } } : {}),
  }, 200, { 'cache-control': 'no-store' })
}

function invalid(req: Req, mistakes: { field: string; key: string }[]): Reply {
  return problem({ status: 400, code: 'platform.INVALID', title: req.ctx.t('platform.error.INVALID'), errors: mistakes.map(({ field, key }) => ({ field, message: req.ctx.t(key) })) })
}
