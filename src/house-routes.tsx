import { isPermitted } from './platform/actor.ts'
import { page } from './platform/http/reply.ts'
import type { Route } from './platform/http/route.ts'
import type { Node } from './platform/node.ts'
import { EmptyState, Gallery } from './ui/index.ts'

/** Pages that belong to the whole house: where administrators begin, and in the demo the components side by side. */
export function houseRoutes(node: Node): Route[] {
  const admin: Route = {
    method: 'GET', path: '/admin', access: 'officer',
    handler: ({ ctx }) => {
      const items = node.modules.flatMap((m) => m.deskNav ?? []).filter((i) => i.permission && isPermitted(ctx.actor, i.permission))
      return page(
        <>
          <h1 class="govuk-heading-l">{ctx.t('country.admin.title')}</h1>
          {items.length === 0 ? <EmptyState title={ctx.t('country.admin.none')} /> : <ul class="govuk-list">{items.map((i) => <li><a class="govuk-link" href={i.href}>{ctx.t(i.key)}</a></li>)}</ul>}
        </>, { title: ctx.t('country.admin.title'), layout: 'desk' })
    },
  }
  const gallery: Route = { method: 'GET', path: '/dev/components', access: 'public', handler: ({ ctx }) => page(<Gallery />, { title: ctx.t('country.gallery') }) }
  return node.config.demo ? [admin, gallery] : [admin]
}
