import type { Db } from '../../../platform/db.ts'
import { modelOf } from '../definition.store.ts'
import { standing, type Marking } from '../marking.ts'
import type { Label, Problem, ProcessModel } from '../model.ts'
import { versionProblems } from './move-instance.ts'
import { moveMarking } from './move-marking.ts'
import { mappingOf, proposeMapping, type Proposal } from './propose-mapping.ts'

/** Dossiers that stand alike, and what would become of them. `same`: at elements that go on under their own ids. */
export interface PreviewGroup {
  definitionId: string
  count: number
  at: Label[]
  result: 'same' | 'mapped' | 'refused'
  problems: Problem[]
  /** Elements that go on under another id or name. */
  renamed: { from: Label; to: Label }[]
  /** Steps with another time limit, whose date is reckoned anew; with another role, which go back to the inbox. */
  otherLimit: Label[]
  otherRole: Label[]
  /** Events that are waited for from now on, and those that no longer are. */
  armed: Label[]
  disarmed: Label[]
}

export interface Preview { proposals: Map<string, Proposal[]>; groups: PreviewGroup[] }

/** More kinds of places than these nobody reads; the rest is judged when it is moved. */
const mostGroups = 500

/**
 * What a move would do with the dossiers that run now, those that stand alike together, the many first. The move itself judges each dossier again under its lock.
 * @param chosen for each version that is left: elements for which somebody has chosen what they become
 */
export async function previewVersionMove(db: Db, from: readonly string[], to: string, chosen: ReadonlyMap<string, ReadonlyMap<string, string>>): Promise<Preview> {
  const target = await modelOf(db, to)
  const models = new Map(await Promise.all(from.map(async (id): Promise<[string, ProcessModel]> => [id, await modelOf(db, id)])))
  const proposals = new Map([...models].map(([id, model]): [string, Proposal[]] => [id, proposeMapping(model, target, chosen.get(id) ?? new Map())]))
  const rows = await db<{ definition_id: string; count: number; marking: Marking; taken: string[] }[]>`
    WITH alike AS (
      SELECT i.definition_id, count(*)::int AS count, min(i.id::text)::uuid AS sample
      FROM process.instance i, LATERAL (
        SELECT jsonb_agg(jsonb_build_array(t->'at', t->'by', t->'armed', t->'undo', h->'at') ORDER BY t->>'at', t->>'by', h->>'at') AS places
        FROM jsonb_array_elements(i.marking->'tokens') AS t LEFT JOIN jsonb_array_elements(i.marking->'tokens') AS h ON h->'id' = t->'in') AS p
      WHERE i.definition_id = ANY (${[...from]}) AND i.state IN ('running', 'paused') GROUP BY i.definition_id, p.places, jsonb_path_query_array(i.marking, '$.done[*].at') ORDER BY 2 DESC, 3 LIMIT ${mostGroups})
    SELECT a.definition_id, a.count, i.marking, i.taken FROM alike a JOIN process.instance i ON i.id = a.sample ORDER BY a.count DESC, a.sample`
  return { proposals, groups: rows.map((row) => groupOf(row.definition_id, row.count, row, models.get(row.definition_id)!, target, proposals.get(row.definition_id)!)) }
}

function groupOf(definitionId: string, count: number, run: { marking: Marking; taken: string[] }, from: ProcessModel, to: ProcessModel, proposals: Proposal[]): PreviewGroup {
  const name = (model: ProcessModel, id: string): Label => {
    const found = model.nodes.find((node) => node.id === id)?.name
    return found?.vi ? found : { vi: id, en: id }
  }
  const limits = versionProblems(from, to)
  const moved = limits.length > 0 ? { refused: limits } : moveMarking(from, to, run, mappingOf(proposals))
  const places = [...new Set(standing(run.marking.tokens))]
  const base = { definitionId, count, at: places.map((id) => name(from, id)), problems: [], renamed: [], otherLimit: [], otherRole: [], armed: [], disarmed: [] }
  if ('refused' in moved) return { ...base, result: 'refused', problems: moved.refused }
  const pairs = places.map((id) => {
    const token = run.marking.tokens.find((one) => one.at === id && !one.armed)!
    const after = moved.marking.tokens.find((one) => one.id === token.id)!
    return { from: from.nodes.find((node) => node.id === id)!, to: to.nodes.find((node) => node.id === after.at)! }
  })
  const renamed = pairs.filter((pair) => pair.from.id !== pair.to.id || pair.from.name.vi !== pair.to.name.vi)
  const differs = (of: 'limit' | 'role'): Label[] => pairs.filter((pair) => pair.from.kind === 'user' && pair.to.kind === 'user' && pair.from[of] !== pair.to[of]).map((pair) => pair.to.name)
  return {
    ...base, result: renamed.length > 0 ? 'mapped' : 'same', renamed: renamed.map((pair) => ({ from: name(from, pair.from.id), to: name(to, pair.to.id) })), otherLimit: differs('limit'), otherRole: differs('role'),
    armed: moved.armed.map((token) => name(to, token.at)), disarmed: moved.disarmed.map((id) => name(from, run.marking.tokens.find((token) => token.id === id)!.at)),
  }
}
