import { drainFollowers } from '../../../src/modules/ledger/index.ts'
import { request, type Fields, type Got, type House, type LiveRoute } from './house.ts'
import { makers, makersFor } from './objects.ts'
import type { Made } from './objects/made.ts'
import { rulesOf } from './rules.ts'
import { mine, type ObjectRule } from './rules/rule.ts'
import { atTheDoor, markers, sitDown, type Seat, type Side } from './seats.ts'

/**
 * What a request may end in. `closed`: no such thing for this person, whether it says "not found" or "not allowed"; `nothing`: whatever it says, nothing
 * happens; `unproved`: whoever does not prove to be a node gets an answer of the kind 4xx.
 */
export type Outcome = 'open' | 'log-in' | 'forbidden' | 'closed' | 'fault' | 'nothing' | 'unproved'
/** Of the seat's side, of the other, a mixture of both, or one in which the seat itself stands on the side that may not act. */
export type Whose = Side | 'mixed' | 'never' | undefined

export interface Cell {
  route: string
  seat: string
  whose: Whose
  expected: Outcome
  got: Outcome
  status: number
  /** Words that are not this person's to see. */
  leaked: readonly string[]
  /** Events that the request left in the ledger. */
  wrote: number
  /** A form that was filled in leaves some. */
  mustWrite: boolean
}

export const nameOf = (route: Pick<LiveRoute, 'method' | 'path'>): string => `${route.method} ${route.path}`
export const variables = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)

function outcomeOf({ status, location }: Got): Outcome {
  if (status >= 500) return 'fault'
  if (status === 401 || (status === 303 && /^\/(dang-nhap(\/nang-muc)?|desk\/login|tai-khoan\/dieu-khoan)\?(muc=\d&)?tiep=/.test(location))) return 'log-in'
  if (status === 403) return 'forbidden'
  return status === 404 || status === 410 ? 'closed' : 'open'
}

/** A public address without a rule is asked with a name that nothing has: "not found" is then an open door. */
function agrees({ route, whose, expected, got, status, wrote }: Cell): boolean {
  if (got === 'fault') return false
  if (expected === 'nothing') return wrote === 0
  if (expected === 'unproved') return status >= 400 && wrote === 0
  if (expected === got || (expected === 'closed' && (got === 'forbidden' || got === 'log-in'))) return true
  if (expected !== 'open') return false
  return (got === 'closed' && ((!whose && route.includes('/:')) || route in emptyMeansNothing)) || (got === 'log-in' && route in leadsToTheLogIn)
}

/** Acts that find nothing when nothing is filled in. */
const emptyMeansNothing: Readonly<Record<string, string>> = {
  'POST /admin/calendar/remove': 'the day to remove',
  'POST /admin/calendar/hours/remove': 'the hours to remove',
  'POST /admin/calendar/rules/remove': 'the rules to take back',
  'POST /admin/warning-rules/remove': 'the rule to take back',
  'POST /admin/services/cases/:id/move': 'the step to take',
  'GET /admin/log-in-ways/change': 'the way that is to be opened or closed',
  'POST /admin/log-in-ways/change': 'the way that is to be opened or closed',
  'POST /tai-khoan/dong-y': 'the purpose that is agreed to',
}

/** Public pages on the way to the log-in, for whom nothing is there to be continued. */
const leadsToTheLogIn: Readonly<Record<string, string>> = {
  'GET /dang-nhap/nang-muc': 'who is not logged in chooses between all ways',
  'GET /dang-nhap/dinh-danh-dien-tu/so-dien-thoai': 'nobody has come back from the identity provider in this browser',
  'POST /dang-nhap/dinh-danh-dien-tu/so-dien-thoai': 'nobody has come back from the identity provider in this browser',
}

/** One object of each kind on either side before anybody is asked, so that lists have something that they must not show. */
export async function furnish(house: House, routes: readonly LiveRoute[]): Promise<void> {
  for (const route of routes) {
    for (const rule of rulesOf(nameOf(route))) {
      for (const whose of ['own', 'other'] as const) await objectFor(house, rule, { seat: house.seats[0]!, whose, expected: 'open' }, false)
      for (const p of plan(house, route, rule, house.seats)) if (p.whose === 'never') await objectFor(house, rule, p, false)
    }
  }
  await drainFollowers(house.node)
}

