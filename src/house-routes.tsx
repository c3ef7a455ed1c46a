import { isPermitted } from './platform/actor.ts'
import { page } from './platform/http/reply.ts'
import type { Route } from './platform/http/route.ts'
import type { Node } from './platform/node.ts'
import { EmptyState, Gallery, groupItems } from './ui/index.ts'

/** Pages that belong to the whole house: where administrators begin, and in the demo the components side by side. */
export function houseRoutes(node: Node, moduleRoutes: readonly Route[] = []): Route[] {
  const pages = new Set(moduleRoutes.map((r) => r.path))
  const admin: Route = {
    method: 'GET', path: '/admin', access: 'officer',
    handler: ({ ctx }) => {
      const items = node.modules.flatMap((m) => m.deskNav ?? []).filter((i) => pages.has(i.href) && i.permission && isPermitted(ctx.actor, i.permission)).sort((a, b) => (a.order ?? 50) - (b.order ?? 50))
      return page(
        <>
          <h1 class="govuk-heading-l">{ctx.t('country.admin.title')}</h1>
          {items.length === 0 ? <EmptyState title={ctx.t('country.admin.none')} /> : (
            <div class="mc-desk__all">
              {groupItems(items).map(({ group, items: own }) => (
                <section>
                  <h2 class="govuk-heading-m">{ctx.t(`ui.desk.group.${group}`)}</h2>
                  <ul class="govuk-list govuk-list--spaced">{own.map((i) => <li><a class="govuk-link" href={i.href}>{ctx.t(i.key)}</a></li>)}</ul>
                </section>
              ))}
            </div>
          )}
        </>, { title: ctx.t('country.admin.title'), layout: 'desk' })
    },
  }
  const gallery: Route = { method: 'GET', path: '/dev/components', access: 'public', handler: ({ ctx }) => page(<Gallery />, { title: ctx.t('country.gallery') }) }
  return node.config.demo ? [admin, gallery] : [admin]
}
