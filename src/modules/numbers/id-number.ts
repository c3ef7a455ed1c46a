import { birthPlaceOf, type BirthPlace } from './birth-places.ts'

export type Sex = 'male' | 'female'

/** What a personal identification number ("số định danh cá nhân") says by itself (Decree 137/2015/NĐ-CP, art. 13; Law on Identity 2023, art. 12). */
export interface IdNumber {
  /** Twelve digits. */
  idNumber: string
  /** Undefined for a code that was never given. No reason to turn a person away: the register knows, this list may not yet. */
  birthPlace: BirthPlace | undefined
  sex: Sex
  birthYear: number
}

/** Twelve digits, groups forgiven; undefined for anything else. The number has no check digit, so that none is ever computed. */
export function readIdNumber(typed: string): IdNumber | undefined {
  const idNumber = typed.replace(/[\s.]/g, '')
  if (!/^[0-9]{12}$/.test(idNumber)) return undefined
  const century = Number(idNumber[3])
  return {
    idNumber,
    birthPlace: birthPlaceOf(idNumber.slice(0, 3)),
    sex: century % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(century / 2) * 100 + Number(idNumber.slice(4, 6)),
  }
}

export interface Described {
  /** 'YYYY-MM-DD' */
  birthDate: string
  sex?: Sex | undefined
}

/** In what a number contradicts what is said about its holder; empty where they agree, also where the text is no id number. */
export function idNumberContradicts(idNumber: string, person: Described): ('birth-year' | 'sex')[] {
  const read = readIdNumber(idNumber)
  if (!read) return []
  return [
    ...(read.birthYear === Number(person.birthDate.slice(0, 4)) ? [] : ['birth-year' as const]),
    ...(person.sex === undefined || read.sex === person.sex ? [] : ['sex' as const]),
  ]
}

/** Whether a text is an id number whose century, year and (where told) sex fit the person. */
export const idNumberAgrees = (idNumber: string, person: Described): boolean => readIdNumber(idNumber) !== undefined && idNumberContradicts(idNumber, person).length === 0

/** The number of the identity card before 2016 ("số chứng minh nhân dân"): nine digits, groups forgiven. It says nothing about its holder. */
export function readOldIdNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s.]/g, '')
  return /^[0-9]{9}$/.test(digits) ? digits : undefined
}
