import type { ProcedureInput } from '../content.ts'
import { sourceOf } from '../import/convert-components.ts'

/**
 * What the portal's format cannot carry, so that a copy that came through it lacks it or has the usual value:
 * - English texts;
 * - where a paper comes from (`source`, told from its name) and when it is required (`requiredWhen`);
 * - words about time beside a figure: they join the remark of the way to apply;
 * - the online level (partial where there is an online way, else none), where one may file, life events, source, remainder;
 * - the name of an owner without a code;
 * - the order within a linked group (`linked`);
 * - the part that this program runs (`service`), the first day in force and the number of the version.
 */
export const notCarried = ['name.en', 'owner without code', 'components.source', 'components.requiredWhen', 'methods.limitNote beside a figure', 'onlineLevel', 'filingScope', 'lifeEvents', 'source', 'remainder', 'linked', 'service', 'validFrom', 'version'] as const

/** The content reduced to what the portal's format carries: what goes through it and comes back is exactly this. */
export function carriedContent(content: ProcedureInput): ProcedureInput {
  const { service: _service, linked: _linked, source: _source, remainder: _remainder, owner, ...rest } = withoutEnglish(content) as ProcedureInput
  return {
    ...rest, ...(owner?.code ? { owner } : {}), lifeEvents: [], filingScope: 'competent-office', onlineLevel: content.methods.some((m) => m.channel === 'online') ? 'partial' : 'none',
    methods: rest.methods.map(({ limitNote, note, ...m }) => (m.limit ? { ...m, ...joined(limitNote, note) } : { ...m, ...(limitNote ? { limitNote } : {}), ...(note ? { note } : {}) })),
    components: rest.components.map(({ requiredWhen: _when, ...c }) => ({ ...c, source: sourceOf(c.name.vi) })),
  }
}

function joined(...texts: ({ vi: string } | undefined)[]): { note?: { vi: string } } {
  const vi = texts.flatMap((t) => (t ? [t.vi] : [])).join('\n')
  return vi === '' ? {} : { note: { vi } }
}

function withoutEnglish(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEnglish)
  if (typeof value !== 'object' || value === null) return value
  const record = value as Record<string, unknown>
  if (typeof record.vi === 'string') return { vi: record.vi }
  return Object.fromEntries(Object.entries(record).map(([k, v]) => [k, withoutEnglish(v)]))
}
