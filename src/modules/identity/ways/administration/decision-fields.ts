import type { FieldError } from '../../../../platform/errors.ts'
import { holders, logInWays, type Holder, type LogInWay } from '../log-in-ways.ts'

/** What an organisation may prove itself by; a person by all. */
const waysOf: Readonly<Record<Holder, readonly LogInWay[]>> = { person: logInWays, organisation: ['identity-provider', 'token', 'sim'] }

/** Every pair of holder and way that may be open, in the order of the page. */
export const possibleWays: readonly { way: LogInWay; holder: Holder }[] = holders.flatMap((holder) => waysOf[holder].map((way) => ({ way, holder })))

/** The name of a way at the start of a line. */
export const capital = (words: string): string => words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)

export const isPossible = (way: string, holder: string): boolean => possibleWays.some((p) => p.way === way && p.holder === holder)

export interface DecisionInput { way: LogInWay; holder: Holder; /** 'YYYY-MM-DD'; undefined when what was typed is no day. */ onDay: string | undefined; basis: string; confirmed: boolean }

const longest = 200

/** What is wrong with a decision before the table is looked at. */
export function checkDecision(input: DecisionInput, today: string): FieldError[] {
  const errors: FieldError[] = []
  if (!input.onDay || input.onDay > '2199-12-31') errors.push({ field: 'onDay', key: 'identity.ways.admin.invalid.day' })
  else if (input.onDay <= today) errors.push({ field: 'onDay', key: 'identity.ways.admin.invalid.past' })
  if (input.basis === '') errors.push({ field: 'basis', key: 'identity.ways.admin.invalid.basis' })
  else if ([...input.basis].length > longest) errors.push({ field: 'basis', key: 'identity.ways.admin.invalid.basis_long', params: { longest } })
  if (!input.confirmed) errors.push({ field: 'confirmed', key: 'identity.ways.admin.invalid.confirmed' })
  return errors
}
