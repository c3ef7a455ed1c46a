import type { TestContext } from 'node:test'
import { anonymous, type Actor } from '../../../platform/actor.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { statusOf } from '../../../platform/http/failures.ts'
import { page } from '../../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../../platform/http/server.ts'
import type { Route } from '../../../platform/http/route.ts'
import type { Node } from '../../../platform/node.ts'
import { renderDocument, renderFragment, type PageContext } from '../../../ui/index.ts'

export const officer = (agencyCode: string, ...permissions: string[]): Actor => ({ kind: 'officer', id: '019ab000-0000-7000-8000-00000000000a', name: 'Cán bộ', agencyCode, unitId: null, roles: [], permissions: new Set(permissions), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' })

/** Pages of the catalogue over HTTP (fragments, or `whole` documents) for whoever `as` says; no build of assets is needed. */
export async function site(t: Pick<TestContext, 'after'>, node: Node, routes: readonly Route[], options: { whole?: boolean } = {}) {
  let actor: Actor = anonymous
  let lang = 'vi'
  const app = await buildServer(node, {
    routes: [...routes], authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure, req) => page(<p>{isRefusal(failure) ? req.ctx.t(failure.key, failure.params) : 'failure'}</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: '/', query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return options.whole ? renderDocument(reply.node, context, { title: reply.title, layout: reply.layout }) : renderFragment(reply.node, context)
    },
  })
  t.after(() => app.close())
  const headers = () => ({ cookie: `mc_csrf_test=abc; mc_lang=${lang}` })
  const get = (url: string) => app.inject({ url, headers: headers() })
  return {
    as(next: Actor): void { actor = next },
    speak(next: 'vi' | 'en'): void { lang = next },
    get,
    /** Posts with the token of the page `from`. */
    async post(url: string, fields: Record<string, string | string[]>, from = url) {
      const token = (await get(from)).body.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
      const body = new URLSearchParams({ _csrf: token })
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
      return app.inject({ method: 'POST', url, headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' }, payload: body.toString() })
    },
  }
}
