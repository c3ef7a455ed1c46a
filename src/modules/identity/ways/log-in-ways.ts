import type { Db } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'

/** How one may prove who one is — "phương thức đăng ký, đăng nhập" (Decision 31/2021, art. 9–11). */
export const logInWays = ['phone', 'social-insurance', 'token', 'sim', 'identity-provider', 'passkey'] as const
export type LogInWay = (typeof logInWays)[number]
export type Holder = 'person' | 'organisation'

/** The ways that are open to a kind of holder on a day, in the order in which they are offered. */
export async function openWays(db: Db, holder: Holder, at: Date): Promise<LogInWay[]> {
  const day = civilDate(at)
  const rows = await db<{ way: LogInWay }[]>`SELECT DISTINCT way FROM identity.log_in_way WHERE holder = ${holder} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`
  return logInWays.filter((way) => rows.some((row) => row.way === way))
}

export async function isWayOpen(db: Db, way: LogInWay, holder: Holder, at: Date): Promise<boolean> {
  return (await openWays(db, holder, at)).includes(way)
}
