import type { Db, Tx } from '../../../platform/db.ts'
import { newId, randomToken, sha256 } from '../../../platform/ids.ts'
import type { Lang } from '../../../platform/i18n.ts'

/** By which road the key is proved: in the TLS handshake, by a signed file, by a SIM at its operator. */
export type Road = 'tls' | 'file' | 'sim'
export type Audience = 'person' | 'officer'

/** A log-in with a certificate on its way; one browser holds its token. */
export interface CertificateLogIn {
  id: string
  road: Road
  audience: Audience
  nonce: string
  returnTo: string
  lang: Lang
  operatorHandle: string | null
  operatorCredential: string | null
  /** DER, once its key was proved. */
  certificate: Buffer | null
  challengeId: string | null
  attempts: number
}

/** Seconds for signing, for coming back from the TLS listener, and for the telephone number of who is new. */
export const signingSeconds = 5 * 60
export const ticketSeconds = 60
export const finishSeconds = 15 * 60
export const maxAttempts = 5

const later = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000)
const columns = (db: Db) => db`id, road, audience, nonce, return_to AS "returnTo", lang, operator_handle AS "operatorHandle", operator_credential AS "operatorCredential", certificate, challenge_id AS "challengeId", attempts`

export type NewLogIn = Pick<CertificateLogIn, 'road' | 'audience' | 'returnTo' | 'lang'> & { id?: string; nonce?: string; operatorHandle?: string; operatorCredential?: string; certificate?: Buffer; now: Date }

/** Opens a log-in; the token goes into a cookie, so that no other browser can go on with it. */
export async function insertLogIn(tx: Tx, l: NewLogIn): Promise<{ id: string; token: string }> {
  const id = l.id ?? newId()
  const token = randomToken()
  await tx`
    INSERT INTO identity.certificate_log_in (id, token_hash, road, audience, nonce, return_to, lang, operator_handle, operator_credential, certificate, created_at, expires_at)
    VALUES (${id}, ${sha256(token)}, ${l.road}, ${l.audience}, ${l.nonce ?? randomToken()}, ${l.returnTo}, ${l.lang}, ${l.operatorHandle ?? null}, ${l.operatorCredential ?? null}, ${l.certificate ?? null}, ${l.now}, ${later(l.now, signingSeconds)})`
  return { id, token }
}

/** The log-in that this browser has open: proved or not, as asked. Undefined when there is none, it expired, was used, or used up. */
export async function findLogIn(db: Db, token: string | undefined, wanted: { road?: Road; isProved: boolean }, now: Date): Promise<CertificateLogIn | undefined> {
  if (!token) return undefined
  const [row] = await db<CertificateLogIn[]>`
    SELECT ${columns(db)} FROM identity.certificate_log_in
    WHERE token_hash = ${sha256(token)} AND (proved_at IS NOT NULL) = ${wanted.isProved} AND used_at IS NULL AND expires_at > ${now} AND attempts < ${maxAttempts} ${wanted.road ? db`AND road = ${wanted.road}` : db``}`
  return row
}

/** Counts a try before it is judged: parallel ones share the five. */
export async function takeLogInTry(db: Db, id: string): Promise<boolean> {
  const counted = await db`UPDATE identity.certificate_log_in SET attempts = attempts + 1 WHERE id = ${id} AND used_at IS NULL AND attempts < ${maxAttempts}`
  return counted.count > 0
}

/** The key of this certificate was proved. False when that had been done before: a challenge is answered once. */
export async function markProved(tx: Db, id: string, certificate: Buffer, now: Date): Promise<boolean> {
  const marked = await tx`UPDATE identity.certificate_log_in SET certificate = ${certificate}, proved_at = ${now}, attempts = 0, expires_at = ${later(now, finishSeconds)} WHERE id = ${id} AND proved_at IS NULL AND used_at IS NULL AND expires_at > ${now}`
  return marked.count > 0
}

/** The TLS listener saw a handshake with this certificate: the ticket takes its browser back. False when there is no such log-in, or it had a ticket. */
export async function giveTicket(db: Db, id: string, ticket: string, certificate: Buffer, now: Date): Promise<boolean> {
  const given = await db`
    UPDATE identity.certificate_log_in SET certificate = ${certificate}, ticket_hash = ${sha256(ticket)}, ticket_expires_at = ${later(now, ticketSeconds)}
    WHERE id = ${id} AND road = 'tls' AND ticket_hash IS NULL AND proved_at IS NULL AND used_at IS NULL AND expires_at > ${now}`
  return given.count > 0
}

/** Ticket and cookie together prove that the browser of the handshake is the one that began. One statement: of two requests with one ticket one wins. */
export async function takeTicket(db: Db, token: string | undefined, ticket: string, now: Date): Promise<CertificateLogIn | undefined> {
  if (!token) return undefined
  const [row] = await db<CertificateLogIn[]>`
    UPDATE identity.certificate_log_in SET proved_at = ${now}, expires_at = ${later(now, finishSeconds)}
    WHERE token_hash = ${sha256(token)} AND ticket_hash = ${sha256(ticket)} AND ticket_expires_at > ${now} AND proved_at IS NULL AND used_at IS NULL RETURNING ${columns(db)}`
  return row
}

/** The log-in is over; what it held of the person is forgotten. False when another request was faster. */
export async function useLogIn(tx: Db, id: string, now: Date): Promise<boolean> {
  const used = await tx`UPDATE identity.certificate_log_in SET used_at = ${now}, certificate = NULL, operator_handle = NULL, operator_credential = NULL WHERE id = ${id} AND used_at IS NULL`
  return used.count > 0
}

/** A code was sent to the telephone of somebody new: he has five tries with it. */
export async function setChallenge(tx: Tx, id: string, challengeId: string): Promise<void> {
  await tx`UPDATE identity.certificate_log_in SET challenge_id = ${challengeId}, attempts = 0 WHERE id = ${id}`
}

/** Takes the operator's handle away, so that one request alone fetches the signature. */
export async function claimHandle(db: Db, id: string, handle: string): Promise<boolean> {
  const claimed = await db`UPDATE identity.certificate_log_in SET operator_handle = NULL WHERE id = ${id} AND operator_handle = ${handle} AND used_at IS NULL`
  return claimed.count > 0
}
