import { json } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { suggestPath } from '../pages/hrefs.ts'
import { suggest } from './suggest.ts'

const suggestion = { type: 'object', required: ['kind', 'text', 'href'], properties: { kind: { type: 'string', enum: ['procedure', 'life-event', 'sector'] }, text: { type: 'string' }, href: { type: 'string' } } }

/** What a search box asks while one types. */
export const suggestRoute: Route = {
  method: 'GET', path: suggestPath, access: 'public', kind: 'api',
  openapi: { summary: 'Up to eight procedures, life events and sectors for the beginning of a question', query: { q: 'What has been typed so far' }, response: { type: 'object', required: ['suggestions'], properties: { suggestions: { type: 'array', maxItems: 8, items: suggestion } } } },
  handler: async ({ ctx, query }) => json({ suggestions: await suggest(ctx.db, query.q ?? '', ctx.lang) }, 200, { 'cache-control': 'private, max-age=60', vary: 'cookie' }),
}
