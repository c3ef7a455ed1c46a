import type { ProcedureInput } from '../content.ts'
import { line, lines } from './clean-text.ts'
import type { Oddities } from './oddities.ts'

type Result = ProcedureInput['results'][number]

export function readResults(row: Readonly<Record<string, unknown>>, oddities: Oddities): Result[] {
  const sections = row.sections as Record<string, unknown> | undefined
  if (Array.isArray(row.results) && row.results.length > 0) return unique(row.results.flatMap((r: Record<string, unknown>) => result(line(r.name, oddities), line(r.code), oddities)), oddities)
  const text = Object.values(sections ?? {}).map((v) => lines(v)).find((v) => /KẾT QUẢ XỬ LÝ|Mã:\s*KQ/.test(v)) ?? lines(sections?.['KẾT QUẢ XỬ LÝ'])
  const found = [...text.replace(/^[\s\S]*?KẾT QUẢ XỬ LÝ/, '').matchAll(/([\s\S]*?)Mã:\s*(KQ[.\w]+)/g)].flatMap((m) => result(line(m[1]), m[2]!, oddities))
  if (found.length === 0) oddities.add('results-missing', '', 'no result is listed')
  return found
}

function result(name: string, code: string, oddities: Oddities): Result[] {
  if (name === '' && code === '') return []
  if (name.length > 500) oddities.add('result-name-long', name, `kept whole, ${name.length} characters`)
  if (code === '') oddities.add('result-without-code', name, 'kept without a code')
  else if (!/^KQ\.[GH]\d{2}\.\d{6}$/.test(code)) oddities.add('result-code-odd', code, /^KQ[.0-9A-Z]+$/.test(code) ? 'kept as it is' : 'left out of the field, kept in the name')
  const valid = /^KQ[.0-9A-Z]+$/.test(code)
  return [{ ...(valid ? { code } : {}), name: { vi: name || code } }]
}

function unique(results: Result[], oddities: Oddities): Result[] {
  const seen = new Set<string>()
  return results.filter((r) => {
    const key = `${r.code ?? ''} ${r.name.vi}`
    if (seen.has(key)) oddities.add('result-twice', key, 'kept once')
    return !seen.has(key) && seen.add(key)
  })
}
