import { makers } from './objects.ts'
import type { House, Seat, Side } from './house.ts'

/**
 * What belongs to whom, as the matrix expects it: written from the regulations, not read from the handlers. For each address with variables
 * the object in it, and who may reach it among those who hold the right; `own` and `other` are made by `objects.ts`.
 */
export interface ObjectRule {
  /** Of 'METHOD path'; the first that matches counts. */
  readonly routes: RegExp
  readonly object?: keyof typeof makers | ((side: Side) => Readonly<Record<string, string>>)
  /** True where the object of that side is open to the seat; `mine` unless told. */
  readonly reach?: (seat: Seat, side: Side, house: House) => boolean
  /** Where there are such objects at all; elsewhere nobody finds any. */
  readonly on?: 'national' | 'province'
}

const mine = (seat: Seat, side: Side): boolean => seat.side === side
/** Of the own agency or of one below it. */
const belowMine = (seat: Seat, side: Side, house: House): boolean => house.agencies[side] === seat.agencyCode || house.agencies[side].startsWith(`${seat.agencyCode}.`)
const everybody = (): boolean => true
/** The office that keeps the national catalogue sees every agency's objects. */
const mineOrNational = (seat: Seat, side: Side): boolean => mine(seat, side) || seat.agencyCode === 'VN'
const onlyOwn = (_seat: Seat, side: Side): boolean => side === 'own'

export const objectRules: readonly ObjectRule[] = [
  { routes: /^\w+ \/ho-so\/:id\/giay-to\/:document$/, object: 'withDocument' },
  { routes: /^\w+ \/ho-so\/:id/, object: 'dossier' },
  { routes: /^POST \/nop-ho-so\/:code$/, object: () => ({ code: '1.001612' }), reach: everybody },
  { routes: /^\w+ \/nop-ho-so\/:code\/:draft/, object: 'draft' },
  { routes: /^\w+ \/desk\/dossiers\/:id\/files\/:file$/, object: 'withFile', on: 'province' },
  { routes: /^\w+ \/desk\/dossiers\/:id\/documents\/:document$/, object: 'withDocument', on: 'province' },
  { routes: /^\w+ \/desk\/dossiers\/:id\/tasks\/:task$/, object: 'withTask', reach: (seat, side) => seat.role === 'specialist' && mine(seat, side), on: 'province' },
  { routes: /^\w+ \/desk\/dossiers\/:id/, object: 'dossier', on: 'province' },
  { routes: /^\w+ \/admin\/calendar\/changes\/:id/, object: 'calendarChange', reach: everybody },
  { routes: /^GET \/admin\/decisions\/:id(\/file)?$/, object: 'decision', reach: mineOrNational, on: 'national' },
  { routes: /^\w+ \/admin\/decisions\/:id\/items\/:code/, object: 'decisionItem', on: 'national' },
  { routes: /^\w+ \/admin\/decisions\/:id/, object: 'decision', on: 'national' },
  { routes: /^POST \/admin\/decisions\/new$/, on: 'national' },
  { routes: /^GET \/admin\/lists\/:name(\/export)?$/, object: (side) => ({ name: side === 'own' ? 'agencies' : 'payment-providers' }), reach: everybody },
  { routes: /^GET \/admin\/lists\/:name\/entries\/:code$/, object: (side) => (side === 'own' ? { name: 'agencies', code: 'G01.08' } : { name: 'agencies', code: 'H21.101' }), reach: everybody },
  { routes: /^\w+ \/admin\/lists\/:name\/imports\/:id$/, object: 'listImport', on: 'national' },
  { routes: /^\w+ \/admin\/lists\/:name\/entries/, object: (side) => ({ name: 'agencies', code: side === 'own' ? 'G01.08' : 'H21.101' }), on: 'national' },
  { routes: /^\w+ \/admin\/lists\/:name/, object: (side) => ({ name: side === 'own' ? 'agencies' : 'payment-providers' }), reach: onlyOwn, on: 'national' },
  { routes: /^\w+ \/admin\/portal-clients\/:name/, object: 'portalClient', reach: everybody },
  { routes: /^\w+ \/admin\/quality-of-data\/\w+\/:code$/, object: () => ({ code: '3.000347' }), reach: everybody },
  { routes: /^\w+ \/admin\/questions\/\w+\/:id$/, object: 'question', reach: belowMine },
  { routes: /^\w+ \/admin\/reports\/:id$/, object: 'report', on: 'national', reach: (seat, side) => seat.agencyCode === 'VN' || (side === 'own' && mine(seat, side)) },
  { routes: /^\w+ \/admin\/services\/cases\/:id/, object: 'serviceCase', reach: mineOrNational, on: 'national' },
  { routes: /^\w+ \/admin\/services\/offers\/:code$/, object: () => ({ code: '1.001193' }), reach: everybody },
  { routes: /^\w+ \/admin\/localisations\/:code$/, object: () => ({ code: '3.000347.000.00.00.H21' }), reach: () => false },
]

export const ruleOf = (name: string): ObjectRule | undefined => objectRules.find((rule) => rule.routes.test(name))
