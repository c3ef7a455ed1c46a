import { text, type Reply } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { findCheckpoint, readEntries, readTile } from './log.store.ts'
import { withCosignatures } from './seal-state.ts'
import { parseTilePath, tileOf, tileWidth, writeBundle } from './tiles.ts'

/** A node that has signed nothing yet. */
const notBegun: Reply = text('', 204)
const notThere: Reply = text('not found\n', 404)

/** The log as anybody may read it (C2SP tlog-tiles): hashes alone, no event. */
export const logRoutes: readonly Route[] = [
  {
    method: 'GET', path: '/log/checkpoint', access: 'public', kind: 'raw',
    async handler({ ctx }) {
      const newest = await findCheckpoint(ctx.db)
      return newest ? text(await withCosignatures(ctx.db, newest), 200, 'text/plain; charset=utf-8', { 'cache-control': 'no-cache' }) : notBegun
    },
  },
  {
    method: 'GET', path: '/log/tile/*', access: 'public', kind: 'raw',
    async handler({ ctx, params }) {
      const asked = parseTilePath(`tile/${params['*']}`)
      const size = (await findCheckpoint(ctx.db))?.size ?? 0
      const level = asked?.level === 'entries' ? 0 : asked?.level
      // Only what a checkpoint covers; a narrower tile than there is now was that of an earlier checkpoint.
      const there = asked && tileOf(level!, asked.index, size)
      if (!asked || !there || asked.width > there.width) return notThere
      const start = asked.index * tileWidth
      const body = asked.level === 'entries' ? writeBundle(await readEntries(ctx.db, { start, end: start + asked.width })) : await readTile(ctx.db, { level: level!, index: asked.index, width: asked.width })
      return { kind: 'body', status: 200, body, headers: { 'content-type': 'application/octet-stream', 'cache-control': 'public, max-age=31536000, immutable' } }
    },
  },
]
