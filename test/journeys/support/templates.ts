const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Pages that are built alike have one name: status and address without ids. */
export function templateOf(url: string, status = 200): string {
  return `${status} ${new URL(url).pathname.replace(id, ':id').replace(/\/interaction\/[\w-]+/, '/interaction/:id')}`
}
