import type { Person } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Db, Tx } from '../../../../platform/db.ts'
import { civilDate, type Lang } from '../../../../platform/i18n.ts'
import { sha256 } from '../../../../platform/ids.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { askForData } from '../requests/ask-for-data.ts'

export interface Purpose { purpose: string; thirdParties: boolean; basis: string }
export interface ConsentRecord { purpose: string; given: boolean; at: Date; lang: Lang; textHash: string; expiresAt: Date | null }

/** For what one may be asked on a day. */
export async function openPurposes(db: Db, at: Date): Promise<Purpose[]> {
  const day = civilDate(at)
  return db<Purpose[]>`SELECT purpose, third_parties AS "thirdParties", basis FROM identity.consent_purpose WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY purpose`
}

/** Has the person consented to this purpose, at that moment? Asked anew before every use: a withdrawal counts from its own instant. */
export async function hasConsent(db: Db, accountId: string, purpose: string, at: Date): Promise<boolean> {
  const [row] = await db<{ given: boolean; expiresAt: Date | null }[]>`SELECT given, expires_at AS "expiresAt" FROM identity.consent_record WHERE account_id = ${accountId} AND purpose = ${purpose} AND at <= ${at} ORDER BY n DESC LIMIT 1`
  return row !== undefined && row.given && (row.expiresAt === null || row.expiresAt > at)
}

/** Everything ever given and withdrawn, newest first. */
export async function listConsents(db: Db, accountId: string): Promise<ConsentRecord[]> {
  return db<ConsentRecord[]>`SELECT purpose, given, at, lang, text_hash AS "textHash", expires_at AS "expiresAt" FROM identity.consent_record WHERE account_id = ${accountId} ORDER BY n DESC`
}

type PersonCtx = Ctx & { actor: Person }

/** A consent to one purpose, for a year: then it is asked for again. @throws PURPOSE_NOT_OPEN */
export async function giveConsent(ctx: PersonCtx, purpose: string): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockOwner(tx, ctx)
    if (!(await openPurposes(tx, ctx.now)).some((p) => p.purpose === purpose)) throw errors.PURPOSE_NOT_OPEN()
    if (await hasConsent(tx, ctx.actor.id, purpose, ctx.now)) return
    await keep(tx, ctx, purpose, true)
    await appendEvent(tx, ctx, { type: 'identity.consent_given', subject: ctx.actor.id, data: { purpose } })
  })
}

/**
 * Takes a consent back. From this instant `hasConsent` says no; that all processing and all third parties have stopped is a request with
 * the clock of Decree 356/2025: 15 days, 20 with third parties.
 */
export async function withdrawConsent(ctx: PersonCtx, purpose: string): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockOwner(tx, ctx)
    if (!(await hasConsent(tx, ctx.actor.id, purpose, ctx.now))) return
    await keep(tx, ctx, purpose, false)
    await appendEvent(tx, ctx, { type: 'identity.consent_withdrawn', subject: ctx.actor.id, data: { purpose } })
    const [known] = await tx<{ thirdParties: boolean }[]>`SELECT third_parties AS "thirdParties" FROM identity.consent_purpose WHERE purpose = ${purpose} ORDER BY valid_from DESC LIMIT 1`
    await askForData(tx, ctx, { kind: 'withdrawal', purpose, thirdParties: known?.thirdParties ?? true, words: '' })
  })
}

/** Two tabs at once: the second waits, and sees what the first did. */
async function lockOwner(tx: Tx, ctx: PersonCtx): Promise<void> {
  await tx`SELECT 1 FROM identity.account WHERE id = ${ctx.actor.id} FOR UPDATE`
}

async function keep(tx: Tx, ctx: PersonCtx, purpose: string, given: boolean): Promise<void> {
  const text = `${ctx.t(`identity.life.consent.${purpose}`)}\n${ctx.t(`identity.life.consent.${purpose}.hint`)}`
  const expiresAt = given ? new Date(ctx.now.getTime() + 365 * 86_400_000) : null
  await tx`
    INSERT INTO identity.consent_record (account_id, purpose, given, at, lang, text_hash, session_id, expires_at)
    VALUES (${ctx.actor.id}, ${purpose}, ${given}, ${ctx.now}, ${ctx.lang}, ${sha256(text).toString('hex')}, ${ctx.actor.sessionId || null}, ${expiresAt})`
}
