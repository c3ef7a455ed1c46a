import type { Bilingual, Option } from './definition.ts'

/** What a person answered: field id → value, plain JSON. Values of a draft may be unfinished; `validateAnswers` says whether they hold. */
export type Answers = Record<string, unknown>

export interface AddressAnswer {
  /** Two digits; kept so that the choice survives between the two steps. Follows from `commune` once that is chosen. */
  province?: string
  /** Five digits, in the units in force on the day of validation. */
  commune?: string
  street?: string
}

/** An attached file. The bytes lie in the node's file store under `id` (SHA-256 in hexadecimal). */
export interface FileAnswer { id: string; name: string; type: string; size: number }

/** A date that could not be read, kept as typed so that nothing is lost. */
export interface TypedDate { day: string; month: string; year: string }

export interface Province { code: string; name: Bilingual }
export interface Commune { code: string; name: Bilingual; province: string }

/** Administrative units, and entries of the shared catalogues, in force on the day, as the checks and pages need them. */
export interface Units {
  commune(code: string): Commune | undefined
  province(code: string): Province | undefined
  provinces(): readonly Province[]
  communes(provinceCode: string): readonly Commune[]
  /** The units of another day, for places of the past; only where they were loaded for a form that asks for such. */
  on?(day: string): Units
  /** The entries of a shared catalogue that are valid on the day; only where they were loaded for a form that offers them. */
  entries?(catalogue: string): readonly Option[]
}

/** What checks need from outside. */
export interface Env {
  now: Date
  units: Pick<Units, 'commune' | 'on' | 'entries'>
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)

/** Nothing was answered: absent, '', an unticked box, no files, an address or date without any part. */
export function isEmpty(value: unknown): boolean {
  if (isBlank(value)) return true
  if (typeof value !== 'object' || Array.isArray(value)) return false
  // One level, not recursion: a hostile body may be nested as deep as it is long.
  for (const key in value) if (!isBlank((value as Record<string, unknown>)[key])) return false
  return true
}
