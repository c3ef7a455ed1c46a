import { taxCheckDigit } from '../numbers/index.ts'
import { isEmpty, type Answers, type Units } from './answers.ts'
import type { CompiledField, Form } from './compile-form.ts'
import { isComposed, isGroup, type Bound, type FieldOf, type GroupField, type SimpleField } from './definition.ts'
import { optionsOf } from './fields/choices.ts'
import { resolve, shiftDate } from './fields/date.ts'
import { formats } from './formats.ts'
import { withCalculations } from './path-of.ts'
import { readerOf } from './read-reference.ts'
import { sampleFiles } from './sample-files.ts'
import { familyNames, givenNames, industries, middleNames, streets, texts } from './sample-words.ts'

export { sampleFiles } from './sample-files.ts'

export interface SampleOptions {
  /** The day for which the answers are valid; today unless told. */
  now?: Date
  /** Communes to choose addresses from; a few of Gia Lai unless told. */
  communes?: readonly { code: string; province: string }[]
  /** Where choices from the shared catalogues come from; without it they are left empty. */
  units?: Pick<Units, 'entries'>
  /** Fixes some answers, such as the applicant ('requester.name') or the deciding choices. A fixed field without value is left empty. */
  fixed?: Answers
}

type Random = (below: number) => number
type Sex = 'male' | 'female'
interface Draw { random: Random; sexes: Map<string, Sex>; today: string; communes: readonly { code: string; province: string }[]; fixed: Answers; root: Answers; units: Pick<Units, 'entries'> | undefined }

const communesOfGiaLai = ['21553', '21583', '21589', '21592', '21601', '21640', '21664', '21808', '21853'].map((code) => ({ code, province: '52' }))

/** Communes of a province, for `SampleOptions.communes`. */
export const communesOf = (units: Units, province: string): { code: string; province: string }[] => units.communes(province).map(({ code }) => ({ code, province }))

/** Valid answers to a form, the same for the same seed: for the demo, the bench and the journeys. Files refer to `sampleFiles`. */
export function sampleAnswers(form: Form, seed: number, options: SampleOptions = {}): Answers {
  const now = options.now ?? new Date()
  const root: Answers = {}
  const draw: Draw = { random: generator(seed), sexes: new Map(), today: new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10), communes: options.communes ?? communesOfGiaLai, fixed: options.fixed ?? {}, root, units: options.units }
  for (const page of form.pages) {
    if (page.visible && !page.visible(root, root)) continue
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      for (const field of page.fields) delete root[field.field.id]
      for (const field of page.fields) fill(field, root, draw)
      if (page.rules.every((rule) => rule(root, root) === undefined)) break
    }
  }
  return withCalculations(form, root)
}

/** A page whose rules random answers rarely keep is drawn anew so often. */
const mostAttempts = 2000

