import type { FormBody } from '../../../../platform/http/route.ts'
import { channels, levels, onlineLevels, strengthFor, subjects, territories, territoryOf, type ProcedureInput } from '../../content.ts'
import type { LocalPart } from '../local-part.ts'

type Text = { vi: string; en?: string | undefined }

/** A content to begin with, for a procedure that is new. */
export const emptyContent = (code: string, owner: { code: string; name: string }): ProcedureInput => ({
  code, name: { vi: '' }, sector: { code: '', name: { vi: '' } }, owner: { code: owner.code, name: { vi: owner.name } }, levels: [], agencies: { executing: [], competent: [], authorised: [], cooperating: [] },
  subjects: [], steps: [], methods: [], components: [], requirements: [], legalBases: [], results: [], onlineLevel: 'none', filingScope: 'competent-office', related: [], keywords: [], lifeEvents: [],
})

const text = (form: FormBody, name: string): Text | undefined => {
  const [vi, en] = [form.get(`${name}-vi`), form.get(`${name}-en`)]
  return vi === '' && en === '' ? undefined : { vi, ...(en ? { en } : {}) }
}
const lines = (value: string): string[] => value.split(/\r?\n/).map((l) => l.trim()).filter(Boolean)
const without = <T extends object>(record: T, ...keys: (keyof T)[]): T => Object.fromEntries(Object.entries(record).filter(([k]) => !keys.includes(k as keyof T))) as T

/** Puts the fields of the form over the content; what the form does not show stays as it is. */
export function readContentForm(form: FormBody, base: ProcedureInput): unknown {
  const summary = text(form, 'summary')
  const kept = new Map(base.steps.map((s) => [s.text.vi, s]))
  const conditions = new Map(base.requirements.map((r) => [r.vi, r]))
  const laws = new Map(base.legalBases.map((l) => [l.number, l]))
  return {
    ...without(base, 'summary'), name: text(form, 'name') ?? { vi: '' }, ...(summary ? { summary } : {}),
    sector: { code: form.get('sector-code'), name: text(form, 'sector') ?? { vi: '' } },
    levels: levels.filter((l) => form.all('levels').includes(l)), subjects: subjects.filter((s) => form.all('subjects').includes(s)),
    onlineLevel: onlineLevels.find((l) => l === form.get('onlineLevel')) ?? base.onlineLevel,
    steps: lines(form.get('steps')).map((vi) => kept.get(vi) ?? { text: { vi } }),
    requirements: lines(form.get('requirements')).map((vi) => conditions.get(vi) ?? { vi }),
    legalBases: lines(form.get('legalBases')).map((number) => laws.get(number) ?? { number }),
    keywords: lines(form.get('keywords')),
    ...(base.service ? { service: serviceWith(base.service, { assurance: form.get('assurance'), territory: form.get('territory') }) } : {}),
    ...(form.get('members') ? { linked: { members: lines(form.get('members')).map(readMember) } } : {}),
    methods: channels.flatMap((channel) => {
      const before = base.methods.find((m) => m.channel === channel)
      if (!form.all('channels').includes(channel)) return []
      const limit = limitOf(form, channel)
      return [{ ...without(before ?? { channel, fees: [] }, 'limit' as never), ...(limit ? { limit } : {}), fees: feesOf(form, channel, before?.fees ?? []) }]
    }),
  }
}

/** What it was already, said or not, stays as it is written: no amendment out of nothing. */
function serviceWith(service: NonNullable<ProcedureInput['service']>, chosen: { assurance: string; territory: string }): ProcedureInput['service'] {
  const assurance = ([1, 2, 3] as const).find((level) => String(level) === chosen.assurance)
  const territory = territories.find((one) => one === chosen.territory)
  return {
    ...service,
    ...(assurance === undefined || assurance === strengthFor(service) ? {} : { assurance }),
    ...(territory === undefined || territory === territoryOf(service) ? {} : { territory }),
  }
}

/** '1.004194: 1.001193, 1.000094' is a member that comes after two others. */
function readMember(line: string): { code: string; after: string[] } {
  const [code = '', after = ''] = line.split(':')
  return { code: code.trim(), after: after.split(',').map((one) => one.trim()).filter(Boolean) }
}

export const memberLine = ({ code, after }: { code: string; after: readonly string[] }): string => (after.length > 0 ? `${code}: ${after.join(', ')}` : code)

function limitOf(form: FormBody, channel: string): unknown {
  const value = form.get(`limit-${channel}`)
  return value === '' ? undefined : { value: Number(value.replace(',', '.')), unit: form.get(`unit-${channel}`) || 'working-day' }
}

type Fees = ProcedureInput['methods'][number]['fees']

/** The first fee of a way to apply is in the form; more of them, and their notes, stay. */
function feesOf(form: FormBody, channel: string, before: Fees): unknown[] {
  const amount = form.get(`fee-${channel}`)
  if (amount === '') return before.length > 1 || before[0]?.amount === null ? before : []
  return [{ ...before[0], amount: Number(amount.replace(/[.\s]/g, '')) }, ...before.slice(1)]
}

/** Reads a local part; of the fields that the form does not show, those of `base` stay. */
export function readLocalForm(form: FormBody, base: LocalPart, offered: readonly string[]): unknown {
  const place = text(form, 'receivingPlace')
  const agencies = (name: 'executing' | 'authorised') => {
    const kept = new Map((base[name] ?? []).map((a) => [a.name.vi, a]))
    return lines(form.get(name)).map((vi) => kept.get(vi) ?? { name: { vi } })
  }
  const documents = new Map((base.documents ?? []).map((l) => [l.number, l]))
  const methods = channels.filter((c) => offered.includes(c)).flatMap((channel) => {
    const before = base.methods?.find((m) => m.channel === channel)
    const limit = limitOf(form, channel)
    const fees = feesOf(form, channel, before?.fees ?? [])
    const entry = { ...without(before ?? { channel }, 'limit', 'fees'), ...(limit ? { limit } : {}), ...(fees.length > 0 ? { fees } : {}) }
    return Object.keys(entry).length > 1 ? [entry] : []
  })
  const chosen = levels.filter((l) => form.all('levels').includes(l))
  const [executing, authorised] = [agencies('executing'), agencies('authorised')]
  const laws = lines(form.get('documents')).map((number) => documents.get(number) ?? { number })
  return {
    ...(methods.length > 0 ? { methods } : {}), ...(chosen.length > 0 ? { levels: chosen } : {}), ...(executing.length > 0 ? { executing } : {}), ...(authorised.length > 0 ? { authorised } : {}),
    ...(place ? { receivingPlace: place } : {}), ...(laws.length > 0 ? { documents: laws } : {}),
  }
}
