import { modules } from '../../src/app.ts'
import { holdersOf, roles } from '../../src/modules/identity/index.ts'
import { accessName, countryRoutes, nodesName } from './country-nodes.ts'
import { code, generatedPage, table } from './markdown.ts'

/** docs/generated/permissions.md: which role holds which permission, and which route asks for which right. */
export function permissionsPage(): string {
  const permissions = modules.flatMap((m) => Object.entries(m.permissions ?? {})).sort(([a], [b]) => (a < b ? -1 : 1))
  const matrix = permissions.map(([name, { en, vi }]) => [code(name), `${en} (${vi})`, ...roles.map((role) => (holdersOf(name).includes(role) ? '●' : ''))])
  const byAccess = Map.groupBy(countryRoutes(), ({ route }) => accessName(route.access))
  const rights = [...byAccess].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([access, routes]) => [
    `### ${access}`,
    routes.map(({ route, nodes }) => `- ${code(`${route.method} ${route.path}`)}${nodesName(nodes) === 'all' ? '' : ` (${nodesName(nodes)})`}`).join('\n'),
  ])
  return generatedPage('Permissions', 'the `permissions` of the modules and src/modules/identity/roles.ts',
    'Who may do what. A permission belongs to a module; a role holds it by the table in `src/modules/identity/roles.ts`. Which step of a dossier an officer may take is decided beside this by the process: each step names its role.',
    '## Permissions and roles', table(['Permission', 'What it lets an officer do', ...roles], matrix), '## Rights and routes', ...rights)
}