/** mulberry32: small, even enough, the same on every machine. */
function generator(seed: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const pick = <T>(list: readonly T[], random: Random): T => list[random(list.length)]!

function fill(compiled: CompiledField, into: Answers, draw: Draw): void {
  const { field } = compiled
  if (compiled.visible && !compiled.visible(into, draw.root)) return
  if (compiled.calculation) {
    const made = compiled.calculation(into, draw.root)
    if (made !== undefined) into[field.id] = made
    return
  }
  const isFixed = into === draw.root && field.id in draw.fixed
  if (!isFixed && !compiled.isRequired && draw.random(2) === 0) return
  const value = isFixed ? draw.fixed[field.id] : isGroup(field) ? entries(compiled, field, draw) : isComposed(field) ? composed(compiled, draw) : valueOf(field, into, draw)
  if (!isEmpty(value)) into[field.id] = value
}

/** A person or organisation, with what is fixed of it: who is a bride is a woman, and name, sex and number belong together. */
function composed(compiled: CompiledField, draw: Draw): Answers {
  const { id } = compiled.field
  const own = Object.fromEntries(Object.entries(draw.fixed).flatMap(([key, value]) => (key.startsWith(`${id}.`) ? [[key.slice(id.length + 1), value]] : [])))
  const sex: Sex = own.sex === 'male' || own.sex === 'female' ? own.sex : /^(bride|wife|mother)/.test(id) ? 'female' : /^(groom|husband|father)/.test(id) ? 'male' : draw.random(2) === 0 ? 'male' : 'female'
  const whole: Answers = {}
  const person: Draw = { ...draw, sexes: new Map([['main', sex]]), fixed: {} }
  for (const part of compiled.entry) {
    if (part.field.id in own) {
      if (!isEmpty(own[part.field.id])) whole[part.field.id] = own[part.field.id]
    } else fill(part, whole, person)
  }
  return whole
}

function entries(compiled: CompiledField, group: GroupField, draw: Draw): Answers[] {
  const count = Math.max(group.min, 1) + draw.random(Math.min(3, group.max - Math.max(group.min, 1) + 1))
  return Array.from({ length: count }, () => {
    for (let attempt = 1; ; attempt++) {
      const entry: Answers = {}
      const person: Draw = { ...draw, sexes: new Map() }
      for (const field of compiled.entry) fill(field, entry, person)
      if (attempt >= mostAttempts || compiled.entryRules.every((rule) => rule(entry, draw.root) === undefined)) return entry
    }
  })
}

const digits = (count: number, random: Random): string => Array.from({ length: count }, () => random(10)).join('')

function valueOf(field: SimpleField, item: Answers, draw: Draw): unknown {
  const { random } = draw
  switch (field.type) {
    case 'text': return text(field, item, random)
    case 'long-text': return pick(texts[field.id] ?? [field.label.vi], random)
    case 'person-name': return personName(sexOf(field.id, item, draw), random)
    case 'date': return date(field, item, draw)
    case 'address': return address(field, draw)
    case 'money': return Math.min(field.max ?? Infinity, Math.max(field.min ?? 0, (1 + random(200)) * 1_000_000))
    case 'number': return number(field, random)
    case 'calculated': return undefined
    case 'period': return period(field, item, draw)
    case 'insurance-number': return `5${digits(9, random)}`
    case 'citizen-id': return citizenId(field, item, draw)
    case 'tax-code': return taxCode(random)
    case 'phone': return `09000000${digits(2, random)}`
    case 'email': return `nguoidan${random(100_000)}@example.com`
    case 'choice': return choice(field, item, draw)
    case 'checkbox': case 'declaration': return true
    case 'file': return file(field)
  }
}

function number({ min = 0, max = 9, decimals = 0 }: FieldOf<'number'>, random: Random): number {
  const whole = min + random(Math.floor(Math.min(max - min, decimals > 0 ? 80 : 5)) + 1)
  return decimals > 0 && whole < max ? Number(`${Math.floor(whole)}.${random(10)}`) : Math.floor(whole)
}

function period(field: FieldOf<'period'>, item: Answers, draw: Draw): Answers {
  const { min, max, open } = field
  const scope = { item, root: draw.root, today: draw.today }
  const first = (min && resolve(min, scope)) ?? shiftDate((max && resolve(max, scope)) ?? draw.today, { years: -3 })
  const last = (max && resolve(max, scope)) ?? shiftDate(first, { years: 2 })
  const from = between(first, shiftDate(last, { days: -1 }), draw.random)
  return open && draw.random(3) === 0 ? { from } : { from, to: between(from, last, draw.random) }
}

function text(field: FieldOf<'text'>, item: Answers, random: Random): string {
  if (field.format !== undefined) return formats[field.format]?.example(random) ?? ''
  const industry = typeof item.code === 'string' ? industries[item.code] : undefined
  return industry ?? pick(texts[field.id] ?? [field.label.vi], random).slice(0, field.maxLength)
}

/** One sex for each person of a form, so that name, sex and number belong together: mother, father, child, and whoever else it is about. */
function sexOf(id: string, item: Answers, { random, sexes, fixed, root }: Draw): Sex {
  const who = /^(mother|father|child)/.exec(id)?.[1] ?? 'main'
  if (who === 'mother' || who === 'father') return who === 'mother' ? 'female' : 'male'
  const known = sexes.get(who)
  if (known) return known
  const given = item === root && who === 'main' ? Object.entries(fixed).find(([key]) => /sex$/i.test(key) && !key.startsWith('child'))?.[1] : undefined
  const sex = given === 'male' || given === 'female' ? given : random(2) === 0 ? 'male' : 'female'
  sexes.set(who, sex)
  return sex
}

function personName(sex: Sex, random: Random): string {
  return `${pick(familyNames, random)} ${pick(middleNames[sex], random)} ${pick(givenNames[sex], random)}`
}

function date(field: FieldOf<'date'>, item: Answers, { random, today, root }: Draw): string {
  const dayOf = (bound: Bound): string | undefined => resolve(bound, { item, root, today })
  const [latest, earliest] = [field.max && dayOf(field.max), field.min && dayOf(field.min)]
  if (field.maxAge !== undefined && field.minAge === undefined) return between(shiftDate(today, { years: -field.maxAge }), today, random)
  if (field.minAge !== undefined) return between(shiftDate(today, { years: -60 }), shiftDate(today, { years: -Math.min(field.minAge + 10, 59) }), random)
  // A date that lies before another person's birth is that of a parent.
  if (field.max && 'field' in field.max && latest) return between(shiftDate(latest, { years: -40 }), shiftDate(latest, { years: -18 }), random)
  if (latest) {
    const start = /birth/i.test(field.id) ? shiftDate(latest, { days: -60 }) : shiftDate(latest, { years: -8 })
    return between(earliest && earliest > start ? earliest : start, latest, random)
  }
  const from = earliest ?? today
  return between(from, shiftDate(from, { years: 1 }), random)
}

function between(first: string, last: string, random: Random): string {
  const days = Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000)
  return shiftDate(first, { days: random(days + 1) })
}

