import { readFileSync, existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { text } from './platform/http/reply.ts'
import type { Route } from './platform/http/route.ts'
import type { Node } from './platform/node.ts'
import { root } from './platform/root.ts'
import { emblemSvg } from './ui/index.ts'

const types: Record<string, string> = { '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.png': 'image/png' }

/** What is not a page: style sheets, fonts and scripts under hashed names, the emblem, and the answer to "are you there". */
export function assetRoutes(node: Node): Route[] {
  const files = new Map<string, Buffer>()
  return [
    { method: 'GET', path: '/assets/:file', access: 'public', kind: 'raw', handler: ({ params }) => {
      const name = params.file!
      const type = types[extname(name)]
      if (!type || !/^[\w.-]+$/.test(name)) return text('', 404)
      const known = files.get(name) ?? readAsset(name)
      if (!known) return text('', 404)
      files.set(name, known)
      return { kind: 'body', status: 200, body: known, headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' } }
    } },
    { method: 'GET', path: '/emblem.svg', access: 'public', kind: 'raw', handler: () => text(emblemSvg(brandOf(node)), 200, 'image/svg+xml', { 'cache-control': 'public, max-age=86400' }) },
    { method: 'GET', path: '/healthz', access: 'public', kind: 'raw', handler: async ({ ctx }) => {
      await ctx.db`SELECT 1`
      return text('ok', 200, 'text/plain', { 'cache-control': 'no-store' })
    } },
  ]
}

function readAsset(name: string): Buffer | undefined {
  const path = join(root, 'build/assets', name)
  return existsSync(path) ? readFileSync(path) : undefined
}

export function brandOf(node: Node) {
  const { name, shortName, brand, helpPhone } = node.config
  return { name, shortName, ...brand, phone: helpPhone }
}
