import { json } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { errors } from '../identity.errors.ts'
import { listActingRights } from './acting.ts'
import { stateAt } from './mandate.ts'
import { listMandatesOf } from './mandates.store.ts'
import { personCtx } from './pages/person-ctx.ts'
import { lastDay } from './pages/mandate-words.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { withdrawMandate } from './withdraw-mandate.ts'

const mandateSchema = {
  type: 'object', required: ['id', 'kind', 'represented', 'scope', 'rights', 'from', 'to'],
  properties: {
    id: { type: 'string', format: 'uuid' }, kind: { enum: ['representative', 'staff', 'person', 'child'] }, side: { enum: ['acting', 'represented'] }, state: { type: 'string' }, acting: { type: ['string', 'null'] }, represented: { type: ['string', 'null'] },
    scope: { type: 'object', properties: { kind: { enum: ['all', 'sectors', 'procedures'] }, codes: { type: 'array', items: { type: 'string' } } } },
    rights: { type: 'array', items: { enum: ['fill-in', 'submit', 'receive', 'pay'] } }, from: { type: 'string', format: 'date' }, to: { type: ['string', 'null'], format: 'date' },
  },
} as const

/** Own mandates by API: at the national node all with their states, at another node those under which one may act there now. */
export const listMandatesApi: Route = {
  method: 'GET', path: '/api/v1/mandates', access: 'person', kind: 'api',
  openapi: { summary: 'Own mandates, given and received', response: { type: 'object', required: ['mandates'], properties: { mandates: { type: 'array', items: mandateSchema } } } },
  handler: async (req) => {
    const ctx = personCtx(req)
    const term = (m: { startsAt: Date; expiresAt: Date | null }) => ({ from: civilDate(m.startsAt), to: m.expiresAt && lastDay(m.expiresAt) })
    if (ctx.node.config.kind === 'local') {
      const rights = await listActingRights(ctx.db, ctx.actor.id, ctx.now)
      return json({ mandates: rights.map((r) => ({ id: r.mandateId, kind: r.ground, side: 'acting', state: 'accepted', acting: ctx.actor.name, represented: r.name, scope: r.scope, rights: r.rights, ...term(r) })) })
    }
    const mandates = await listMandatesOf(ctx.db, ctx.actor.id)
    return json({ mandates: mandates.map((m) => ({ id: m.id, kind: m.kind, side: m.side, state: stateAt(m, ctx.now), acting: m.actingName, represented: m.representedName, scope: { kind: m.scope, codes: m.scopeCodes }, rights: m.rights, ...term(m) })) })
  },
}

/** Withdraw a mandate: at once, at every node. A repeat is refused without a second effect. */
export const withdrawMandateApi: Route = {
  method: 'POST', path: '/api/v1/mandates/:id/withdraw', access: 'person', kind: 'api',
  openapi: { summary: 'Withdraw a mandate, from either side', response: { type: 'object', required: ['id', 'state'], properties: { id: { type: 'string', format: 'uuid' }, state: { enum: ['withdrawn'] } } } },
  handler: async (req) => {
    const ctx = personCtx(req)
    if (!isId(req.params.id)) throw errors.MANDATE_NOT_FOUND()
    await withdrawMandate(ctx, ctx.actor, req.params.id)
    return json({ id: req.params.id, state: 'withdrawn' })
  },
}
