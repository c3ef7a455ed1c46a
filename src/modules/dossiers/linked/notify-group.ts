import { systemCtx } from '../../../platform/ctx.ts'
import { isId } from '../../../platform/ids.ts'
import type { Follower } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { accountContacts } from '../../identity/index.ts'
import { notifyPeople, type Notification } from '../../notifications/index.ts'
import { findGroup } from './linked.store.ts'
import { groupHref } from './pages/hrefs.ts'

/** Tells the owner that the whole is over, and what an agency answered about a result of a stopped group. What happens to a part is told as for any dossier. */
export function groupNotices(node: Node): Follower {
  return {
    name: 'dossiers.linked-notices',
    title: 'dossiers.linked.noticesFollower',
    types: ['linked.ended', 'linked.undo_answered'],
    from: 'now',
    patient: true,
    async handle(tx, events) {
      const ctx = systemCtx(node, 'dossiers.linked-notices')
      const notices: Notification[] = []
      for (const event of events) {
        const group = isId(event.subject) ? await findGroup(tx, event.subject) : undefined
        if (!group?.accountId) continue
        const contact = (await accountContacts(tx, [group.accountId])).get(group.accountId)
        const procedure = (await procedureNames(tx, [group.code], 'vi')).get(group.code) ?? group.code
        notices.push({
          personId: group.accountId, contact: contact && { name: contact.fullName, phone: contact.phone, email: contact.email }, event: event.type === 'linked.ended' ? 'linked-ended' : 'linked-undone', href: groupHref(group.id),
          key: `${event.type}:${event.position}`, params: { code: group.reference, procedure },
        })
      }
      await notifyPeople(tx, ctx, notices)
      node.nudge('jobs')
    },
  }
}
