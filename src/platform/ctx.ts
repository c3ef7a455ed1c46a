import { anonymous, type Actor } from './actor.ts'
import type { Sql, Tx } from './db.ts'
import { translator, type Lang, type Translate } from './i18n.ts'
import { newId } from './ids.ts'
import type { Logger } from './log.ts'
import type { Node } from './node.ts'

/** What every act and page gets: who asks, when, in which language, and the means. */
export interface Ctx {
  readonly node: Node
  readonly db: Sql
  readonly actor: Actor
  readonly now: Date
  readonly lang: Lang
  readonly t: Translate
  readonly requestId: string
  readonly log: Logger
}

export function createCtx(node: Node, options: { actor?: Actor; lang?: Lang; requestId?: string } = {}): Ctx {
  const requestId = options.requestId ?? newId()
  const lang = options.lang ?? 'vi'
  return { node, db: node.db, actor: options.actor ?? anonymous, now: node.now(), lang, t: translator(lang), requestId, log: node.log }
}

/** The context of work that no person started: followers, jobs, timers, seeds. */
export function systemCtx(node: Node, name: string): Ctx {
  return createCtx(node, { actor: { kind: 'system', id: name } })
}

/** The same in a transaction that is open already: what is read sees it, and what is transacted is a part of it. */
export function within(ctx: Ctx, tx: Tx): Ctx {
  return { ...ctx, db: new Proxy(tx, { get: (of, name) => Reflect.get(of, name === 'begin' ? 'savepoint' : name) as unknown }) as unknown as Sql }
}

/**
 * Runs an act's transaction and then wakes the followers. Everything in `work` is committed or nothing is.
 */
export async function transact<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await ctx.db.begin((tx) => work(tx as Tx))
  ctx.node.nudge('ledger')
  return result as T
}
