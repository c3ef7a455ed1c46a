import { accessName, countryRoutes, nodesName } from './country-nodes.ts'
import { code, generatedPage, table } from './markdown.ts'

/** docs/generated/routes.md: every address of the country, who may use it, and where. */
export function routesPage(): string {
  const rows = countryRoutes().map(({ route, module, nodes }) => [code(`${route.method} ${route.path}`), accessName(route.access), route.kind ?? 'page', module, nodesName(nodes), route.audit ? code(route.audit) : ''])
  return generatedPage('Routes', 'the routes of the modules',
    'Every address that a node answers. *Access*: `public`, `person` (a citizen who has logged in), `officer`, `node` (a peer, proved by the signature of its message) or the name of a permission. *Audit*: what the access log says when an officer reads personal data there. The OpenID provider of the national node answers below `/oidc`.',
    table(['Route', 'Access', 'Kind', 'Module', 'Nodes', 'Audit'], rows))
}
