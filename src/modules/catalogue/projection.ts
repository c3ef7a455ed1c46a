import type { ProcedureInput } from './content.ts'
import { plainText } from './plain-text.ts'

/** The search row of a procedure, drawn from a version. */
export function projectionOf(version: number, content: ProcedureInput) {
  const { name, summary, sector, owner } = content
  const titles = [name.vi, name.en ?? '']
  const otherWords = [summary?.vi ?? '', summary?.en ?? '', sector.name.vi, sector.name.en ?? '', owner?.name.vi ?? '', ...content.results.map((r) => `${r.name.vi} ${r.name.en ?? ''}`)]
  return {
    code: content.code, version,
    nameVi: name.vi, nameEn: name.en ?? name.vi, translated: name.en !== undefined,
    summaryVi: summary?.vi ?? null, summaryEn: summary?.en ?? summary?.vi ?? null,
    sectorCode: sector.code, sectorVi: sector.name.vi, sectorEn: sector.name.en ?? null,
    ownerCode: owner?.code ?? null, ownerName: owner?.name.vi ?? null,
    levels: content.levels, subjects: content.subjects, lifeEvents: content.lifeEvents,
    onlineLevel: content.onlineLevel, hasService: content.service !== undefined,
    namePlain: plainText([...titles, ...content.keywords].join(' ')),
    keywordsPlain: content.keywords.map(plainText),
    titleWords: plainText(titles.join(' ')), keyWords: plainText(content.keywords.join(' ')), otherWords: plainText(otherWords.join(' ')),
    results: content.results.filter((r) => r.code).map((r) => ({ code: r.code!, vi: r.name.vi, en: r.name.en ?? null })),
  }
}
