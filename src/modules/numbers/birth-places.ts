/** Where a birth is registered, by the first three digits of an id number. */
export interface BirthPlace {
  code: string
  kind: 'province' | 'abroad'
  /** First day, 'YYYY-MM-DD', on which numbers were given with this code. */
  validFrom: string
}

/**
 * Codes of the provinces in id numbers (Circular 07/2016/TT-BCA, annex I, carried on by Circular 59/2021/TT-BCA): the statistical codes of
 * the 63 provinces, with their gaps. A number stays for life, so that the codes of provinces that ceased in 2025 do not end; a code that is
 * new gets a line of its own with its first day. Whether a person has the number is for the population register to say.
 */
const provinces: readonly { validFrom: string; codes: string }[] = [
  { validFrom: '2016-01-01', codes: '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096' },
]

const known = new Map(provinces.flatMap(({ validFrom, codes }) => codes.split(' ').map((code): [string, BirthPlace] => [code, { code, kind: 'province', validFrom }])))

/** From here on the code is that of the country where a birth abroad was registered (annex II of the same circular). */
const firstCountry = 101

/** The place behind a three-digit code, or undefined where no such code was ever given. */
export function birthPlaceOf(code: string): BirthPlace | undefined {
  return known.get(code) ?? (Number(code) >= firstCountry ? { code, kind: 'abroad', validFrom: '2016-01-01' } : undefined)
}

export const provinceBirthCodes: readonly string[] = [...known.keys()]
