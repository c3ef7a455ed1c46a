import type { ProcedureInput } from '../content.ts'
import { line } from './clean-text.ts'
import type { Oddities } from './oddities.ts'

type Law = ProcedureInput['legalBases'][number]

/** Numbers of legal texts. Flattened pages glue dates before them and letters behind them. */
export function readLaws(row: Readonly<Record<string, unknown>>, oddities: Oddities): Law[] {
  if (Array.isArray(row.legal_raw)) return row.legal_raw.flatMap((l: Record<string, unknown>) => rawLaw(l, oddities))
  const numbers = Array.isArray(row.legal_basis) ? row.legal_basis.map((n: unknown) => line(n, oddities)).filter(Boolean) : []
  if (numbers.length === 0) oddities.add('laws-missing', '', 'no legal basis is listed')
  const repaired = numbers.flatMap((n) => parted(n, oddities)).map((n) => repair(n, oddities))
  const known = new Set(repaired)
  // '12/2025/TT-BCAT' beside '12/2025/TT-BCA' is the same text with the first letter of its title.
  const kept = repaired.filter((n) => {
    const isTail = known.has(n.slice(0, -1)) && /[A-ZĐ]$/.test(n)
    if (isTail) oddities.add('law-twice', n, `left out beside ${n.slice(0, -1)}`)
    return !isTail
  })
  return [...new Set(kept)].map((number) => ({ number }))
}

/** '54/2014/QH1354/2014/QH13' and '32/2024/QH1561/2025/TT-NHNN' are two numbers: those of the National Assembly end after two digits. */
function parted(number: string, oddities: Oddities): string[] {
  const two = /^(.*\/QH\d{2})(\d{1,3}\/\d{4}\/.+)$/.exec(number)
  if (!two) return [number]
  const numbers = [...new Set([two[1]!, two[2]!])]
  oddities.add('law-number-glued', number, `read as ${numbers.join(' and ')}`)
  return numbers
}

function repair(number: string, oddities: Oddities): string {
  const glued = /^(?:\d{1,2}\/\d{1,2}\/)?(?:19|20)\d{2}(\d{1,3}\/(?:19|20)\d{2}\/.+)$/.exec(number)
  if (glued) {
    oddities.add('law-number-glued', number, `read as ${glued[1]}`)
    return glued[1]!
  }
  if (!/^\d{1,5}(?:\.\d{1,2})?(\/\d{4})?\/[\p{Lu}\d-]+$/u.test(number)) oddities.add('law-number-odd', number, 'kept as it is')
  return number
}

function rawLaw(l: Record<string, unknown>, oddities: Oddities): Law[] {
  const name = line(l.trich_yeu, oddities)
  let number = line(l.so_ky_hieu)
  if (!number.includes('/')) {
    const found = /\d{1,5}(?:\/\d{4})?\/[\p{Lu}\d-]+/u.exec(name)?.[0]
    oddities.add('law-number-odd', `${number} – ${name}`, found ? `read as ${found}` : 'kept as it is')
    number = found ?? (number || name.slice(0, 80))
  }
  if (number === '') return []
  const day = /^(\d{2})-(\d{2})-(\d{4})$/.exec(line(l.ngay_ban_hanh))
  const issuer = line(l.co_quan_ban_hanh)
  return [{ number, ...(name ? { name: { vi: name } } : {}), ...(issuer ? { issuer: { vi: issuer } } : {}), ...(day && isDay(day) ? { issuedOn: `${day[3]}-${day[2]}-${day[1]}` } : {}) }]
}

const isDay = ([, d, m]: RegExpExecArray): boolean => Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31
