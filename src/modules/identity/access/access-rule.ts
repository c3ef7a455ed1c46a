import type { Db } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { createBriefMemory } from '../../../platform/brief-memory.ts'
import { rules as throttleRules, type ThrottleRule } from './throttle.ts'

export type Audience = 'officer' | 'administrator'

/** Limits of officers' accounts and sessions; for what each means see the table identity.access_rule. */
export interface AccessRule {
  audience: Audience
  idleMinutes: number
  longestHours: number
  parallelSessions: number
  failures: number
  blockMinutes: number
  passwordLength: number
  unusedDays: number
  unusedNoticeDays: number
  reviewMonths: number
  requestDays: number
  needsCertificate: boolean
  proofMinutes: number
  basis: string
}

const { remember, forget: forgetAccessRules } = createBriefMemory({ seconds: 30, capacity: 200 })
export { forgetAccessRules }

/** The rule in force on the day; remembered for half a minute, because every request of an officer asks. */
export async function accessRule(db: Db, audience: Audience, at: Date): Promise<AccessRule> {
  const day = civilDate(at)
  const rule = await remember(db, `${audience} ${day}`, async () => {
    const [row] = await db<AccessRule[]>`
      SELECT audience, idle_minutes AS "idleMinutes", longest_hours AS "longestHours", parallel_sessions AS "parallelSessions", failures, block_minutes AS "blockMinutes",
        password_length AS "passwordLength", unused_days AS "unusedDays", unused_notice_days AS "unusedNoticeDays", review_months AS "reviewMonths", request_days AS "requestDays",
        needs_certificate AS "needsCertificate", proof_minutes AS "proofMinutes", basis
      FROM identity.access_rule WHERE audience = ${audience} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`
    return row
  })
  if (!rule) throw new Error(`No rule of access for ${audience} is in force on ${day}. Add a row to identity.access_rule.`)
  return rule
}

/** How wrong passwords and codes of officers are slowed down and blocked. */
export async function officerThrottle(db: Db, at: Date): Promise<ThrottleRule> {
  const { failures, blockMinutes } = await accessRule(db, 'officer', at)
  return { ...throttleRules.account, limit: failures, window: blockMinutes * 60, block: blockMinutes * 60 }
}
