import { isWhole, round, toNumber, whole, type Decimal } from '../decimal.ts'
import type { Run } from '../run.ts'
import { equal, isFunction, type FeelFunction, type Value } from '../value.ts'
import { anything, callable, list, missable, number, takes, takesMany, type BuiltIns } from './define.ts'

export const lists: BuiltIns = {
  'list contains': [takes([list('list'), anything('element')], ([items, element]) => items.some((item) => equal(item, element) === true))],
  sublist: [takes([list('list'), number('start position'), missable(number('length'))], ([items, start, length], run) => sublist(items, start, length) ?? run.nothing('no-position'))],
  append: [
    takesMany(anything('item'), ([first, ...items], run) => (first === null || first === undefined ? run.nothing('wrong-arguments', 'append') : [...listOf(first), ...items])),
    takes([list('list'), anything('item')], ([items, item]) => [...items, item]),
  ],
  concatenate: [takesMany(list('list'), (all) => all.flat())],
  'insert before': [takes([list('list'), number('position'), anything('newItem')], ([items, position, item], run) => {
    const at = indexOf(items, position)
    return at === undefined ? run.nothing('no-position') : [...items.slice(0, at), item, ...items.slice(at)]
  })],
  remove: [takes([list('list'), number('position')], ([items, position], run) => {
    const at = indexOf(items, position)
    return at === undefined ? run.nothing('no-position') : items.filter((_, i) => i !== at)
  })],
  'list replace': [
    takes([list('list'), number('position'), anything('newItem')], ([items, position, item], run) => {
      const at = indexOf(items, round(position, 0, 'down')!)
      return at === undefined ? run.nothing('no-position') : items.map((old, i) => (i === at ? item : old))
    }),
    takes([list('list'), callable('match'), anything('newItem')], ([items, match, item], run) => replaceMatching(items, match, item, run)),
  ],
  reverse: [takes([list('list')], ([items]) => [...items].reverse())],
  'index of': [takes([list('list'), anything('match')], ([items, match]) => items.flatMap((item, i) => (equal(item, match) === true ? [whole(i + 1)] : [])))],
  union: [takesMany(list('list'), (all, run) => distinct(all.flat(), run))],
  'distinct values': [takes([list('list')], ([items], run) => distinct(items, run))],
  flatten: [takes([list('list')], ([items], run) => flat(items, run))],
  sort: [
    takes([list('list'), callable('precedes')], ([items, precedes], run) => sorted(items, precedes, run)),
  ],
}

const listOf = (value: Value): Value[] => (Array.isArray(value) ? value : [value])
function flat(items: Value[], run: Run): Value[] {
  run.spend(items.length)
  return items.flatMap((item) => (Array.isArray(item) ? flat(item, run) : [item]))
}

/** The index of a position from 1, or from −1 at the end. */
function indexOf(items: Value[], position: Decimal): number | undefined {
  const at = isWhole(position) ? toNumber(position) : 0
  return at === 0 || Math.abs(at) > items.length ? undefined : at > 0 ? at - 1 : items.length + at
}

function sublist(items: Value[], start: Decimal, length: Decimal | null): Value {
  const from = indexOf(items, start)
  const count = length && toNumber(round(length, 0, 'down')!)
  if (from === undefined || (count !== null && (count < 1 || from + count > items.length))) return null
  return items.slice(from, count === null ? undefined : from + count)
}

function distinct(items: Value[], run: Run): Value[] {
  const kept: Value[] = []
  for (const item of items) {
    run.spend(kept.length)
    if (!kept.some((known) => equal(known, item) === true)) kept.push(item)
  }
  return kept
}

function replaceMatching(items: Value[], match: FeelFunction, newItem: Value, run: Run): Value {
  if (match.parameters.length !== 2) return run.nothing('wrong-arguments', 'list replace')
  const found = items.map((item) => match.call([item, newItem]))
  return found.every((value) => typeof value === 'boolean') ? items.map((item, i) => (found[i] ? newItem : item)) : run.nothing('wrong-arguments', 'list replace')
}

/** A stable merge sort: "precedes" may be any function of two items, even one that is no order. */
function sorted(items: Value[], precedes: FeelFunction, run: Run): Value {
  if (!isFunction(precedes) || precedes.parameters.length !== 2) return run.nothing('wrong-arguments', 'sort')
  const sort = (part: Value[]): Value[] => {
    if (part.length < 2) return part
    const [left, right] = [sort(part.slice(0, part.length >> 1)), sort(part.slice(part.length >> 1))]
    const merged: Value[] = []
    let [i, j] = [0, 0]
    while (i < left.length && j < right.length) merged.push(precedes.call([right[j]!, left[i]!]) === true ? right[j++]! : left[i++]!)
    return [...merged, ...left.slice(i), ...right.slice(j)]
  }
  return sort(items)
}
