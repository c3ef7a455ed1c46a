import type { Db } from '../../../platform/db.ts'
import { createBriefMemory } from '../../../platform/brief-memory.ts'
import { civilDate } from '../../../platform/i18n.ts'

/** How one may prove who one is — "phương thức đăng ký, đăng nhập" (Decision 31/2021, art. 9–11). */
export const logInWays = ['phone', 'identity-provider', 'social-insurance', 'token', 'sim', 'passkey'] as const
export type LogInWay = (typeof logInWays)[number]
export const holders = ['person', 'organisation'] as const
export type Holder = (typeof holders)[number]

/** A way that is open, with the rule that opens it. */
export interface OpenWay { way: LogInWay; basis: string }

/** The ways that are open to a kind of holder on a day, in the order in which they are offered. */
export async function openWays(db: Db, holder: Holder, at: Date): Promise<LogInWay[]> {
  return (await openWaysWithBasis(db, holder, at)).map(({ way }) => way)
}

const { remember, forget: forgetLogInWays } = createBriefMemory({ seconds: 10, capacity: 50 })
export { forgetLogInWays }

/** Remembered for some seconds, because every step of every log-in asks. */
export async function openWaysWithBasis(db: Db, holder: Holder, at: Date): Promise<OpenWay[]> {
  const day = civilDate(at)
  const rows = await remember(db, `${holder} ${day}`, () => db<OpenWay[]>`
    SELECT DISTINCT ON (way) way, basis FROM identity.log_in_way
    WHERE holder = ${holder} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY way, valid_from DESC`)
  return logInWays.flatMap((way) => rows.find((row) => row.way === way) ?? [])
}

export async function isWayOpen(db: Db, way: LogInWay, holder: Holder, at: Date): Promise<boolean> {
  return (await openWays(db, holder, at)).includes(way)
}
