import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Db, Tx } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { findUnit } from '../../../organisations/index.ts'
import { errors } from '../../identity.errors.ts'
import { administers } from '../rights/administration.ts'
import { issueActivation } from './issue-activation.ts'

export interface NewAccountInput { login: string; name: string; email: string; agencyCode: string; unitId: string }

export const loginPattern = /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/
export const emailPattern = /^[^\s@<>"']{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i

/**
 * A high-level account opens an officer's account, without a right and without a password: both come later, the password from the officer alone
 * (S4 art. 16.1, 48). Returns what is wrong or the new id. @throws GRANT_NOT_ALLOWED for an agency outside its reach
 */
export async function openOfficerAccount(ctx: Ctx, input: NewAccountInput): Promise<{ errors: FieldError[] } | { id: string }> {
  if (input.agencyCode && !administers(ctx, input.agencyCode)) throw errors.GRANT_NOT_ALLOWED()
  const mistakes = await accountMistakes(ctx.db, input)
  if (mistakes.length > 0) return { errors: mistakes }
  return transact(ctx, async (tx) => {
    const id = await insertAccount(tx, ctx, input)
    if (!id) return { errors: [{ field: 'login', key: 'identity.officers.new.loginTaken' }] }
    await issueActivation(tx, ctx, id, 'first')
    return { id }
  })
}

/** What is wrong with the data of a new account, before anybody looks whether its log-in name is free. */
export async function accountMistakes(db: Db, input: NewAccountInput): Promise<FieldError[]> {
  const login = input.login.toLowerCase()
  const mistakes: FieldError[] = []
  const wrong = (field: string, what: string): void => void mistakes.push({ field, key: `identity.officers.new.${what}` })
  if (!loginPattern.test(login) || login.length < 4 || login.length > 60) wrong('login', 'loginWrong')
  if (!/^[\p{L}\p{M}' .-]{2,100}$/u.test(input.name)) wrong('name', 'nameWrong')
  if (input.email && (!emailPattern.test(input.email) || input.email.length > 200)) wrong('email', 'emailWrong')
  if (!input.agencyCode) wrong('agency', 'agencyMissing')
  else if (input.unitId && (await findUnit(db, input.unitId))?.agencyCode !== input.agencyCode) wrong('unit', 'unitWrong')
  return mistakes
}

/** Adds the account, without password and without right. Undefined when the log-in name is taken. */
export async function insertAccount(tx: Tx, ctx: Ctx, input: NewAccountInput): Promise<string | undefined> {
  const id = newId(ctx.now.getTime())
  const added = await tx`
    INSERT INTO identity.officer (id, login, name, email, agency_code, unit_id, state, created_at, state_since)
    VALUES (${id}, ${input.login.toLowerCase()}, ${input.name}, ${input.email || null}, ${input.agencyCode}, ${input.unitId || null}, 'new', ${ctx.now}, ${ctx.now}) ON CONFLICT (login) DO NOTHING`
  if (added.count === 0) return undefined
  await appendEvent(tx, ctx, { type: 'identity.officer_added', subject: id, data: { agencyCode: input.agencyCode, unitId: input.unitId || null } })
  return id
}
