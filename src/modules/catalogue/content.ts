import { z } from 'zod'

/** Text in both languages. Imported procedures have no English yet: readers then get the Vietnamese in both (see `readContent`). */
const text = z.strictObject({ vi: z.string().trim().min(1), en: z.string().trim().min(1).optional() })
const day = z.iso.date()
const agencyRef = z.strictObject({ code: z.string().optional(), name: text })
const limit = z.strictObject({ value: z.number().positive(), unit: z.enum(['hour', 'day', 'working-day', 'month']) })
const kqCode = z.string().regex(/^KQ[.0-9A-Z]+$/)

export const levels = ['ministry', 'province', 'commune', 'other'] as const
export const channels = ['online', 'desk', 'post'] as const
/** Đối tượng thực hiện: who may apply. */
export const subjects = ['citizen', 'overseas-vietnamese', 'foreigner', 'enterprise', 'foreign-enterprise', 'cooperative', 'organisation', 'foreign-organisation', 'official'] as const
export const onlineLevels = ['full', 'partial', 'none'] as const
/** Where a paper comes from: the person has it already, the office fetches it from a database, or the person has to get it. */
export const paperSources = ['you-have-it', 'we-fetch-it', 'you-bring-it'] as const

/** Phí, lệ phí: whole đồng; null where another text sets the amount, which `note` then names. */
const fee = z.strictObject({ amount: z.number().int().nonnegative().nullable(), note: text.optional() })

const method = z.strictObject({
  channel: z.enum(channels),
  limit: limit.optional(),
  /** What the law says about time beside or instead of the figure. */
  limitNote: text.optional(),
  fees: z.array(fee),
  note: text.optional(),
})

const component = z.strictObject({
  /** Trường hợp: in which case this paper belongs to the dossier. */
  case: text.optional(),
  name: text,
  documentType: kqCode.optional(),
  originals: z.number().int().nonnegative(),
  copies: z.number().int().nonnegative(),
  form: z.strictObject({ name: z.string().min(1), url: z.url().optional() }).optional(),
  requiredWhen: text.optional(),
  /** MA_KQ_THAYTHE: result of an earlier procedure that stands in for the paper. */
  replacedBy: kqCode.optional(),
  source: z.enum(paperSources),
})

export const territories = ['place', 'province'] as const

const service = z.strictObject({
  formKey: z.string().min(1),
  processKey: z.string().min(1),
  resultTemplate: z.string().min(1),
  /** Who decides: level, and for a ministry its node and executing agency; below it another office than the People’s Committee by its kind or unit. */
  competence: z.strictObject({ level: z.enum(['ministry', 'province', 'commune']), nodeCode: z.string().optional(), agencyCode: z.string().optional(), kind: z.enum(['police', 'social-insurance', 'bank']).optional(), unit: z.string().optional() }),
  /**
   * Giải quyết không phụ thuộc địa giới hành chính (Decree 118/2025): 'province' where each agency of that level and kind in the province of the place may decide, whichever
   * the person chooses; left out where only the one of the place does.
   */
  territory: z.enum(territories).optional(),
  limit,
  /** Answered on the day of receipt, or on the next working day when received after 15:00 (Decree 118/2025). */
  inDay: z.boolean().optional(),
  /** Public holidays are left out of a limit in calendar days. */
  skipHolidays: z.boolean().optional(),
  /** What a supplement does to the time: the rest goes on unless the rules of the procedure say that it is counted anew, or the formula of provinces. */
  afterSupplement: z.enum(['resume', 'anew', 'province']).optional(),
  /** Đồng for a filing online; 0 where it is free; null where the province sets it. */
  fee: z.strictObject({ amount: z.number().int().nonnegative().nullable(), note: text.optional() }),
  /** Mức độ xác thực that a filing asks for (S4 art. 11.3): 1 one factor, 2 two factors, 3 a certificate with its PIN; 2 where it is left out. */
  assurance: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
})

