import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { findAgency } from '../../../organisations/index.ts'
import type { Role } from '../../roles.ts'
import { findOfficerByLogin, lockOfficerRow } from '../officer.store.ts'
import { grantRole } from '../rights/grant-role.ts'
import { activatePath, activationCode, activationSeconds, issueActivation } from './issue-activation.ts'
import { accountMistakes, insertAccount } from './open-officer-account.ts'

/** Two, because a right over rights is given by one and confirmed by another (O7 of the threat model). */
export const firstAdministrators = 2

export interface FirstAdministratorInput { login: string; name: string; /** His own agency; empty: the one that runs the node. */ agencyCode: string; email: string }

/** Giấy kích hoạt: what the officer needs to set password and generator, good for one use. */
export interface ActivationPaper { login: string; name: string; role: Role; address: string; code: string; until: Date }

export type FirstAdministratorOutcome =
  | { kind: 'invalid'; errors: FieldError[] }
  /** The pages do it from now on. */
  | { kind: 'enough'; logins: string[] }
  | { kind: 'added' | 'paper-again'; paper: ActivationPaper; /** How many the node has now. */ count: number }

/**
 * Makes the first and the second administrator of a node, for whoever runs its machine: nobody is there yet who could do it by the pages (S4 art. 3.1,
 * 16.1, 48). He gets the right and a code, never a password. A name whose account was made but never activated gets a new code. Accounts that are locked
 * do not count: a node whose administrators are all locked would have no way back.
 */
export async function addFirstAdministrator(ctx: Ctx, input: FirstAdministratorInput): Promise<FirstAdministratorOutcome> {
  const { config } = ctx.node
  const agencyCode = input.agencyCode || config.code
  const account = { login: input.login.trim(), name: input.name.normalize('NFC').trim(), email: input.email.trim(), agencyCode, unitId: '' }
  const mistakes = await accountMistakes(ctx.db, account)
  if (!(await isOfNode(ctx, agencyCode))) mistakes.push({ field: 'agency', key: 'identity.officers.first.agency_elsewhere', params: { code: agencyCode, node: config.code } })
  if (mistakes.length > 0) return { kind: 'invalid', errors: mistakes }
  const role: Role = config.kind === 'national' ? 'national-admin' : 'agency-admin'
  return transact(ctx, async (tx) => {
    // One after the other: two commands at once would each see one administrator.
    await tx`SELECT pg_advisory_xact_lock(hashtext('identity.first-administrators'))`
    const standing = await standingAdministrators(tx, ctx, role)
    const others = standing.filter((login) => login !== account.login.toLowerCase())
    if (others.length >= firstAdministrators) return { kind: 'enough', logins: others }
    const known = await findOfficerByLogin(tx, account.login)
    if (known && (known.state !== 'new' || others.length === standing.length)) return { kind: 'invalid', errors: [{ field: 'login', key: 'identity.officers.new.loginTaken' }] }
    const id = known?.id ?? (await open(tx, ctx, account, role))
    return { kind: known ? 'paper-again' : 'added', paper: await paperFor(tx, ctx, { id, login: account.login.toLowerCase(), name: known?.name ?? account.name, role }), count: others.length + 1 }
  })
}

async function open(tx: Tx, ctx: Ctx, account: Parameters<typeof insertAccount>[2], role: Role): Promise<string> {
  const id = (await insertAccount(tx, ctx, account))!
  await grantRole(tx, ctx, { officerId: id, role, agencyCode: ctx.node.config.code })
  return id
}

/** On paper also for who has a mail address: whether mail leaves this node is not known yet. */
async function paperFor(tx: Tx, ctx: Ctx, officer: { id: string; login: string; name: string; role: Role }): Promise<ActivationPaper> {
  await lockOfficerRow(tx, officer.id)
  const activationId = await issueActivation(tx, ctx, officer.id, 'first', { onPaper: true })
  await appendEvent(tx, ctx, { type: 'identity.first_administrator_named', subject: officer.id, data: { role: officer.role } })
  const { login, name, role } = officer
  return { login, name, role, address: `${ctx.node.config.baseUrl}${activatePath}`, code: activationCode(ctx.node, activationId), until: new Date(ctx.now.getTime() + activationSeconds * 1000) }
}

async function isOfNode(ctx: Ctx, agencyCode: string): Promise<boolean> {
  const { code } = ctx.node.config
  return agencyCode === code || (await findAgency(ctx.db, agencyCode, ctx.now))?.nodeCode === code
}

/** Who runs the node and can log in, or could as soon as he has activated his account. */
async function standingAdministrators(tx: Tx, ctx: Ctx, role: Role): Promise<string[]> {
  const { code } = ctx.node.config
  const rows = await tx<{ login: string }[]>`
    SELECT o.login FROM identity.officer o WHERE o.state IN ('new', 'active') AND EXISTS (
      SELECT 1 FROM identity.role_grant g WHERE g.officer_id = o.id AND g.role = ${role} AND g.agency_code = ${code} AND g.revoked_at IS NULL AND (g.valid_to IS NULL OR g.valid_to > ${civilDate(ctx.now)}))
    ORDER BY o.login`
  return rows.map((row) => row.login)
}
