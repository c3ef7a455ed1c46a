const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Pages that are built alike have one name: kind of node, address without ids, status. */
export function templateOf(url: string, status = 200): string {
  const { port, pathname } = new URL(url)
  const where = ({ 0: 'national', 1: 'local', 2: 'local', 3: 'local' } as Record<number, string>)[Math.floor((Number(port) % 40) / 10)] ?? 'other'
  return `${status} ${Number(port) % 1000 >= 900 ? 'stand-ins' : where} ${pathname.replace(id, ':id').replace(/\/interaction\/[\w-]+/, '/interaction/:id')}`
}
