import { decodeProtectedHeader } from 'jose'
import type { Db, Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { readNodeSignature, signAsNode, signingKeyId } from '../../exchange/index.ts'
import { statementOf, versionSignatureType, type StatedVersion } from './version-statement.ts'

const keyOf = (v: { code: string; version: number }): string => `${v.code} ${v.version}`

/** The signatures kept for these versions, by 'code version'. */
export async function readSignatures(db: Db, versions: readonly { code: string; version: number }[]): Promise<Map<string, { jws: string; kid: string }>> {
  const rows = await db<{ code: string; version: number; kid: string; jws: string }[]>`
    SELECT s.code, s.version, s.kid, s.jws FROM catalogue.version_signature s
    JOIN unnest(${versions.map((v) => v.code)}::text[], ${versions.map((v) => v.version)}::int[]) AS v (code, version) ON v.code = s.code AND v.version = s.version`
  return new Map(rows.map((r) => [keyOf(r), r]))
}

/**
 * The signatures of these versions at the national node, by 'code version': those kept, as long as they say what the rows say and were made with the
 * present key; the others are made now and kept.
 */
export async function signVersions(tx: Tx, node: Node, versions: readonly StatedVersion[]): Promise<Map<string, string>> {
  const kept = await readSignatures(tx, versions)
  const kid = await signingKeyId(node)
  const made: { code: string; version: number; kid: string; jws: string }[] = []
  const all = new Map<string, string>()
  for (const v of versions) {
    const statement = statementOf(node.config.code, v)
    const known = kept.get(keyOf(v))
    const holds = known?.kid === kid && known.jws.split('.')[1] === Buffer.from(statement).toString('base64url')
    const jws = holds ? known.jws : (await signAsNode(node, statement, versionSignatureType)).jws
    if (!holds) made.push({ code: v.code, version: v.version, kid, jws })
    all.set(keyOf(v), jws)
  }
  await keepSignatures(tx, made, node.now())
  return all
}

/** Keeps signatures as they came or were made. */
export async function keepSignatures(tx: Tx, made: readonly { code: string; version: number; kid: string; jws: string }[], now: Date): Promise<void> {
  if (made.length === 0) return
  await tx`
    INSERT INTO catalogue.version_signature (code, version, kid, jws, signed_at)
    SELECT code, version, kid, jws, ${now} FROM jsonb_to_recordset(${tx.json(made as never)}) AS m (code text, version int, kid text, jws text) ORDER BY code, version
    ON CONFLICT (code, version) DO UPDATE SET kid = excluded.kid, jws = excluded.jws, signed_at = excluded.signed_at`
}

/** True when the national node has signed exactly this. */
export async function isSignedByNational(node: Node, jws: string, version: StatedVersion): Promise<boolean> {
  const issuer = node.config.national.code
  return (await readNodeSignature(node, jws, { type: versionSignatureType, issuer })) === statementOf(issuer, version)
}

/** Key id that a signature names; of a signature that was checked before. */
export const decodeKid = (jws: string): string => String(decodeProtectedHeader(jws).kid)
