import { z } from 'zod'
import type { Person } from '../../../platform/actor.ts'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { newId, randomToken } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { readNodeSignature, signAsNode } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAccount, subjectForNode } from '../citizens/account.store.ts'
import { keyed } from '../secrets.ts'
import { lifeRule } from './life-rules.ts'
import { drawLetters } from './reference.ts'

/** Who stands before the desk. `subject` is the name by which the asking node knows the person. */
export interface CodedPerson { subject: string; idNumber: string; fullName: string; /** 'YYYY-MM-DD' */ birthDate: string }

export const personalCodePrefix = 'MC1:'
export const personalCodeRoute = '/exchange/v1/personal-code'
const askType = 'motcua-personal-code+jws'
const answerType = 'motcua-coded-person+jws'
const use = 'personal-code'
const freshMs = 60_000

/** Mã cá nhân: what the person shows. Both forms are the same code; only keyed hashes are kept. */
export interface PersonalCode { text: string; letters: string; expiresAt: Date }

/** A new code; those before it are worth nothing any more. */
export async function makePersonalCode(ctx: Ctx & { actor: Person }): Promise<PersonalCode> {
  const { node, now, actor } = ctx
  const text = `${personalCodePrefix}${randomToken(16)}`
  const letters = drawLetters(10)
  const minutes = (await lifeRule(ctx.db, 'personal-code', now)).value
  const expiresAt = new Date(now.getTime() + minutes * 60_000)
  await transact(ctx, async (tx) => {
    await tx`DELETE FROM identity.personal_code WHERE account_id = ${actor.id} AND used_at IS NULL`
    const id = newId(now.getTime())
    await tx`INSERT INTO identity.personal_code (id, account_id, code_hash, letters_hash, made_at, expires_at) VALUES (${id}, ${actor.id}, ${keyed(node.config.secret, use, text)}, ${keyed(node.config.secret, use, letters)}, ${now}, ${expiresAt})`
    await appendEvent(tx, ctx, { type: 'identity.personal_code_made', subject: actor.id, data: { codeId: id } })
  })
  return { text, letters: `${letters.slice(0, 5)}-${letters.slice(5)}`, expiresAt }
}

/** 'MC1:…' as the camera reads it, or the ten letters as somebody types them; undefined for anything else. */
export function readCodeText(typed: string): string | undefined {
  const text = typed.trim()
  if (/^MC1:[\w-]{22}$/.test(text)) return text
  const letters = text.toUpperCase().replace(/[\s-]/g, '')
  return /^[A-HJ-NP-Z2-9]{10}$/.test(letters) ? letters : undefined
}

/**
 * Who showed this code, at the desk of any node: the national node looks it up, another one asks it by a signed question and believes a
 * signed answer. A code is good once and for minutes. Undefined for one that is wrong, late or used, and where the national node does not
 * answer: the desk then asks for the card. Whoever calls this writes the look down with `recordAccess`.
 */
export async function resolvePersonalCode(db: Db, node: Node, text: string, now: Date): Promise<CodedPerson | undefined> {
  const code = readCodeText(text)
  if (!code) return undefined
  if (node.config.kind === 'national') return takeCode(db, node, code, node.config.code, now)
  try {
    const nonce = randomToken(12)
    const { jws } = await signAsNode(node, JSON.stringify({ code, at: now.toISOString(), nonce }), askType)
    const response = await fetch(`${node.config.national.baseUrl}${personalCodeRoute}`, { method: 'POST', body: JSON.stringify({ from: node.config.code, question: jws }), headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(4000) })
    if (!response.ok) return undefined
    const signed = z.object({ answer: z.string() }).parse(await response.json()).answer
    const answer = await readNodeSignature(node, signed, { type: answerType, issuer: node.config.national.code })
    const parsed = answer === undefined ? undefined : answerSchema.safeParse(JSON.parse(answer)).data
    return parsed?.nonce === nonce && parsed.to === node.config.code ? parsed.person : undefined
  } catch (error) {
    node.log.warn({ err: error }, 'a personal code could not be looked up at the national node')
    return undefined
  }
}

const personSchema = z.object({ subject: z.string(), idNumber: z.string(), fullName: z.string(), birthDate: z.string() })
const answerSchema = z.object({ to: z.string(), nonce: z.string(), person: personSchema })
const questionSchema = z.object({ code: z.string().max(40), at: z.iso.datetime(), nonce: z.string().max(40) })

/** At the national node: answers another node's question; undefined for one that is not signed by it, old, or about no code. */
export async function answerPersonalCode(node: Node, input: { from: string; question: string }, now: Date): Promise<string | undefined> {
  const text = await readNodeSignature(node, input.question, { type: askType, issuer: input.from })
  const question = text === undefined ? undefined : questionSchema.safeParse(JSON.parse(text)).data
  const code = question && readCodeText(question.code)
  if (!code || Math.abs(now.getTime() - Date.parse(question.at)) > freshMs) return undefined
  const person = await takeCode(node.db, node, code, input.from, now)
  return person && (await signAsNode(node, JSON.stringify({ to: input.from, nonce: question.nonce, person }), answerType)).jws
}

/** Marks the code used in the statement that finds it, so that of two desks only one learns anything. */
async function takeCode(db: Db, node: Node, code: string, nodeCode: string, now: Date): Promise<CodedPerson | undefined> {
  const hash = keyed(node.config.secret, use, code)
  const ctx = systemCtx(node, 'identity')
  const taken = async (tx: Tx): Promise<CodedPerson | undefined> => {
    const [row] = await tx<{ accountId: string }[]>`
      UPDATE identity.personal_code SET used_at = ${now}, used_by_node = ${nodeCode} WHERE (code_hash = ${hash} OR letters_hash = ${hash}) AND used_at IS NULL AND expires_at > ${now} RETURNING account_id AS "accountId"`
    const account = row && await findAccount(tx, row.accountId)
    if (account?.state !== 'active') return undefined
    await appendEvent(tx, ctx, { type: 'identity.personal_code_used', subject: account.id, data: { node: nodeCode } })
    return { subject: await subjectForNode(tx, account.id, nodeCode), idNumber: account.idNumber, fullName: account.fullName, birthDate: account.birthDate }
  }
  return 'begin' in db ? transact(ctx, taken) : taken(db as Tx)
}
