import { setImmediate } from 'node:timers/promises'
import type { Ctx } from '../../../platform/ctx.ts'
import { judgeProcess } from '../judge-process.ts'
import { longestPath, officeTime } from '../longest-path.ts'
import { parseDuration, workingMs } from '../duration.ts'
import type { Problem } from '../model.ts'

/** A thing that keeps a draft from being published: its sentence and the elements of which it speaks. */
export interface Finding { text: string; ids: string[] }
/** Working hours of the longest way and of the legal limit, where they are known. */
export interface Judged { findings: Finding[]; longestHours: number | null; limitHours: number | null }

/** A walk through all states of a process may take a while: those who check while they draw come one after the other. */
let before: Promise<unknown> = Promise.resolve()

/** Everything that keeps a drawing from being published, in the reader's language. */
export async function judgeDraft(ctx: Ctx, bpmn: string): Promise<Judged> {
  const turn = before.then(() => setImmediate()).then(() => judgeProcess(ctx.db, ctx, bpmn))
  before = turn.catch(() => undefined)
  const { model, problems } = await turn
  const limit = model?.limit ? parseDuration(model.limit) : undefined
  const isTimed = model !== undefined && model.nodes.every((node) => (node.kind === 'user' ? parseDuration(node.limit) : node.kind === 'timer' ? parseDuration(node.duration) : true))
  const hours = (ms: number): number => Math.round(ms / 360_000) / 10
  return {
    findings: problems.map((problem) => findingOf(ctx, problem)),
    longestHours: isTimed ? hours(longestPath(model, officeTime).length) : null, limitHours: limit ? hours(workingMs(limit)) : null,
  }
}

/** Attributes are for those who write files. */
export const findingOf = (ctx: Ctx, problem: Problem): Finding => ({ text: ctx.t(problem.key, problem.params).replace(/ \(motcua:\w+\)/g, ''), ids: elementsOf(problem) })

/** Ids that a problem names: one, or those in a list of places "Name (id), id". Elements of a called process stand in its call. */
function elementsOf({ params: { id, at } }: Problem): string[] {
  const listed = at === undefined ? [] : String(at).split(', ').map((place) => /\(([^()]+)\)$/.exec(place)?.[1] ?? place)
  return [...(id === undefined ? [] : [String(id)]), ...listed].map((one) => one.replace(/\/.*$/, '').replace(/\.(ways|chosen|link)$/, '')).filter((one) => one !== '' && one !== '?')
}

/** For each element the numbers of the findings that speak of it. */
export function marksOf(findings: readonly Finding[]): Map<string, string> {
  const marks = new Map<string, string[]>()
  for (const [i, { ids }] of findings.entries()) for (const id of new Set(ids)) marks.set(id, [...(marks.get(id) ?? []), String(i + 1)])
  return new Map([...marks].map(([id, numbers]) => [id, numbers.join(', ')]))
}
