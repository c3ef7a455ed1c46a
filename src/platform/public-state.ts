import type { Db, Tx } from './db.ts'
import { onCommit } from './safe-begin.ts'

interface Known { readonly asked: number; readonly until: number; readonly state: Promise<string>; settled?: string }

/** How long a change that another process made may stay unseen. */
const lifetimeMs = 1000

const known = new WeakMap<object, Known>()
let changes = 0

/**
 * A name for what everybody may read as it stands now: two equal names, and nothing of it has changed in between. What this process changed
 * (see `publicChanged`) is seen at once, what another process changed within a second. Which tables count: those with the
 * trigger `platform.note_public_change`.
 */
export function publicState(db: Db): Promise<string> {
  const last = known.get(db)
  if (last && last.asked === changes && last.until > performance.now()) return last.state
  const state = readState(db)
  const entry: Known = { asked: changes, until: performance.now() + lifetimeMs, state }
  known.set(db, entry)
  state.then((name) => { entry.settled = name }, () => undefined)
  state.catch(() => { if (known.get(db) === entry) known.delete(db) })
  return state
}

/**
 * The state as it was found last, without asking: for those who hold a connection and must not wait for a second one. Undefined when this process changed
 * something since, or nobody has asked for two seconds; a new answer is fetched behind it.
 */
export function knownState(db: Db): string | undefined {
  const last = known.get(db)
  const now = performance.now()
  if (!last || last.asked !== changes || last.until < now) void publicState(db).catch(() => undefined)
  return last && last.asked === changes && last.until + lifetimeMs > now ? last.settled : undefined
}

/** Rows are added in any order and go in the order of their numbers: number and sum together never come back. */
async function readState(db: Db): Promise<string> {
  const [row] = await db<{ state: string }[]>`SELECT concat_ws(' ', count(*), sum(id)) AS state FROM platform.public_change`
  return row!.state
}

/** Said by whoever writes what everybody may read: once it is committed, the next reader in this process sees it. */
export function publicChanged(tx: Tx): void {
  onCommit(tx, () => { changes++ })
}
