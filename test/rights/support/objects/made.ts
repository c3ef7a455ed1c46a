import { newId } from '../../../../src/platform/ids.ts'
import type { Officer, Person } from '../../../../src/platform/actor.ts'
import type { Ctx } from '../../../../src/platform/ctx.ts'
import { idOf, type Seat, type Side } from '../seats.ts'
import type { House } from '../house.ts'

/**
 * An object: the values of the variables in its addresses, and what forms about it are filled in with. `secret`: words that only those may read of whom the
 * rule says so; `cookie`: what the browser holds that it belongs to.
 */
export type Made = Readonly<Record<string, string>>
export type Make = (house: House, side: Side) => Promise<Made>
/** An object in which a seat itself stands on the side that may not act. */
export type MakeFor = (house: House, seat: Seat) => Promise<Made>

let count = 0
/** A number that no other object of this run has. */
export const next = (): number => ++count
/** Of nobody who sits. */
export const idNumber = (): string => `064085${100_000 + next()}`

export type PersonCtx = Ctx & { actor: Person }
export type OfficerCtx = Ctx & { actor: Officer }

const sitting = ({ ctx }: Seat): Ctx => ({ ...ctx, now: new Date() })
export const person = (house: House, side: Side): PersonCtx => sitting(house.seat(side === 'own' ? 'owner' : 'stranger')) as PersonCtx
export const officer = (house: House, role: string, side: Side): OfficerCtx => sitting(house.seat(`${role} ${side}`)) as OfficerCtx
export const personId = (house: House, side: Side): string => idOf(house.seat(side === 'own' ? 'owner' : 'stranger'))

/** Somebody who sits nowhere: the other party of a mandate, the owner of what administrators handle. */
export async function thirdPerson(house: House, name = 'Bùi Văn Người Ngoài'): Promise<PersonCtx> {
  const { ctx } = house.seat('owner')
  const id = newId()
  const subject = `subject-${id}`
  await house.node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${id}, ${subject}, ${idNumber()}, ${name}, '1985-01-01', '0911000999', 3, now(), now())`
  return { ...ctx, now: new Date(), actor: { kind: 'person', id, subject, name, assurance: 3, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() } }
}
