import type { Follower } from '../../../../platform/module.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'

/**
 * Keeps the day on which a person last logged in or acted. Every act appends an event that names its actor, so the ledger knows all
 * activity, and no request has to write anything for it: one statement for a whole batch of events.
 */
export const activityFollower: Follower = {
  name: 'identity.activity',
  title: 'identity.life.follower.activity',
  patient: true,
  async handle(tx, events) {
    const days = new Map<string, string>()
    for (const event of events) {
      const id = event.actor.startsWith('person:') ? event.actor.slice(7) : ''
      const day = civilDate(event.at)
      if (isId(id) && day > (days.get(id) ?? '')) days.set(id, day)
    }
    if (days.size === 0) return
    await tx`
      UPDATE identity.account a SET last_active_on = d.day FROM unnest(${[...days.keys()]}::uuid[], ${[...days.values()]}::date[]) AS d (id, day)
      WHERE a.id = d.id AND (a.last_active_on IS NULL OR a.last_active_on < d.day)`
  },
}
