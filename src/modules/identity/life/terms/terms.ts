import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { actorKey, type Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db, Tx } from '../../../../platform/db.ts'
import { civilDate, type Lang } from '../../../../platform/i18n.ts'
import { newId, sha256 } from '../../../../platform/ids.ts'
import type { Node } from '../../../../platform/node.ts'
import { root } from '../../../../platform/root.ts'
import { appendEvent } from '../../../ledger/index.ts'

const words = z.object({ heading: z.string().min(1), text: z.array(z.string().min(1)).min(1) })
const termsSchema = z.object({
  version: z.number().int().positive(),
  /** First day on which a log-in asks for it, 'YYYY-MM-DD'. */
  validFrom: z.iso.date(),
  title: z.object({ vi: z.string().min(1), en: z.string().min(1) }),
  /** What is new against the version before, for who accepted that one. */
  changes: z.object({ vi: z.array(z.string()), en: z.array(z.string()) }),
  sections: z.array(z.object({ vi: words, en: words })).min(1),
})

/** Điều khoản sử dụng: one version, whole, in both languages. */
export type Terms = z.infer<typeof termsSchema>

const folder = join(root, 'src/modules/identity/life/terms')

export function shippedTerms(): Terms[] {
  return readdirSync(folder).filter((name) => /^terms-\d+\.json$/.test(name)).map((name) => termsSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))).sort((a, b) => a.version - b.version)
}

/** SHA-256 of exactly what a reader of one language saw; field by field, since jsonb keeps no order of names. */
export const termsHash = (terms: Terms, lang: Lang): string => sha256(JSON.stringify([terms.version, terms.validFrom, terms.title[lang], terms.sections.map((s) => [s[lang].heading, s[lang].text])])).toString('hex')

/**
 * Takes the shipped versions into the database, where they stay: what somebody accepted must be readable for ever.
 * @throws where a version that people could accept reads otherwise now: a change is a new version.
 */
export async function seedTerms(node: Node): Promise<void> {
  for (const terms of shippedTerms()) {
    const [vi, en] = [termsHash(terms, 'vi'), termsHash(terms, 'en')]
    await node.db`INSERT INTO identity.terms_version (version, valid_from, hash_vi, hash_en, content, added_at) VALUES (${terms.version}, ${terms.validFrom}, ${vi}, ${en}, ${node.db.json(terms as never)}, ${node.now()}) ON CONFLICT DO NOTHING`
    const [kept] = await node.db<{ vi: string; en: string }[]>`SELECT hash_vi AS vi, hash_en AS en FROM identity.terms_version WHERE version = ${terms.version}`
    if (kept?.vi !== vi || kept.en !== en) throw new Error(`Version ${terms.version} of the terms of use was changed after it was published. Give the new text a new version and day.`)
  }
}

/** The version in force on a day, or a certain one; undefined where none is. */
export async function findTerms(db: Db, which: { at: Date } | { version: number }): Promise<Terms | undefined> {
  const rows = 'version' in which
    ? await db<{ content: Terms }[]>`SELECT content FROM identity.terms_version WHERE version = ${which.version}`
    : await db<{ content: Terms }[]>`SELECT content FROM identity.terms_version WHERE valid_from <= ${civilDate(which.at)} ORDER BY version DESC LIMIT 1`
  return rows[0]?.content
}

export interface Acceptance { version: number; lang: Lang; textHash: string; acceptedAt: Date }

/** With proof: which text, in which language, when, in which session (Law 91/2025: consent must be provable). */
export async function acceptTerms(tx: Tx, ctx: Ctx, accountId: string, terms: Terms): Promise<void> {
  const sessionId = ctx.actor.kind === 'person' ? (ctx.actor satisfies Person).sessionId : null
  const textHash = termsHash(terms, ctx.lang)
  await tx`INSERT INTO identity.terms_acceptance (id, account_id, version, lang, text_hash, accepted_at, session_id) VALUES (${newId(ctx.now.getTime())}, ${accountId}, ${terms.version}, ${ctx.lang}, ${textHash}, ${ctx.now}, ${sessionId || null})`
  await tx`UPDATE identity.account SET terms_version = greatest(terms_version, ${terms.version}::int) WHERE id = ${accountId}`
  await appendEvent(tx, ctx, { type: 'identity.terms_accepted', subject: accountId, data: { version: terms.version, textHash, by: actorKey(ctx.actor) } })
}

/** Newest version that the owner accepted: what decides at the log-in whether he is asked. */
export async function acceptedVersion(db: Db, accountId: string): Promise<number | undefined> {
  const [row] = await db<{ version: number | null }[]>`SELECT terms_version AS version FROM identity.account WHERE id = ${accountId}`
  return row?.version ?? undefined
}

export async function listAcceptances(db: Db, accountId: string): Promise<Acceptance[]> {
  return db<Acceptance[]>`SELECT version, lang, text_hash AS "textHash", accepted_at AS "acceptedAt" FROM identity.terms_acceptance WHERE account_id = ${accountId} ORDER BY accepted_at DESC, id DESC`
}
