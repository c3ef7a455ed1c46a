import type { FastifyInstance } from 'fastify'
import type { Node } from '../../../platform/node.ts'
import { oidcPath, providerOf } from './provider.ts'
import { skipFinishedLogout } from './single-log-out.ts'

/** Puts the OpenID provider of the national node under /oidc. It reads its own bodies and writes its own answers. */
export async function mountProvider(app: FastifyInstance, node: Node): Promise<void> {
  const provider = await providerOf(node)
  provider.use((ctx, next) => skipFinishedLogout(node, provider, ctx, next))
  const handle = provider.callback()
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all(`${oidcPath}/*`, (request, reply) => {
      const raw = request.raw as typeof request.raw & { originalUrl?: string }
      reply.hijack()
      raw.originalUrl = raw.url
      raw.url = raw.url!.slice(oidcPath.length)
      void handle(raw, reply.raw)
    })
  })
}
