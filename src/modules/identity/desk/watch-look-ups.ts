import type { Ctx } from '../../../platform/ctx.ts'
import type { Officer } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import type { Follower } from '../../../platform/module.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countReading, lookUpRule } from './look-up.store.ts'

/**
 * Holds an officer's look-ups against his dossiers: more people than the rule of the day allows beyond them is told to the head, once a
 * day. Asked within the look-up itself, so that nobody reads on for hours before somebody knows.
 */
export async function watchLookUps(tx: Tx, ctx: Ctx, officer: Officer): Promise<void> {
  const rule = await lookUpRule(tx, ctx.now)
  if (!rule) return
  const { people, dossiers } = await countReading(tx, officer.id, new Date(ctx.now.getTime() - rule.hours * 3_600_000))
  if (people - dossiers <= rule.most) return
  const id = newId(ctx.now.getTime())
  const told = await tx`
    INSERT INTO identity.unusual_look_ups (id, officer_id, agency_code, day, at, people, dossiers, hours)
    VALUES (${id}, ${officer.id}, ${officer.agencyCode}, ${civilDate(ctx.now)}, ${ctx.now}, ${people}, ${dossiers}, ${rule.hours}) ON CONFLICT (officer_id, day) DO NOTHING`
  if (told.count > 0) await appendEvent(tx, ctx, { type: 'identity.unusual_look_ups', subject: officer.id, data: { alertId: id, agencyCode: officer.agencyCode, people, dossiers, hours: rule.hours } })
}

/** Steps of a dossier that an officer takes himself. */
const steps = ['dossier.submitted', 'dossier.accepted', 'dossier.refused', 'dossier.started', 'dossier.supplement_requested', 'dossier.payment_requested', 'dossier.stopped', 'dossier.finished', 'dossier.returned'] as const

/** Remembers on which dossiers each officer acted. */
export const officerDossiers: Follower = {
  name: 'identity.officer-dossiers',
  title: 'identity.desk.follower',
  types: steps,
  patient: true,
  async handle(tx, events) {
    const latest = new Map(events.flatMap(({ actor, subject, at }) => {
      const officerId = /^officer:(.+)$/.exec(actor)?.[1]
      return officerId ? [[`${officerId} ${subject}`, { officerId, subject, at }] as const] : []
    }))
    if (latest.size === 0) return
    await tx`
      INSERT INTO identity.officer_dossier AS d (officer_id, dossier_id, at)
      SELECT "officerId", subject, at FROM jsonb_to_recordset(${tx.json([...latest.values()] as never)}) AS r ("officerId" uuid, subject text, at timestamptz)
      ON CONFLICT (officer_id, dossier_id) DO UPDATE SET at = greatest(d.at, excluded.at)`
  },
}
