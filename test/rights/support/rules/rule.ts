import type { makers, makersFor } from '../objects.ts'
import type { Made } from '../objects/made.ts'
import type { Fields, House } from '../house.ts'
import type { Seat, Side } from '../seats.ts'

export type Reach = (seat: Seat, side: Side, house: House) => boolean

/** For an address: the object in it or in its form, and who may reach it among those who hold the right. */
export interface ObjectRule {
  /** Of 'METHOD path'; the first that matches counts. */
  readonly routes: RegExp
  /** Beside the one that counts. */
  readonly besides?: true
  readonly object?: keyof typeof makers | ((side: Side) => Made)
  /** True where the object of that side is open to the seat; `mine` unless told. */
  readonly reach?: Reach
  /** Where there are such objects at all; elsewhere nobody finds any. */
  readonly on?: 'national' | 'province'
  /** The page is there without the object as well. */
  readonly list?: true
  /** Fields of the object with which the form, the query of a GET or the JSON of an API is filled in. Who is let through then leaves an event. */
  readonly form?: readonly string[] | ((made: Made) => Fields)
  /** Lets through without an event. */
  readonly silent?: true
  /** Who may not is not told so: nothing happens. */
  readonly quiet?: true
  /** An object in which the seat itself stands on the side that may not act. */
  readonly never?: keyof typeof makersFor
  /** The variable that is also tried with the value of the other object. */
  readonly mixed?: string
  /** Whose name and telephone may stand in the answer; of the own side at the desk that serves, unless told. */
  readonly reveals?: Reach
  /** Words of the object that only some may read; the maker's own unless told. */
  readonly secret?: (made: Made) => string
  /** Who may read them; who may reach it, unless told. */
  readonly tells?: Reach
}

export const mine: Reach = (seat, side) => seat.side === side
export const everybody: Reach = () => true
export const nobody: Reach = () => false
export const onlyOwn: Reach = (_seat, side) => side === 'own'
/** Of the own agency or of one below it. */
export const belowMine: Reach = (seat, side, house) => house.agencies[side] === seat.agencyCode || house.agencies[side].startsWith(`${seat.agencyCode}.`)
/** Of the own agency alone: competence is not inherited upwards. */
export const ofMyAgency: Reach = (seat, side, house) => house.agencies[side] === seat.agencyCode
/** The office that keeps the national catalogue sees every agency's objects. */
export const mineOrNational: Reach = (seat, side) => seat.side === side || seat.agencyCode === 'VN'
/** Of the one colleague of that side who has this role. */
export const atDesk = (role: string): Reach => (seat, side) => seat.role === role && seat.side === side
