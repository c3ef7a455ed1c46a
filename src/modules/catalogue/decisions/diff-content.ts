import { canonicalJson } from '../../../platform/canonical-json.ts'

/** One difference between two contents. The path names fields and, in lists, places from 0: in the later content, or in the earlier one where something is gone. */
export type FieldChange =
  | { kind: 'added'; path: readonly (string | number)[]; after: unknown }
  | { kind: 'removed'; path: readonly (string | number)[]; before: unknown }
  | { kind: 'changed'; path: readonly (string | number)[]; before: unknown; after: unknown }

/** Every difference, field by field and in both languages. Lists are compared by what is in them, so that one new paper at the front is one difference. */
export function diffContent(before: unknown, after: unknown): FieldChange[] {
  return compare([], before, after)
}

type Path = readonly (string | number)[]

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function compare(path: Path, before: unknown, after: unknown): FieldChange[] {
  if (before === undefined) return after === undefined ? [] : [{ kind: 'added', path, after }]
  if (after === undefined) return [{ kind: 'removed', path, before }]
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(path, before, after)
  if (isRecord(before) && isRecord(after)) return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((key) => compare([...path, key], before[key], after[key]))
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ kind: 'changed', path, before, after }]
}

/** Keeps the longest common run of entries; what stands between is paired in order, the rest came or went. */
function compareLists(path: Path, before: readonly unknown[], after: readonly unknown[]): FieldChange[] {
  const changes: FieldChange[] = []
  let [b, a] = [0, 0]
  for (const [nextB, nextA] of [...commonEntries(before.map(canonicalJson), after.map(canonicalJson)), [before.length, after.length] as const]) {
    while (b < nextB && a < nextA) changes.push(...compare([...path, a], before[b++], after[a++]))
    while (b < nextB) changes.push({ kind: 'removed', path: [...path, b], before: before[b++] })
    while (a < nextA) changes.push({ kind: 'added', path: [...path, a], after: after[a++] })
    b++
    a++
  }
  return changes
}

/** Pairs of places whose entries are the same: a longest common subsequence. Beyond a million cells only the same beginning counts. */
function commonEntries(before: readonly string[], after: readonly string[]): (readonly [number, number])[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  const pairs: (readonly [number, number])[] = Array.from({ length: start }, (_, i) => [i, i] as const)
  const [rows, columns] = [before.length - start, after.length - start]
  if (rows * columns > 1_000_000) return pairs
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1))
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      lengths[i]![j] = before[start + i] === after[start + j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  for (let [i, j] = [0, 0]; i < rows && j < columns;) {
    if (before[start + i] === after[start + j]) pairs.push([start + i++, start + j++])
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++
    else j++
  }
  return pairs
}
