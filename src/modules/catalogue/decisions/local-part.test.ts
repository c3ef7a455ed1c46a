import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { channels, levels, procedureContentSchema, type ProcedureInput } from '../content.ts'
import { shippedProcedures } from '../seed/shipped-procedures.ts'
import { baseCodeOf, localFields, localPartSchema, mergeLocal, ownerOfCode, unknownChannels, type LocalPart } from './local-part.ts'

const text = fc.string({ minLength: 1 }).map((s) => ({ vi: `x${s.trim()}` }))
const limit = fc.record({ value: fc.integer({ min: 1, max: 90 }), unit: fc.constantFrom('day' as const, 'working-day' as const, 'hour' as const) })
const fee = fc.record({ amount: fc.option(fc.nat(1_000_000)) })
const opt = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const defined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
const part: fc.Arbitrary<LocalPart> = fc.record({
  methods: opt(fc.uniqueArray(fc.record({ channel: fc.constantFrom(...channels), limit: opt(limit), limitNote: opt(text), fees: opt(fc.array(fee, { maxLength: 3 })), note: opt(text) }).map(defined), { selector: (m) => m.channel })),
  levels: opt(fc.uniqueArray(fc.constantFrom(...levels), { minLength: 1 })), executing: opt(fc.array(fc.record({ name: text }), { minLength: 1, maxLength: 2 })), authorised: opt(fc.array(fc.record({ name: text }), { maxLength: 2 })),
  receivingPlace: opt(text), documents: opt(fc.array(fc.record({ number: fc.constantFrom('12/2026/QĐ-UBND', '3/2026/NQ-HĐND') }), { maxLength: 2 })),
}).map(defined)
const ministry = fc.constantFrom(...shippedProcedures.map((p) => p.content))

test('the ministry\'s fields are always the ministry\'s', () => {
  fc.assert(fc.property(ministry, part, (original, local) => {
    const before = structuredClone(original)
    const merged = mergeLocal(original, localPartSchema.parse(local), 'H21')
    assert.deepEqual(original, before, 'the original itself is not touched')
    procedureContentSchema.parse(merged)
    for (const field of Object.keys(procedureContentSchema.shape) as (keyof ProcedureInput)[]) {
      if (field !== 'code' && !(localFields as readonly string[]).includes(field)) assert.deepEqual(merged[field], original[field], field)
    }
    assert.deepEqual(merged.methods.map((m) => m.channel), original.methods.map((m) => m.channel))
    assert.deepEqual([merged.agencies.competent, merged.agencies.cooperating], [original.agencies.competent, original.agencies.cooperating])
    assert.deepEqual(merged.legalBases.slice(0, original.legalBases.length), original.legalBases)
    const { limit: _l, fee: _f, ...runs } = merged.service ?? {} as Partial<NonNullable<ProcedureInput['service']>>
    const { limit: _m, fee: _g, ...ran } = original.service ?? {} as Partial<NonNullable<ProcedureInput['service']>>
    assert.deepEqual(runs, ran)
  }))
})

test('what the province says is said, once, and merging again changes nothing', () => {
  fc.assert(fc.property(ministry, part, (original, local) => {
    const merged = mergeLocal(original, local, 'H21')
    assert.deepEqual(mergeLocal(merged, local, 'H21'), merged)
    if (local.levels) assert.deepEqual(merged.levels, local.levels)
    if (local.receivingPlace) assert.deepEqual(merged.receivingPlace, local.receivingPlace)
    for (const own of local.methods ?? []) for (const m of merged.methods.filter((x) => x.channel === own.channel)) assert.deepEqual(m.limit, own.limit ?? original.methods.find((x) => x.channel === m.channel)!.limit)
    for (const law of local.documents ?? []) assert.ok(merged.legalBases.some((l) => l.number === law.number))
  }))
})

test('an empty part changes nothing but the code', () => {
  fc.assert(fc.property(ministry, (original) => {
    assert.deepEqual(mergeLocal(original, {}, 'H01'), { ...original, code: `${original.code}.000.00.00.H01` })
  }))
})

test('the local time limit for filing online moves the clock of the service', () => {
  const original = shippedProcedures.find((p) => p.content.service)!.content
  const merged = mergeLocal(original, { methods: [{ channel: 'online', limit: { value: 2, unit: 'hour' } }] }, 'H21')
  assert.deepEqual(merged.service?.limit, { value: 2, unit: 'hour' })
})

test('a part with a field of the ministry is no local part', () => {
  for (const field of ['components', 'steps', 'requirements', 'name', 'code', 'results', 'service']) assert.equal(localPartSchema.safeParse({ [field]: [] }).success, false, field)
})

test('codes tell whose they are', () => {
  assert.deepEqual([baseCodeOf('1.001193.000.00.00.H21'), ownerOfCode('1.001193.000.00.00.H21'), ownerOfCode('1.001193')], ['1.001193', 'H21', undefined])
  const original = shippedProcedures[0]!.content
  assert.deepEqual(unknownChannels({ ...original, methods: [] }, { methods: [{ channel: 'post' }] }), ['post'])
})
