import type { Run } from '../run.ts'
import { isContext, type Context, type Value } from '../value.ts'
import { anything, context, list, string, takes, type BuiltIns } from './define.ts'

export const contexts: BuiltIns = {
  'get value': [
    takes([context('m'), string('key')], ([m, key], run) => m.get(key) ?? (m.has(key) ? null : run.nothing('no-entry', key))),
    takes([context('m'), list('keys')], ([m, keys], run) => (keys.length === 0 ? null : keys.reduce<Value>((value, key) => (isContext(value) && typeof key === 'string' ? value.get(key) ?? null : null), m)) ?? run.nothing('no-entry')),
  ],
  'get entries': [takes([context('m')], ([m]) => [...m].map(([key, value]) => new Map<string, Value>([['key', key], ['value', value]])))],
  context: [takes([list('entries')], ([entries], run) => fromEntries(entries) ?? run.nothing('wrong-arguments', 'context'))],
  'context put': [
    takes([context('context'), string('key'), anything('value')], ([of, key, value]) => put(of, [key], value)),
    takes([context('context'), list('keys'), anything('value')], ([of, keys, value], run) => put(of, keys, value) ?? run.nothing('wrong-arguments', 'context put')),
  ],
  'context merge': [takes([list('contexts')], ([all], run) => merged(all, run))],
  not: [takes([anything('negand')], ([negand]) => (typeof negand === 'boolean' ? !negand : null))],
}

/** Null where an entry has no key or value, or a key comes twice. */
function fromEntries(entries: Value[]): Value {
  const result: Context = new Map()
  for (const entry of entries) {
    const key = isContext(entry) ? entry.get('key') : undefined
    if (!isContext(entry) || typeof key !== 'string' || !entry.has('value') || result.has(key)) return null
    result.set(key, entry.get('value')!)
  }
  return result
}

function put(of: Context, [key, ...rest]: Value[], value: Value): Value {
  if (typeof key !== 'string') return null
  const inner = of.get(key)
  if (rest.length > 0 && !isContext(inner ?? null)) return null
  const changed = rest.length > 0 ? put(inner as Context, rest, value) : value
  return rest.length > 0 && changed === null ? null : new Map([...of, [key, changed]])
}

function merged(all: Value[], run: Run): Value {
  return all.every(isContext) ? new Map(all.flatMap((one) => [...one])) : run.nothing('wrong-arguments', 'context merge')
}
