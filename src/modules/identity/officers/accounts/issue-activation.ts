import { actorKey } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { newId } from '../../../../platform/ids.ts'
import type { Node } from '../../../../platform/node.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { sendEmail } from '../../../notifications/index.ts'
import { keyed } from '../../secrets.ts'
import { findOfficer } from '../officer.store.ts'

export type ActivationPurpose = 'first' | 'password' | 'second-factor'

/** Seconds. A paper must reach its officer; who may see the code on the screen sees it for a quarter of an hour only. */
export const activationSeconds = 3 * 24 * 3600
export const shownSeconds = 15 * 60
export const activatePath = '/desk/activate'

// No 0/O, 1/I/L: the code is typed from paper.
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Sixteen letters, about 79 bits, derived from the random id and a key of the node: the database alone never tells a code. */
export function activationCode(node: Node, activationId: string): string {
  const bytes = keyed(node.config.secret, 'officer-activation', activationId)
  return [...bytes.subarray(0, 16)].map((byte) => letters[byte % letters.length]).join('').replace(/(.{4})(?=.)/g, '$1-')
}

/**
 * Lets an officer set what only he may know: first password and generator, a new password, or a new generator. The code goes by mail where the
 * office's address is known, else, or where it is asked for, on a paper that its maker prints; an earlier one counts no more.
 */
export async function issueActivation(tx: Tx, ctx: Ctx, officerId: string, purpose: ActivationPurpose, { onPaper = false } = {}): Promise<string> {
  const id = newId()
  const officer = (await findOfficer(tx, officerId))!
  const mail = onPaper ? null : officer.email
  const expiresAt = new Date(ctx.now.getTime() + activationSeconds * 1000)
  await tx`UPDATE identity.officer_activation SET closed_at = ${ctx.now} WHERE officer_id = ${officerId} AND closed_at IS NULL`
  await tx`
    INSERT INTO identity.officer_activation (id, officer_id, purpose, created_at, created_by, by_mail, expires_at)
    VALUES (${id}, ${officerId}, ${purpose}, ${ctx.now}, ${actorKey(ctx.actor)}, ${mail !== null}, ${expiresAt})`
  await appendEvent(tx, ctx, { type: 'identity.activation_issued', subject: officerId, data: { purpose, byMail: mail !== null } })
  if (mail) {
    await sendEmail(tx, ctx, {
      to: { name: officer.name, address: mail }, subjectKey: 'identity.officers.mail.activation.subject', textKey: 'identity.officers.mail.activation.text', lang: 'vi', key: `identity:activation:${id}`, expiresAt,
      params: { login: officer.login, code: activationCode(ctx.node, id), url: `${ctx.node.config.baseUrl}${activatePath}`, days: activationSeconds / 86_400 },
    })
  }
  return id
}

export interface Activation { id: string; officerId: string; purpose: ActivationPurpose; createdAt: Date; createdBy: string; byMail: boolean; expiresAt: Date; openedAt: Date | null }

/** The activation that an officer has open, if any. */
export async function openActivationOf(tx: Ctx['db'] | Tx, officerId: string, now: Date): Promise<Activation | undefined> {
  const [row] = await tx<Activation[]>`
    SELECT id, officer_id AS "officerId", purpose, created_at AS "createdAt", created_by AS "createdBy", by_mail AS "byMail", expires_at AS "expiresAt", opened_at AS "openedAt"
    FROM identity.officer_activation WHERE officer_id = ${officerId} AND closed_at IS NULL AND expires_at > ${now}`
  return row
}
