import type { Level, MethodChannel, OnlineLevel, PaperSource, ProcedureInput, Subject, TimeLimit } from '../content.ts'
import type { LifeEventCode } from './life-events.ts'
import { sectors, type SectorCode } from './sectors.ts'

/** Vietnamese and English. */
export type Pair = readonly [vi: string, en: string]

export interface Paper {
  name: Pair
  originals?: number
  copies?: number
  source: PaperSource
  when?: Pair
  case?: Pair
  form?: string
  type?: string
  replacedBy?: string
}

/** đồng; null where the province or another text sets it, which the words then say. */
export interface FeeBrief { amount: number | null; note?: Pair }

/** A shipped procedure as it is written here: short, with what most have in common left to `procedure`. */
export interface Brief {
  code: string
  name: Pair
  summary: Pair
  sector: SectorCode
  levels: readonly Level[]
  executing: readonly (readonly [vi: string, en: string, code?: string])[]
  subjects: readonly Subject[]
  limit?: TimeLimit
  limitNote?: Pair
  /** Fee by way of applying; one for all ways unless told by way. */
  fee: FeeBrief | Partial<Record<MethodChannel, FeeBrief>>
  ways?: readonly MethodChannel[]
  steps: readonly Pair[]
  papers: readonly Paper[]
  requirements?: readonly Pair[]
  laws: readonly string[]
  results: readonly { code?: string; name: Pair }[]
  online: OnlineLevel
  scope?: ProcedureInput['filingScope']
  keywords: readonly string[]
  events: readonly LifeEventCode[]
  related?: readonly string[]
  /** Number of the publication decision, where the published facts name it. */
  decision?: string | undefined
  from: string
  service?: ProcedureInput['service']
  /** Only in a linked group. */
  linked?: ProcedureInput['linked']
}

export interface ShippedProcedure { content: ProcedureInput; validFrom: string; decisionNumber?: string | undefined }

export const text = ([vi, en]: Pair): { vi: string; en: string } => ({ vi, en })

function feeOf(brief: Brief, channel: MethodChannel): FeeBrief {
  return 'amount' in brief.fee ? brief.fee as FeeBrief : ((brief.fee as Partial<Record<MethodChannel, FeeBrief>>)[channel] ?? { amount: 0 })
}

/** Makes the whole content of a procedure from its brief. */
export function procedure(brief: Brief): ShippedProcedure {
  const sector = sectors[brief.sector]
  const content: ProcedureInput = {
    code: brief.code, name: text(brief.name), summary: text(brief.summary),
    sector: { code: brief.sector, name: text(sector.name) },
    owner: { code: sector.owner[0], name: text([sector.owner[1], sector.owner[2]]) },
    levels: [...brief.levels],
    agencies: { executing: brief.executing.map(([vi, en, code]) => ({ name: { vi, en }, ...(code ? { code } : {}) })), competent: [], authorised: [], cooperating: [] },
    subjects: [...brief.subjects],
    steps: brief.steps.map((s) => ({ text: text(s) })),
    methods: (brief.ways ?? (['online', 'desk', 'post'] as const)).map((channel) => {
      const { amount, note } = feeOf(brief, channel)
      return { channel, ...(brief.limit ? { limit: brief.limit } : {}), ...(brief.limitNote ? { limitNote: text(brief.limitNote) } : {}), fees: [{ amount, ...(note ? { note: text(note) } : {}) }] }
    }),
    components: brief.papers.map((p) => ({
      ...(p.case ? { case: text(p.case) } : {}), name: text(p.name), originals: p.originals ?? (p.copies ? 0 : 1), copies: p.copies ?? 0, source: p.source,
      ...(p.when ? { requiredWhen: text(p.when) } : {}), ...(p.form ? { form: { name: p.form } } : {}), ...(p.type ? { documentType: p.type } : {}), ...(p.replacedBy ? { replacedBy: p.replacedBy } : {}),
    })),
    requirements: (brief.requirements ?? []).map(text),
    legalBases: brief.laws.map((number) => ({ number })),
    results: brief.results.map((r) => ({ name: text(r.name), ...(r.code ? { code: r.code } : {}) })),
    onlineLevel: brief.online, filingScope: brief.scope ?? 'province', related: [...(brief.related ?? [])], keywords: [...brief.keywords], lifeEvents: [...brief.events],
    ...(brief.service ? { service: brief.service } : {}), ...(brief.linked ? { linked: brief.linked } : {}),
  }
  return { content, validFrom: brief.from, decisionNumber: brief.decision }
}
