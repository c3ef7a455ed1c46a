import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Node } from '../../../platform/node.ts'
import { oidcPath } from './addresses.ts'
import { readPartyOrigins } from './clients.ts'
import { providerOf } from './provider.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>
const handles = new WeakMap<Provider, Handle>()

/** Puts the OpenID provider of the national node under /oidc. It reads its own bodies and writes its own answers. */
export async function mountProvider(app: FastifyInstance, node: Node): Promise<void> {
  await Promise.all([providerOf(node), readPartyOrigins(node)])
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all(`${oidcPath}/*`, async (request, reply) => {
      const handle = handleOf(await providerOf(node))
      const raw = request.raw as typeof request.raw & { originalUrl?: string }
      reply.hijack()
      raw.originalUrl = raw.url
      raw.url = withoutStrayQuery(raw.url!.slice(oidcPath.length))
      void handle(raw, reply.raw)
    })
  })
}

/** The way back into an authorization takes all it needs from its own cookie. With a query and no such cookie the provider would trip over parameters that it never read. */
const withoutStrayQuery = (url: string): string => (/^\/auth\/[^/?]/.test(url) ? url.split('?')[0]! : url)

function handleOf(provider: Provider): Handle {
  let handle = handles.get(provider)
  if (!handle) handles.set(provider, (handle = provider.callback()))
  return handle
}