/** How strongly a person must have proved who he is before he files. */
export const strengthFor = ({ assurance }: { assurance?: 1 | 2 | 3 | undefined }): 1 | 2 | 3 => assurance ?? 2

/** Within which territory the person may choose who decides. */
export const territoryOf = ({ territory }: { territory?: Territory | undefined }): Territory => territory ?? 'place'

const procedureCode = z.string().regex(/^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/)

/**
 * Nhóm thủ tục liên thông (S4 art. 20): procedures, also of other sectors, that are done together under one combined content. They stand in
 * their order; `after` names those of the group that must be finished before.
 */
const linked = z.strictObject({ members: z.array(z.strictObject({ code: procedureCode, after: z.array(procedureCode) })).min(2) })

/** Everything that a published procedure says (S4 art. 17). `service` is the part that this program can run. */
export const procedureContentSchema = z.strictObject({
  code: z.string().regex(/^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/),
  name: text,
  summary: text.optional(),
  sector: z.strictObject({ code: z.string().min(1), name: text }),
  /** Ministry that owns the procedure and publishes it. */
  owner: agencyRef.optional(),
  /** Loại thủ tục: whether the law leaves details to the province. */
  kind: text.optional(),
  levels: z.array(z.enum(levels)),
  agencies: z.strictObject({ executing: z.array(agencyRef), competent: z.array(agencyRef), authorised: z.array(agencyRef), cooperating: z.array(agencyRef) }),
  receivingPlace: text.optional(),
  subjects: z.array(z.enum(subjects)),
  subjectsNote: text.optional(),
  steps: z.array(z.strictObject({ case: text.optional(), text })),
  methods: z.array(method),
  components: z.array(component),
  requirements: z.array(text),
  legalBases: z.array(z.strictObject({ number: z.string().min(1), name: text.optional(), issuer: text.optional(), issuedOn: day.optional(), effectiveOn: day.optional() })),
  results: z.array(z.strictObject({ code: kqCode.optional(), name: text })),
  onlineLevel: z.enum(onlineLevels),
  /** Phạm vi địa giới: where a person may file, whatever the place of residence. */
  filingScope: z.enum(['country', 'province', 'competent-office']),
  related: z.array(z.string()),
  keywords: z.array(z.string()),
  lifeEvents: z.array(z.string()),
  source: z.strictObject({ url: z.string().optional(), from: z.string().optional() }).optional(),
  /** Parts of an imported text that no field takes, as they stood: nothing is dropped. */
  remainder: z.record(z.string(), z.unknown()).optional(),
  service: service.optional(),
  /** Only in a linked group, whose owner leads it. */
  linked: linked.optional(),
})

/** As it is written and kept; English may be missing. */
export type ProcedureInput = z.infer<typeof procedureContentSchema>

type Filled<T> = T extends { vi: string; en?: string | undefined } ? { vi: string; en: string } : T extends readonly (infer I)[] ? Filled<I>[] : T extends object ? { [K in keyof T]: Filled<T[K]> } : T
/** As readers get it: every text in both languages. */
export type ProcedureContent = Filled<ProcedureInput>

export type Level = (typeof levels)[number]
export type Territory = (typeof territories)[number]
export type Subject = (typeof subjects)[number]
export type OnlineLevel = (typeof onlineLevels)[number]
export type PaperSource = (typeof paperSources)[number]
export type MethodChannel = (typeof channels)[number]
export type TimeLimit = z.infer<typeof limit>
export type Method = ProcedureContent['methods'][number]
export type Component = ProcedureContent['components'][number]
export type Fee = ProcedureContent['methods'][number]['fees'][number]

/** Fills missing English with the Vietnamese, all the way down. */
export function readContent(stored: ProcedureInput): ProcedureContent {
  return fill(stored) as ProcedureContent
}

function fill(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fill)
  if (typeof value !== 'object' || value === null) return value
  const record = value as Record<string, unknown>
  if (typeof record.vi === 'string') return { vi: record.vi, en: record.en ?? record.vi }
  return Object.fromEntries(Object.entries(record).map(([k, v]) => [k, fill(v)]))
}
