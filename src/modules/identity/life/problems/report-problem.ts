import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import { enqueue } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { countAttempt, throttleKey, type ThrottleRule } from '../../access/throttle.ts'
import { accountContact } from '../../citizens/account.store.ts'
import { cleanIdNumber } from '../../citizens/person-fields.ts'
import { limitEnds } from '../life-rules.ts'
import { newReference } from '../reference.ts'
import { readContact, tell, tellOwner } from '../tell.ts'
import { problemKinds, sealStatement, type ProblemKind } from './problem.ts'
import { problemClockQueue } from './watch-problems.ts'

export interface ProblemInput { kind: string; words: string; contact: string; idNumber: string; accessId?: number | undefined; source: string }
export type ReportOutcome = { kind: 'made'; reference: string } | { kind: 'invalid'; errors: FieldError[] } | { kind: 'wait'; seconds: number }

export const longestWords = 3000
const perSource: ThrottleRule = { name: 'problem-source', slowFrom: 99, limit: 20, window: 3600, block: 3600 }

/**
 * Takes a report about an account, from its owner or from somebody who cannot log in: the same answer to everybody, and nothing is looked up
 * by what was typed, so that nobody learns here who has an account (Decision 31/2021, art. 13.1: parties told within 24 hours).
 */
export async function reportProblem(ctx: Ctx, input: ProblemInput): Promise<ReportOutcome> {
  const accountId = ctx.actor.kind === 'person' ? ctx.actor.id : null
  const contact = input.contact === '' && accountId ? await ownContact(ctx, accountId) : input.contact
  const wrong = check(input, contact)
  if (wrong.length > 0) return { kind: 'invalid', errors: wrong }
  const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, perSource, input.source), perSource, ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const accessId = accountId && input.accessId ? await ownAccess(ctx, accountId, input.accessId) : null
  const [id, reference, informBy] = [newId(ctx.now.getTime()), newReference('TK', ctx.now), await limitEnds(ctx.db, 'problem-inform', ctx.now)]
  const statement = sealStatement(ctx.node, id, { words: input.words, contact, ...(input.idNumber ? { idNumber: cleanIdNumber(input.idNumber)! } : {}) })
  await transact(ctx, async (tx) => {
    await tx`
      INSERT INTO identity.account_problem (id, reference, kind, account_id, access_id, statement, lang, made_at, inform_by)
      VALUES (${id}, ${reference}, ${input.kind}, ${accountId}, ${accessId}, ${statement}, ${ctx.lang}, ${ctx.now}, ${informBy})`
    await appendEvent(tx, ctx, { type: 'identity.problem_reported', subject: id, data: { kind: input.kind, informBy: informBy.toISOString() } })
    await enqueue(tx, { queue: problemClockQueue, payload: { id, clock: 'inform' }, runAt: informBy, key: `${id} inform` })
    await tell(tx, ctx, readContact(contact)!, { base: 'identity.life.problem.told.received.', key: `identity.problem:${id}:received`, lang: ctx.lang, params: { reference } })
    // Whoever uses somebody else's account also reads its mail, perhaps: both ways are told.
    if (accountId && input.contact !== '') await tellOwner(tx, ctx, accountId, { base: 'identity.life.problem.told.received.', key: `identity.problem:${id}:owner`, lang: ctx.lang, params: { reference } })
  })
  return { kind: 'made', reference }
}

async function ownContact(ctx: Ctx, accountId: string): Promise<string> {
  const contact = await accountContact(ctx.db, accountId)
  return contact?.phone || contact?.email || ''
}

/** The id of a look at the person's own data; null for any other number. */
async function ownAccess(ctx: Ctx, accountId: string, accessId: number): Promise<number | null> {
  const [row] = await ctx.db<{ id: number }[]>`SELECT l.id FROM identity.access_log l JOIN identity.account a ON a.id = ${accountId} WHERE l.id = ${accessId} AND l.subject IN (a.id::text, a.subject)`
  return row?.id ?? null
}

function check({ kind, words, idNumber }: ProblemInput, contact: string): FieldError[] {
  const wrong: FieldError[] = []
  if (!problemKinds.includes(kind as ProblemKind)) wrong.push({ field: 'kind', key: 'identity.life.problem.kind.missing' })
  if (words.length < 10) wrong.push({ field: 'words', key: 'identity.life.problem.words.missing' })
  if (words.length > longestWords) wrong.push({ field: 'words', key: 'identity.life.problem.words.long', params: { longest: longestWords } })
  if (!readContact(contact)) wrong.push({ field: 'contact', key: `identity.life.problem.contact.${contact ? 'invalid' : 'missing'}` })
  if (idNumber && !cleanIdNumber(idNumber)) wrong.push({ field: 'idNumber', key: 'identity.field.idNumber.invalid' })
  return wrong
}
