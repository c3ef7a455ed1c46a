import { pino } from 'pino'
import { apiDescription } from '../../src/openapi.ts'
import { modules } from '../../src/app.ts'
import { assetRoutes } from '../../src/asset-routes.ts'
import { houseRoutes } from '../../src/house-routes.tsx'
import { nodeConfig, nodeSlugs } from '../../src/nodes.ts'
import type { Access, Route } from '../../src/platform/http/route.ts'
import { createNode, type Node } from '../../src/platform/node.ts'

/** A route with the nodes on which it is there. */
export interface KnownRoute { route: Route; module: string; nodes: string[] }

/** The nodes of the country in small without a database: enough to ask them for their routes, followers and permissions. */
export function countryNodes(): Node[] {
  return nodeSlugs.map((slug) => createNode(nodeConfig(slug, { databaseUrl: () => 'postgres://nobody@127.0.0.1:1/none' }), modules, { log: pino({ level: 'silent' }) }))
}

/** Every route of the country, by path and method. */
export function countryRoutes(): KnownRoute[] {
  const known = new Map<string, KnownRoute>()
  const add = (module: string, node: Node, routes: readonly Route[]): void => {
    for (const route of routes) {
      const name = `${route.path} ${route.method} ${accessName(route.access)}`
      const entry = known.get(name) ?? { route, module, nodes: [] }
      entry.nodes.push(node.config.slug)
      known.set(name, entry)
    }
  }
  for (const node of countryNodes()) {
    add('house', node, [...assetRoutes(node), ...houseRoutes(node), apiDescription(node, [])])
    for (const module of node.modules) add(module.name, node, module.routes?.(node) ?? [])
  }
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, route]) => route)
}

export function accessName(access: Access): string {
  if (typeof access === 'string') return access
  return 'permission' in access ? access.permission : `person, assurance ${access.assurance}`
}

export function nodesName(nodes: readonly string[]): string {
  if (nodes.length === nodeSlugs.length) return 'all'
  return nodes.length === nodeSlugs.length - 1 && !nodes.includes('national') ? 'local' : nodes.join(', ')
}
