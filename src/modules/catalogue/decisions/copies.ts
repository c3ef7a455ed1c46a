import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvents } from '../../ledger/index.ts'
import { contentHash } from '../../../platform/canonical-json.ts'
import type { ProcedureInput } from '../content.ts'
import { keepVersions, publishedEvent } from '../keep-versions.ts'
import { lockLastVersions, type LastVersion, type NewVersion } from '../procedure.store.ts'
import { baseCodeOf, mergeLocal, ownerOfCode, type LocalPart } from './local-part.ts'

interface Merge {
  code: string
  base: { code: string; version: number; content: ProcedureInput }
  part: LocalPart
  reviewed: number
  validFrom: string
  decision: { id: string | null; number: string | null; date: string | null }
}

/**
 * Gives every province's copy of these originals its version with the new content: the law applies everywhere from its day, whether or not
 * a province has looked at it. Where it has not, `reviewed_version` stays behind: "the original has changed".
 */
export async function cascadeToCopies(tx: Tx, ctx: Ctx, originals: readonly NewVersion[]): Promise<void> {
  const own = originals.filter((v) => v.version > 1 && ownerOfCode(v.code) === undefined)
  if (own.length === 0) return
  const rows = await tx<{ code: string; baseCode: string; version: number; part: LocalPart; reviewed: number; decisionId: string | null; validFrom: string }[]>`
    SELECT l.code, l.base_code AS "baseCode", n.version, l.part, l.reviewed_version AS reviewed, l.decision_id AS "decisionId", greatest(v.valid_from, n.valid_from) AS "validFrom"
    FROM unnest(${own.map((v) => v.code)}::text[], ${own.map((v) => v.version)}::int[], ${own.map((v) => v.validFrom)}::date[]) AS n (code, version, valid_from)
    JOIN catalogue.local_part l ON l.base_code = n.code JOIN catalogue.procedure_version v ON v.code = l.code AND v.version = l.version
    WHERE (v.valid_to IS NULL OR v.valid_to > greatest(v.valid_from, n.valid_from)) ORDER BY l.code, n.version, l.version`
  const byCode = new Map(own.map((v) => [`${v.code} ${v.version}`, v]))
  await keepMerged(tx, ctx, rows.map((r) => {
    const base = byCode.get(`${r.baseCode} ${r.version}`)!
    return { code: r.code, base, part: r.part, reviewed: r.reviewed, validFrom: r.validFrom, decision: { id: r.decisionId, number: base.decisionNumber, date: base.decisionDate } }
  }))
}

export interface Localisation { code: string; part: LocalPart }

/** Publishes what a province says about published procedures: a version of its copy for each version of the original from that day on. */
export async function localiseProcedures(tx: Tx, ctx: Ctx, localisations: readonly Localisation[], decision: { id: string; number: string; issuedOn: string | null; effectiveOn: string }): Promise<void> {
  if (localisations.length === 0) return
  const bases = await tx<{ code: string; version: number; content: ProcedureInput; validFrom: string }[]>`
    SELECT code, version, content, greatest(valid_from, ${decision.effectiveOn}::date) AS "validFrom" FROM catalogue.procedure_version
    WHERE code = ANY(${localisations.map((l) => baseCodeOf(l.code))}) AND (valid_to IS NULL OR valid_to > greatest(valid_from, ${decision.effectiveOn}::date)) ORDER BY code, version`
  const byCode = Map.groupBy(bases, (b) => b.code)
  const newest = (code: string): number => byCode.get(code)!.at(-1)!.version
  await keepMerged(tx, ctx, localisations.flatMap(({ code, part }) => (byCode.get(baseCodeOf(code)) ?? []).map((base) => ({
    code, base, part, reviewed: newest(base.code), validFrom: base.validFrom, decision: { id: decision.id, number: decision.number, date: decision.issuedOn },
  }))))
}

/** Merges of one code stand together, in their order in time. */
async function keepMerged(tx: Tx, ctx: Ctx, merges: readonly Merge[]): Promise<void> {
  if (merges.length === 0) return
  const last: Map<string, Pick<LastVersion, 'version' | 'hash' | 'isAbolished'>> = await lockLastVersions(tx, merges.map((m) => m.code))
  const versions: NewVersion[] = []
  const parts: { code: string; version: number; baseCode: string; baseVersion: number; reviewed: number; part: LocalPart; decisionId: string | null }[] = []
  for (const { code, base, part, reviewed, validFrom, decision } of merges) {
    const before = last.get(code)
    if (before?.isAbolished) continue
    const content = mergeLocal(base.content, part, ownerOfCode(code)!)
    const hash = contentHash(content)
    const isNew = before?.hash !== hash
    const version = (before?.version ?? 0) + (isNew ? 1 : 0)
    if (isNew) versions.push({ code, version, content, hash, origin: 'authored', decisionNumber: decision.number, decisionDate: decision.date, validFrom, publishedAt: ctx.now, baseVersion: base.version })
    parts.push({ code, version, baseCode: base.code, baseVersion: base.version, reviewed, part, decisionId: decision.id })
    last.set(code, { version, hash, isAbolished: false })
  }
  await keepVersions(tx, ctx, versions)
  const newest = [...new Map(parts.map((p) => [`${p.code} ${p.version}`, p])).values()]
  await tx`
    INSERT INTO catalogue.local_part (code, version, base_code, base_version, reviewed_version, part, decision_id)
    SELECT code, version, "baseCode", "baseVersion", reviewed, part, "decisionId" FROM jsonb_to_recordset(${tx.json(newest as never)}) AS l (code text, version int, "baseCode" text, "baseVersion" int, reviewed int, part jsonb, "decisionId" uuid)
    ON CONFLICT (code, version) DO UPDATE SET base_version = excluded.base_version, reviewed_version = excluded.reviewed_version, part = excluded.part, decision_id = excluded.decision_id`
  await appendEvents(tx, ctx, versions.map(publishedEvent))
}
