import { json } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { errors } from '../catalogue.errors.ts'
import { levels, onlineLevels, subjects } from '../content.ts'
import { getCurrentProcedure, getProcedureVersion } from '../get-procedure.ts'
import { readListQuery } from '../pages/list-query.ts'
import type { ProcedureVersion } from '../procedure-version.ts'
import { searchProcedures } from '../search/search-procedures.ts'

/** English names of the parameters, and what the portal's own address calls them. */
const parameters: Readonly<Record<string, string>> = { q: 'q', sector: 'linh-vuc', level: 'cap', subject: 'doi-tuong', online: 'truc-tuyen', lifeEvent: 'su-kien', owner: 'bo', sort: 'sap-xep', page: 'trang' }

const procedureSchema = { type: 'object', required: ['code', 'version', 'validFrom', 'hash', 'content'], properties: { code: { type: 'string' }, version: { type: 'integer' }, validFrom: { type: 'string', format: 'date' }, validTo: { type: ['string', 'null'], format: 'date' }, hash: { type: 'string' }, content: { type: 'object' } } }

export const procedureApiRoutes: readonly Route[] = [
  {
    method: 'GET', path: '/api/v1/procedures', access: 'public', kind: 'api',
    openapi: {
      summary: 'Search procedures: words without diacritics and with typing errors, filters, pages',
      query: { q: 'Words or the beginning of a code', sector: 'Sector code', level: levels.join(' | '), subject: subjects.join(' | '), online: `${onlineLevels.join(' | ')} | here`, lifeEvent: 'Life event code', owner: 'Ministry code', sort: 'relevance | name | newest', page: 'From 1', size: '1 to 100, 20 unless told' },
      response: { type: 'object', required: ['total', 'page', 'pages', 'items'], properties: { total: { type: 'integer' }, page: { type: 'integer' }, pages: { type: 'integer' }, items: { type: 'array', items: { type: 'object' } } } },
    },
    handler: async ({ ctx, query }) => {
      const asked = readListQuery(Object.fromEntries(Object.entries(parameters).flatMap(([name, own]) => (query[name] === undefined ? [] : [[own, query[name]]]))), ctx.lang)
      const size = /^\d{1,3}$/.test(query.size ?? '') ? Number(query.size) : 20
      const { rows, total, page, pages } = await searchProcedures(ctx.db, { ...asked, size })
      return json({ total, page, pages, items: rows })
    },
  },
  {
    method: 'GET', path: '/api/v1/procedures/:code', access: 'public', kind: 'api',
    openapi: { summary: 'The version of a procedure that is in force, or ?version=n', query: { version: 'Number of a version' }, response: procedureSchema },
    handler: async ({ ctx, params, query }) => {
      const code = params.code!
      const version = query.version
      if (version === undefined) return answer(await getCurrentProcedure(ctx.db, code, ctx.now), errors.PROCEDURE_NOT_FOUND({ code: code.slice(0, 40) }))
      return answer(/^\d{1,6}$/.test(version) ? await getProcedureVersion(ctx.db, code, Number(version)) : undefined, errors.VERSION_NOT_FOUND({ code: code.slice(0, 40), version: version.slice(0, 10) }))
    },
  },
]

function answer(found: ProcedureVersion | undefined, otherwise: Error) {
  if (!found) throw otherwise
  const { code, version, validFrom, validTo, hash, origin, decisionNumber, decisionDate, translated, content } = found
  return json({ code, version, validFrom, validTo, hash, origin, decisionNumber, decisionDate, translated, content })
}