interface Planned { seat: Seat; whose: Whose; expected: Outcome }

/** Every seat before one route, with its own object and with somebody else's. Those who are to be refused come first: they must leave everything as it is. */
export async function rowsOf(house: House, route: LiveRoute, seats: readonly Seat[] = house.seats): Promise<Cell[]> {
  await Promise.all([sitDown(house.node, house.seats), house.node.db`DELETE FROM identity.throttle`])
  const rules = rulesOf(nameOf(route))
  const cells: Cell[] = []
  for (const rule of rules.length > 0 ? rules : [undefined]) cells.push(...await rowsUnder(house, route, rule, seats))
  return cells
}

async function rowsUnder(house: House, route: LiveRoute, rule: ObjectRule | undefined, seats: readonly Seat[]): Promise<Cell[]> {
  const planned = plan(house, route, rule, seats)
  const isAct = route.method !== 'GET'
  const [asked, acting] = [planned.filter((p) => !isAct || p.expected !== 'open'), planned.filter((p) => isAct && p.expected === 'open')]
  const ask = async (p: Planned): Promise<Cell> => {
    const made = await objectFor(house, rule, p, false)
    const got = await request(house, p.seat, route, route.path.replace(/:(\w+)/g, (_, variable: string) => encodeURIComponent(made[variable] ?? 'none')), { fields: fieldsOf(rule, made), cookie: made.cookie })
    return { route: nameOf(route), ...p, seat: p.seat.name, got: outcomeOf(got), status: got.status, leaked: leaksOf(house, p, rule, made, got), wrote: 0, mustWrite: false }
  }
  // Made beforehand, since what is made leaves events of its own.
  await Promise.all(asked.map((p) => objectFor(house, rule, p, false)))
  const cells = isAct ? await refused(house, asked, ask) : await Promise.all(asked.map(ask))
  for (const p of acting) {
    // An act that was let through may have used its object up.
    await objectFor(house, rule, p, true)
    const before = await countEvents(house)
    const cell = await ask(p)
    forget(house, rule, p)
    cells.push({ ...cell, wrote: await countEvents(house) - before, mustWrite: rule?.form !== undefined && !rule.silent })
    await sitDown(house.node, house.seats)
  }
  return cells
}

/** All at once; one after the other where some of them left events, so that it is told which, and where a node that is asked too much at once says so. */
async function refused(house: House, planned: readonly Planned[], ask: (p: Planned) => Promise<Cell>): Promise<Cell[]> {
  const before = await countEvents(house)
  const isPeer = planned.some((p) => p.expected === 'unproved')
  const cells = isPeer ? await oneByOne(planned, ask) : await Promise.all(planned.map(ask))
  if (await countEvents(house) === before) return cells
  const each: Cell[] = []
  for (const p of planned) {
    const start = await countEvents(house)
    const cell = await ask(p)
    each.push({ ...cell, wrote: await countEvents(house) - start })
  }
  // What the first time used up cannot happen again: then those who found it open.
  return each.some((cell) => cell.wrote > 0) ? each : cells.map((cell) => ({ ...cell, wrote: cell.got === 'open' || cells.every((c) => c.got !== 'open') ? 1 : 0 }))
}

async function oneByOne(planned: readonly Planned[], ask: (p: Planned) => Promise<Cell>): Promise<Cell[]> {
  const cells: Cell[] = []
  for (const p of planned) cells.push(await ask(p))
  return cells
}

function plan(house: House, route: LiveRoute, rule: ObjectRule | undefined, seats: readonly Seat[]): Planned[] {
  const isThere = !rule?.on || rule.on === house.slug
  const present = seats.filter((seat) => seat.asked?.(route) ?? true)
  const sides: (Side | undefined)[] = rule?.object ? ['own', 'other'] : [undefined]
  const refusal: Outcome = route.method === 'GET' ? 'closed' : 'nothing'
  return sides.flatMap((side): Planned[] => present.map((seat) => {
    const door = atTheDoor(route, seat)
    const isOpen = (isThere || rule?.list) && (!side || (rule!.reach ?? mine)(seat, side, house))
    return { seat, whose: side, expected: door !== 'open' || isOpen ? door : rule?.quiet ? 'nothing' : 'closed' }
  })).concat(!rule || !isThere ? [] : present.filter((seat) => atTheDoor(route, seat) === 'open').flatMap((seat): Planned[] => [
    ...(rule.never ? [{ seat, whose: 'never' as const, expected: refusal }] : []),
    ...(rule.mixed ? [{ seat, whose: 'mixed' as const, expected: refusal }] : []),
  ]))
}

