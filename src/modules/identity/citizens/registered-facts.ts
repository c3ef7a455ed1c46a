import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countAttempt, rules, throttleKey } from '../access/throttle.ts'
import { accountContact } from './account.store.ts'
import { askPopulationRegister, type RegisteredRecord } from './population-register.client.ts'

export type RegisteredFacts = { kind: 'facts'; record: RegisteredRecord } | { kind: 'wait'; seconds: number } | { kind: 'mismatch' | 'unavailable' | 'not-allowed' }

/** What the national population database has about a person who asks for himself; that he asked is kept, not what was answered. */
export async function registeredFacts(ctx: Ctx, personId: string): Promise<RegisteredFacts> {
  const own = await accountContact(ctx.db, personId)
  if (!own?.birthDate) return { kind: 'mismatch' }
  const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, rules.registerPerson, own.idNumber), rules.registerPerson, ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askPopulationRegister(ctx.node, { idNumber: own.idNumber, fullName: own.fullName, birthDate: own.birthDate })
  await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'identity.register_asked', subject: personId, data: { register: 'population', outcome: answer.kind } }))
  return answer.kind === 'match' ? { kind: 'facts', record: answer.record } : { kind: answer.kind }
}
