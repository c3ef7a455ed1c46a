import type { ProcedureInput } from '../content.ts'
import type { Addresses } from './addresses.ts'
import { agent, evidenceType, languages, legalResource, organisation, codeNames, phrases, subjectNames, texts, type Entry, type Text } from './cpsv-ap-things.ts'
import { channelsOf } from './cpsv-ap-channels.ts'

/** A version with what stands beside its content. */
export interface ExportedVersion {
  code: string
  version: number
  content: ProcedureInput
  hash: string
  validFrom: string
  validTo: string | null
  decisionNumber: string | null
  publishedAt: Date
  status: 'in-force' | 'future' | 'superseded' | 'abolished'
  signature: string | null
}

export type LifeEvents = ReadonlyMap<string, { audience: 'person' | 'business'; vi: string; en: string }>

/**
 * A version of a procedure as a public service of CPSV-AP 3.2, with everything it points to: an entry stands by itself, and entries of
 * several procedures may be put into one graph.
 */
export function publicServiceOf(at: Addresses, v: ExportedVersion, lifeEvents: LifeEvents): Entry {
  const { content } = v
  const part = (kind: string, id: string | number): string => at.part(v.code, v.version, kind, id)
  const { channels, costs, processingTime, workingDays } = channelsOf(content, part, at)
  const laws = content.legalBases.map((law) => legalResource(at, law))
  return {
    id: at.version(v.code, v.version), type: 'PublicService', identifier: v.code, versionInfo: String(v.version), isVersionOf: at.procedure(v.code), inDataset: at.dataset,
    title: texts(content.name), description: texts(content.summary ?? content.name), keyword: content.keywords.map((k) => ({ '@value': k, '@language': 'vi' })),
    status: concept(at, 'status', v.status, codeNames.status[v.status]), language: languages(content.name.en !== undefined), spatial: country,
    validFrom: v.validFrom, ...(v.validTo ? { validTo: v.validTo } : {}), issued: v.publishedAt.toISOString(), ...(v.decisionNumber ? { decisionNumber: v.decisionNumber } : {}), contentHash: v.hash, ...(v.signature ? { signature: v.signature } : {}),
    sector: [concept(at, 'sector', content.sector.code, content.sector.name)],
    audience: content.subjects.map((s) => concept(at, 'audience', s, subjectNames[s])),
    hasCompetentAuthority: authoritiesOf(at, content), hasParticipation: participationsOf(at, content, part),
    hasChannel: channels, hasCost: costs, ...(processingTime ? { processingTime } : {}), ...(workingDays ? { workingDays } : {}),
    hasInput: content.components.map((c, i) => ({
      id: part('component', i + 1), type: 'Evidence', identifier: `${v.code}/${v.version}/component-${i + 1}`, title: texts(c.name), originals: c.originals, copies: c.copies, classifiedAs: concept(at, 'paper-source', c.source, codeNames.paperSource[c.source]),
      ...describe(c.case, c.requiredWhen, c.form ? { vi: c.form.name } : undefined), ...(c.documentType ? { conformsTo: evidenceType(at, c.documentType) } : {}), ...(c.replacedBy ? { replacedBy: c.replacedBy } : {}),
      ...(c.form?.url ? { page: { id: iri(c.form.url), type: 'Document' } } : {}),
    })),
    holdsRequirement: content.requirements.map((r, i) => ({ id: part('requirement', i + 1), type: 'Requirement', identifier: `${v.code}/${v.version}/requirement-${i + 1}`, title: texts(r) })),
    produces: content.results.map((r, i) => ({ id: part('result', i + 1), type: 'Output', identifier: `${v.code}/${v.version}/result-${i + 1}`, title: texts(r.name), ...(r.code ? { classifiedAs: concept(at, 'result-type', r.code, { vi: r.code }) } : {}) })),
    follows: rulesOf(content, part, laws.map((l) => l.id as string), `${v.code}/${v.version}`), hasLegalResource: laws,
    isGroupedBy: content.lifeEvents.flatMap((code) => eventOf(at, code, lifeEvents)), seeAlso: content.related.map((code) => at.procedure(code)),
  }
}

/** The dataset to which all entries belong. */
export function datasetOf(at: Addresses): Entry {
  return {
    id: at.dataset, type: 'Dataset', title: texts(phrases.dataset), description: texts(phrases.datasetAbout), landingPage: { id: at.dataset, type: 'Document' },
    publisher: { id: at.thing('publisher', 'VN'), type: 'Agent', identifier: 'VN', title: texts(phrases.publisher) },
  }
}

const country: Entry = { id: 'http://publications.europa.eu/resource/authority/country/VNM', type: 'Location' }

export function concept(at: Pick<Addresses, 'thing'>, kind: string, code: string, name: Text): Entry {
  return { id: at.thing(kind, code), type: 'Concept', prefLabel: texts(name) }
}

/** Who decides; where nobody is named, who executes, then the ministry that owns the procedure. */
function authoritiesOf(at: Addresses, content: ProcedureInput): Entry[] {
  const { competent, executing } = content.agencies
  const named = [competent, executing, content.owner ? [content.owner] : []].find((list) => list.length > 0)
  const found = named ?? [{ code: 'unnamed', name: phrases.unnamed }]
  return found.map((agency) => ({ ...organisation(at, agency), spatial: country }))
}

function participationsOf(at: Addresses, content: ProcedureInput, part: (kind: string, id: string | number) => string): Entry[] {
  const { executing, authorised, cooperating } = content.agencies
  const roles = [['owner', content.owner ? [content.owner] : []], ['executing', executing], ['authorised', authorised], ['cooperating', cooperating]] as const
  return roles.flatMap(([role, agencies]) => agencies.map((agency, i) => ({
    id: part(role, i + 1), type: 'Participation', identifier: `${content.code}/${role}-${i + 1}`, description: texts(codeNames.role[role]), role: concept(at, 'role', role, codeNames.role[role]), hasParticipant: agent(at, agency),
  })))
}

/** The steps are one rule: they are followed together, in their order. */
function rulesOf(content: ProcedureInput, part: (kind: string, id: string | number) => string, laws: readonly string[], prefix: string): Entry[] {
  if (content.steps.length === 0) return []
  const joined = (lang: 'vi' | 'en'): string => content.steps.map((s) => [s.case?.[lang] ?? (lang === 'vi' ? undefined : s.case?.vi), s.text[lang] ?? s.text.vi].filter(Boolean).join(': ')).join('\n')
  const translated = content.steps.every((s) => s.text.en !== undefined)
  return [{ id: part('steps', 1), type: 'Rule', identifier: `${prefix}/steps`, title: texts(phrases.steps), description: texts({ vi: joined('vi'), ...(translated ? { en: joined('en') } : {}) }), implements: laws }]
}

function eventOf(at: Addresses, code: string, lifeEvents: LifeEvents): Entry[] {
  const event = lifeEvents.get(code)
  return event ? [{ id: at.thing('event', code), type: ['Event', event.audience === 'person' ? 'LifeEvent' : 'BusinessEvent'], identifier: code, title: texts(event) }] : []
}

const describe = (...parts: (Text | undefined)[]): Entry => {
  const given = parts.filter((p) => p !== undefined)
  return given.length > 0 ? { description: given.flatMap(texts) } : {}
}

/** An address that a person typed, as an IRI. */
const iri = (url: string): string => new URL(url).href.replace(/[<>"{}|\\^`]/g, encodeURIComponent)
