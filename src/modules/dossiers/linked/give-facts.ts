import { systemCtx } from '../../../platform/ctx.ts'
import type { Follower } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { valueAt } from '../../forms/index.ts'
import { findResultDraft } from '../dossiers.store.ts'
import { tellFacts } from './hear-of-group.ts'
import { findChild } from './linked.store.ts'

/** When a part has its signed result, tells the node of its group what later parts need of it. Personal data goes by sealed message only. */
export function factsFollower(node: Node): Follower {
  return {
    name: 'dossiers.linked-facts',
    title: 'dossiers.linked.factsFollower',
    types: ['dossier.letter_issued'],
    from: 'now',
    async handle(tx, events) {
      const ctx = systemCtx(node, 'dossiers.linked-facts')
      for (const event of events.filter((e) => e.data.kind === 'result' && !e.data.mirrored)) {
        const child = await findChild(tx, event.subject)
        if (!child || child.view.gives.length === 0) continue
        const data = (await findResultDraft(tx, event.subject))?.data ?? {}
        const facts = child.view.gives.flatMap(({ name, path }) => {
          const value = valueAt(data, path)
          return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : []
        })
        await tellFacts(tx, ctx, child.parentNode, event.subject, Object.fromEntries(facts))
      }
    },
  }
}
