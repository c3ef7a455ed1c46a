import { redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'

const mark = 'vnconnect'

/**
 * The national portal sends people on with `vnconnect=1`: who is logged in there is so here without a page; who is not, reads on as a visitor. The mark is
 * taken from the address on the way, so that nobody goes twice.
 */
export function silentEntry({ ctx, query, raw }: Req): Reply | undefined {
  if (query[mark] !== '1' || ctx.actor.kind !== 'anonymous' || ctx.node.config.kind !== 'local') return undefined
  const here = new URL(raw.url, ctx.node.config.baseUrl)
  here.searchParams.delete(mark)
  return redirect(`/dang-nhap?im=1&tiep=${encodeURIComponent(`${here.pathname}${here.search}`)}`)
}