const otherSide = (side: Side): Side => (side === 'own' ? 'other' : 'own')

async function objectFor(house: House, rule: ObjectRule | undefined, { seat, whose }: Planned, fresh: boolean): Promise<Made> {
  if (!rule?.object || !whose || (rule.on && rule.on !== house.slug)) return {}
  if (whose === 'never') return kept(house, `${rule.never} for ${seat.name}`, () => makersFor[rule.never!](house, seat), fresh)
  const side = whose === 'mixed' ? seat.side ?? seat.acts?.for ?? 'own' : whose
  const { object } = rule
  if (typeof object === 'function') return object(side)
  const of = (which: Side): Promise<Made> => kept(house, `${object} ${which}`, () => makers[object](house, which), fresh)
  return whose === 'mixed' ? { ...await of(side), [rule.mixed!]: (await of(otherSide(side)))[rule.mixed!]! } : of(side)
}

function kept(house: House, key: string, make: () => Promise<Made>, fresh: boolean): Promise<Made> {
  let made = fresh ? undefined : house.made.get(key)
  if (!made) house.made.set(key, (made = make()))
  return made
}

function forget(house: House, rule: ObjectRule | undefined, { whose }: Planned): void {
  if (typeof rule?.object === 'string') for (const side of ['own', 'other'] as const) if (whose === side) house.made.delete(`${rule.object} ${side}`)
}

function fieldsOf(rule: ObjectRule | undefined, made: Made): Fields {
  if (typeof rule?.form === 'function') return rule.form(made)
  return Object.fromEntries((rule?.form ?? []).flatMap((name) => (made[name] === undefined ? [] : [[name, made[name]]])))
}

async function countEvents({ node }: House): Promise<number> {
  return (await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM ledger.event`)[0]!.n
}

/** A person may read his own data and those of whom he acts for, the desk those of whom it serves; nobody else's name or number may stand in any answer. */
function leaksOf(house: House, { seat, whose }: Planned, rule: ObjectRule | undefined, made: Made, { body }: Got): string[] {
  const serves = seat.kind === 'person' || desk.includes(seat.role ?? '')
  const may = (side: Side): boolean => (serves && seat.side === side) || seat.acts?.for === side || (rule?.reveals?.(seat, side, house) ?? false)
  const marks = Object.entries(markers).flatMap(([side, words]) => (may(side as Side) ? [] : Object.values(words).filter((word) => body.includes(word))))
  const strangers = seat.kind !== 'officer' ? officersOf('own|other') : seat.side ? officersOf(otherSide(seat.side)) : undefined
  const colleague = strangers && strangers.exec(body)?.[0]
  if (colleague) marks.push(colleague)
  const secret = rule?.secret?.(made) ?? made.secret
  const isKept = secret !== undefined && (whose === 'own' || whose === 'other') && !(rule?.tells ?? rule?.reach ?? mine)(seat, whose, house)
  return isKept && body.includes(secret) ? [...marks, 'words of the object'] : marks
}

/** Names of the officers of a side: each agency’s are its own affair. */
const officersOf = (side: string): RegExp => new RegExp(`Cán bộ [\\w-]+ (${side})`)
/** Who handles or oversees the dossiers of an agency. */
const desk: readonly string[] = ['one-stop', 'specialist', 'leader', 'unit-head']

const isWrong = (cell: Cell): boolean => !agrees(cell) || cell.leaked.length > 0 || (cell.expected !== 'open' && cell.wrote > 0) || (cell.mustWrite && cell.got === 'open' && cell.wrote === 0)
export const mismatches = (cells: readonly Cell[]): Cell[] => cells.filter(isWrong)

export function told({ route, seat, whose, expected, got, status, leaked, wrote }: Cell): string {
  const what = leaked.length > 0 ? `shows ${leaked.join(' and ')}` : expected !== 'open' && wrote > 0 ? 'was refused and yet left events' : expected === 'open' && got === 'open' ? 'was let through and nothing happened' : `${expected} expected, ${got} (${status}) seen`
  return `${route}: ${seat}${whose ? `, ${whose} object` : ''}: ${what}`
}