function address(field: FieldOf<'address'>, { random, communes }: Draw): Answers {
  const { code, province } = pick(communes, random)
  return { province, commune: code, ...(field.street !== 'none' && { street: `${1 + random(300)} ${pick(streets, random)}` }) }
}

function citizenId(field: FieldOf<'citizen-id'>, item: Answers, draw: Draw): string {
  const { random, root } = draw
  const born = field.birthDate === undefined ? undefined : readerOf(field.birthDate)(item, root)
  const sex = field.sex === undefined ? undefined : readerOf(field.sex)(item, root)
  const year = typeof born === 'string' ? Number(born.slice(0, 4)) : 1960 + random(45)
  const century = (Math.floor(year / 100) - 19) * 2
  const isFemale = (sex === 'male' || sex === 'female' ? sex : sexOf(field.id, item, draw)) === 'female'
  return `052${century + (isFemale ? 1 : 0)}${String(year % 100).padStart(2, '0')}${digits(6, random)}`
}

function taxCode(random: Random): string {
  for (;;) {
    const nine = `59${digits(7, random)}`
    const last = taxCheckDigit(nine)
    if (last !== undefined) return `${nine}${last}`
  }
}

function choice(field: FieldOf<'choice'>, item: Answers, draw: Draw): string | undefined {
  const { random } = draw
  if (field.options?.some((o) => o.value === 'female')) return sexOf(field.id, item, draw)
  if (field.list === 'countries') return 'VN'
  if (field.list === 'ethnicities' && random(5) > 0) return '01'
  const options = optionsOf(field, draw.units)
  return options.length === 0 ? undefined : pick(options, random).value
}

function file(field: FieldOf<'file'>): unknown {
  const { id, name, type, size } = sampleFiles[field.accept[0]!]
  return [{ id, name, type, size }]
}
