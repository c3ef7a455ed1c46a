import { json, problem } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { unitsByDate } from '../units-by-date.ts'

const unit = { type: 'object', required: ['code', 'fullName', 'validFrom', 'validTo', 'above'], properties: { code: { type: 'string' }, level: { type: 'string' }, type: { type: 'string' }, name: { type: 'string' }, fullName: { type: 'string' }, validFrom: { type: ['string', 'null'], format: 'date' }, validTo: { type: ['string', 'null'], format: 'date' }, above: { type: 'array', items: { type: 'object' } } } }

/** The day of the address, or today. */
export const dayOf = (given: string | undefined, now: Date): string => (/^\d{4}-\d{2}-\d{2}$/.test(given ?? '') && !Number.isNaN(Date.parse(given!)) && new Date(given!).toISOString().startsWith(given!) ? given! : civilDate(now))

export const unitApiRoute: Route = {
  method: 'GET', path: '/api/v1/administrative-units', access: 'public', kind: 'api',
  openapi: {
    summary: 'Which administrative unit was this on that day: by code or name, through the mergers and divisions of every reform',
    query: { q: 'Code of 2, 3 or 5 digits, or a name with or without marks; after a comma the district or province', on: 'Day, YYYY-MM-DD; today unless told', page: 'From 1' },
    response: { type: 'object', required: ['on', 'total', 'page', 'pages', 'items'], properties: { on: { type: 'string', format: 'date' }, total: { type: 'integer' }, page: { type: 'integer' }, pages: { type: 'integer' }, items: { type: 'array', items: { type: 'object', required: ['asked', 'then'], properties: { asked: unit, then: { type: 'array', items: { type: 'object', properties: { unit, whole: { type: 'boolean' } } } } } } } } },
  },
  handler: async ({ ctx, query }) => {
    const q = (query.q ?? '').trim().slice(0, 100)
    const on = dayOf(query.on, ctx.now)
    if (query.on && on !== query.on) return problem({ status: 400, code: 'platform.INVALID', title: ctx.t('platform.error.INVALID'), errors: [{ field: 'on', message: ctx.t('organisations.units.onInvalid') }] })
    const at = /^\d{1,4}$/.test(query.page ?? '') ? Number(query.page) : 1
    return json({ on, ...(q === '' ? { items: [], total: 0, page: 1, pages: 1 } : await unitsByDate(ctx.db, q, on, at)) })
  },
}
