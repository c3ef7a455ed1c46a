import { z } from 'zod'
import { procedureContentSchema, type ProcedureInput } from '../content.ts'

const whole = procedureContentSchema.shape
const method = whole.methods.element

/** What a province may say about a published procedure (S4 art. 17.2), and nothing else. A field that is absent is the ministry's. */
export const localPartSchema = z.strictObject({
  /** Time limit and fees for ways to apply that the ministry offers. */
  methods: z.array(z.strictObject({ channel: method.shape.channel, limit: method.shape.limit, limitNote: method.shape.limitNote, fees: method.shape.fees.optional(), note: method.shape.note })).optional(),
  levels: whole.levels.min(1).optional(),
  executing: whole.agencies.shape.executing.min(1).optional(),
  authorised: whole.agencies.shape.authorised.optional(),
  receivingPlace: whole.receivingPlace,
  /** The province's own legal documents of detail; they stand after the ministry's legal bases. */
  documents: whole.legalBases.optional(),
})

/** The province's part of a localised procedure ("phần địa phương hóa"). */
export type LocalPart = z.infer<typeof localPartSchema>

/** Fields of a content that a local part can move; every other field of a copy is the ministry's. */
export const localFields = ['methods', 'levels', 'agencies', 'receivingPlace', 'legalBases', 'service'] as const

const suffix = /\.\d{3}\.\d{2}\.\d{2}\.([GH]\d{2})$/

/** '1.001193.000.00.00.H21' → '1.001193'. */
export const baseCodeOf = (code: string): string => code.replace(suffix, '')
/** Code of the agency in the code of a copy or of a procedure of its own: 'H21'; undefined for a ministry's original. */
export const ownerOfCode = (code: string): string | undefined => suffix.exec(code)?.[1]
export const copyCode = (baseCode: string, issuer: string): string => `${baseCode}.000.00.00.${issuer}`

/**
 * The effective content in a province: the ministry's version with the local part over it. The ministry's ways to apply, papers, steps,
 * conditions and legal bases stay; a local entry for a way that the ministry does not offer has no effect.
 */
export function mergeLocal(ministry: ProcedureInput, part: LocalPart, issuer: string): ProcedureInput {
  const local = new Map((part.methods ?? []).map((m) => [m.channel, m]))
  const numbers = new Set(ministry.legalBases.map((law) => law.number))
  return {
    ...ministry,
    code: copyCode(baseCodeOf(ministry.code), issuer),
    levels: part.levels ?? ministry.levels,
    agencies: { ...ministry.agencies, executing: part.executing ?? ministry.agencies.executing, authorised: part.authorised ?? ministry.agencies.authorised },
    ...(part.receivingPlace ? { receivingPlace: part.receivingPlace } : {}),
    methods: ministry.methods.map((m) => {
      const own = local.get(m.channel)
      return own ? { ...m, ...given({ limit: own.limit, limitNote: own.limitNote, fees: own.fees, note: own.note }) } : m
    }),
    legalBases: [...ministry.legalBases, ...(part.documents ?? []).filter((law) => !numbers.has(law.number))],
    ...(ministry.service ? { service: serviceOf(ministry.service, local.get('online')) } : {}),
  }
}

/** The clock and the fee of what this program runs follow the local time limit and fee for filing online. */
function serviceOf(service: NonNullable<ProcedureInput['service']>, online: NonNullable<LocalPart['methods']>[number] | undefined): NonNullable<ProcedureInput['service']> {
  const fee = online?.fees?.length === 1 ? online.fees[0] : undefined
  return { ...service, ...given({ limit: online?.limit, fee }) }
}

const given = <T extends object>(values: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as Partial<{ [K in keyof T]: NonNullable<T[K]> }>

/** Ways to apply that the part speaks of and the ministry does not offer. */
export function unknownChannels(ministry: ProcedureInput, part: LocalPart): string[] {
  return (part.methods ?? []).map((m) => m.channel).filter((channel) => !ministry.methods.some((m) => m.channel === channel))
}
