import type { Actor } from '../../../platform/actor.ts'
import { errors } from '../identity.errors.ts'

/** Mức độ xác thực: 1 one factor, 2 two factors, 3 a key that cannot be copied, with its PIN (Decree 69/2024, Decision 31/2021 art. 11). */
export type Strength = 1 | 2 | 3

/**
 * For acts that ask for more than any log-in. On a page the person is then led to a stronger log-in and back with nothing lost (see `beforeLogIn`); an API answers
 * problem+json with the level in `params`. Officers and systems act under rights of their own.
 * @throws STRONGER_LOG_IN_NEEDED
 */
export function demandStrength(actor: Actor, level: Strength): void {
  if (actor.kind === 'person' && actor.assurance < level) throw errors.STRONGER_LOG_IN_NEEDED({ level })
}
