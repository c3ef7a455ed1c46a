import { json } from './platform/http/reply.ts'
import type { Route } from './platform/http/route.ts'
import type { Node } from './platform/node.ts'

/** The public API as OpenAPI 3.1, made from the routes themselves. */
export function apiDescription(node: Node, routes: readonly Route[]): Route {
  return { method: 'GET', path: '/api/v1/openapi.json', access: 'public', kind: 'api', handler: () => json(describe(node, routes)) }
}

export function describe(node: Node, routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes.filter((r) => r.kind === 'api')) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: `Một Cửa – ${node.config.name.en}`, version: '1' },
    servers: [{ url: node.config.baseUrl }],
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: { type: 'object', required: ['type', 'title', 'status', 'code'], properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, errors: { type: 'array', items: { type: 'object' } } } } },
    },
  }
}

function operation(route: Route): object {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const inQuery = Object.entries(route.openapi?.query ?? {}).map(([name, description]) => ({ name, in: 'query', required: false, description, schema: { type: 'string' } }))
  const key = route.method === 'POST' ? [{ name: 'Idempotency-Key', in: 'header', required: false, description: 'A request repeated with the same key has one effect.', schema: { type: 'string', maxLength: 255 } }] : []
  return {
    summary: route.openapi?.summary ?? `${route.method} ${route.path}`,
    parameters: [...inPath, ...inQuery, ...key],
    ...(route.access === 'public' ? {} : { security: [{ session: [] }] }),
    ...(route.openapi?.request ? { requestBody: { required: true, content: { 'application/json': { schema: route.openapi.request } } } } : {}),
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: route.openapi?.response ?? {} } } },
      default: { description: 'Refusal or mistake', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}
