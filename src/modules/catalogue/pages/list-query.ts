import type { Lang } from '../../../platform/i18n.ts'
import { levels, onlineLevels, subjects } from '../content.ts'
import { sorts, type ProcedureQuery } from '../search/search-procedures.ts'

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined => values.find((v) => v === value)
const word = (value: string | undefined): string | undefined => (value && /^[\w.-]{1,90}$/.test(value) ? value : undefined)

/** Reads the address of the list; what is not one of the choices is as if it were not there. */
export function readListQuery(query: Readonly<Record<string, string>>, lang: Lang): ProcedureQuery {
  return {
    q: query.q?.trim().slice(0, 300) || undefined,
    sector: word(query['linh-vuc']), level: oneOf(levels, query.cap), subject: oneOf(subjects, query['doi-tuong']),
    online: query['truc-tuyen'] === 'here' ? 'here' : oneOf(onlineLevels, query['truc-tuyen']), lifeEvent: word(query['su-kien']), owner: word(query.bo),
    sort: oneOf(sorts, query['sap-xep']), page: /^\d{1,5}$/.test(query.trang ?? '') ? Number(query.trang) : 1, lang,
  }
}

/** The same as an address, without the page. */
export function addressOf(query: ProcedureQuery): Record<string, string | undefined> {
  return { q: query.q, 'linh-vuc': query.sector, cap: query.level, 'doi-tuong': query.subject, 'truc-tuyen': query.online, 'su-kien': query.lifeEvent, bo: query.owner, 'sap-xep': query.sort }
}
