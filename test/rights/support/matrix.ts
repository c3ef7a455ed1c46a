import { holdersOf } from '../../../src/modules/identity/index.ts'
import type { Access } from '../../../src/platform/http/route.ts'
import { markers, request, type Got, type House, type LiveRoute, type Seat, type Side } from './house.ts'
import { makers, type Params } from './objects.ts'
import { ruleOf } from './rules.ts'

/** What a request may end in. `closed`: no such thing for this person, whether it says "not found" or "not allowed". */
export type Outcome = 'open' | 'log-in' | 'forbidden' | 'closed' | 'fault'

export interface Cell { route: string; seat: string; side: Side | undefined; expected: Outcome; got: Outcome; status: number; /** Marks of somebody whose data are not this person's to see. */ leaked: readonly string[]; /** Events that a refused request left in the ledger. */ wrote: number }

export const nameOf = (route: Pick<LiveRoute, 'method' | 'path'>): string => `${route.method} ${route.path}`
export const variables = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)

/** By the declared right alone: who gets past the door. */
function atTheDoor(access: Access, seat: Seat): 'open' | 'log-in' | 'forbidden' {
  if (access === 'public' || access === 'node') return 'open'
  if (access === 'person' || (typeof access === 'object' && 'assurance' in access)) return seat.kind === 'person' ? 'open' : 'log-in'
  if (seat.kind !== 'officer') return 'log-in'
  return access === 'officer' || holdersOf(access.permission).includes(seat.role!) ? 'open' : 'forbidden'
}

function outcomeOf({ status, location }: Got): Outcome {
  if (status >= 500) return 'fault'
  if (status === 401 || (status === 303 && /^\/(dang-nhap|desk\/login)\?tiep=/.test(location))) return 'log-in'
  if (status === 403) return 'forbidden'
  return status === 404 || status === 410 ? 'closed' : 'open'
}

/** A public address without a rule is asked with a name that nothing has: "not found" is then an open door. */
function agrees({ route, side, expected, got }: Cell): boolean {
  if (expected === got || (expected === 'closed' && got === 'forbidden')) return true
  return expected === 'open' && got === 'closed' && ((!side && route.includes('/:')) || route in emptyMeansNothing)
}

/** Acts that find nothing when nothing is filled in. */
const emptyMeansNothing: Readonly<Record<string, string>> = {
  'POST /admin/calendar/remove': 'the day to remove',
  'POST /admin/calendar/hours/remove': 'the hours to remove',
  'POST /admin/services/cases/:id/move': 'the step to take',
}

/** Every seat before one route, with its own object and with somebody else's. Those who are to be refused come first: they must leave everything as it is. */
export async function rowsOf(house: House, route: LiveRoute, options: { onlyRefused?: boolean } = {}): Promise<Cell[]> {
  const name = nameOf(route)
  const rule = route.declared === 'public' ? undefined : ruleOf(name)
  const isThere = !rule?.on || rule.on === house.slug
  const sides: (Side | undefined)[] = rule?.object ? ['own', 'other'] : [undefined]
  const planned = sides.flatMap((side) => house.seats.map((seat) => {
    const door = atTheDoor(route.declared, seat)
    const reach = rule?.reach ?? ((s: Seat, which: Side) => s.side === which)
    return { seat, side, expected: door === 'open' && (!isThere || (side && !reach(seat, side, house))) ? 'closed' as const : door }
  }))
  const shared = new Map<Side, Params>()
  const paramsFor = async (side: Side | undefined, fresh: boolean): Promise<Params> => {
    if (!rule?.object || !side || !isThere) return Object.fromEntries(variables(route.path).map((v) => [v, 'none']))
    if (typeof rule.object === 'function') return rule.object(side)
    const known = shared.get(side)
    if (known && !fresh) return known
    const made = await makers[rule.object](house, side)
    shared.set(side, made)
    return made
  }
  const cells: Cell[] = []
  for (const { seat, side, expected } of planned.sort((a, b) => Number(a.expected === 'open') - Number(b.expected === 'open'))) {
    if (options.onlyRefused && expected === 'open') continue
    // An act that was let through may have used its object up.
    const params = await paramsFor(side, expected === 'open' && route.method !== 'GET')
    const watched = expected !== 'open' && route.method !== 'GET'
    const before = watched ? await countEvents(house) : 0
    const got = await request(house, seat, route, route.path.replace(/:(\w+)/g, (_, variable: string) => encodeURIComponent(params[variable] ?? 'none')))
    // Who logged out, or ended other sessions, sits there again.
    if (route.method !== 'GET') await house.node.db`UPDATE identity.session SET ended_at = NULL WHERE ended_at IS NOT NULL`
    cells.push({ route: name, seat: seat.name, side, expected, got: outcomeOf(got), status: got.status, leaked: leaksOf(seat, got), wrote: watched ? await countEvents(house) - before : 0 })
  }
  return cells
}

async function countEvents({ node }: House): Promise<number> {
  return (await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM ledger.event`)[0]!.n
}

/** A person may read his own data, the desk those of whom it serves; nobody else's name or number may stand in any answer. */
function leaksOf(seat: Seat, { body }: Got): string[] {
  const serves = seat.kind === 'person' || desk.includes(seat.role ?? '')
  return Object.entries(markers).flatMap(([side, marks]) => (serves && seat.side === side ? [] : Object.values(marks).filter((mark) => body.includes(mark))))
}

const desk: readonly string[] = ['one-stop', 'specialist', 'leader']

export const mismatches = (cells: readonly Cell[]): Cell[] => cells.filter((cell) => !agrees(cell) || cell.leaked.length > 0 || cell.wrote > 0)
export const told = ({ route, seat, side, expected, got, status, leaked, wrote }: Cell): string => `${route}: ${seat}${side ? `, ${side} object` : ''}: ${leaked.length > 0 ? `shows ${leaked.join(' and ')}` : wrote > 0 ? 'was refused and yet left events' : `${expected} expected, ${got} (${status}) seen`}`
