import type { Addresses } from './addresses.ts'

const linked = (id: string): object => ({ '@id': id, '@type': '@id' })
const dated = (id: string): object => ({ '@id': id, '@type': 'xsd:date' })

/**
 * JSON-LD context of the export: short names for the terms of CPSV-AP 3.2. The names of the vocabularies are identifiers; nothing is
 * fetched from them.
 */
export function cpsvApContext(at: Pick<Addresses, 'terms'>): Readonly<Record<string, unknown>> {
  return {
    '@version': 1.1,
    adms: 'http://www.w3.org/ns/adms#', cpsv: 'http://purl.org/vocab/cpsv#', cv: 'http://data.europa.eu/m8g/', dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/', eli: 'http://data.europa.eu/eli/ontology#',
    foaf: 'http://xmlns.com/foaf/0.1/', org: 'http://www.w3.org/ns/org#', owl: 'http://www.w3.org/2002/07/owl#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#', skos: 'http://www.w3.org/2004/02/skos/core#', xsd: 'http://www.w3.org/2001/XMLSchema#', mc: at.terms,
    id: '@id', type: '@type',
    PublicService: 'cpsv:PublicService', Rule: 'cpsv:Rule', Channel: 'cv:Channel', Cost: 'cv:Cost', Evidence: 'cv:Evidence', EvidenceType: 'cv:EvidenceType', Output: 'cv:Output', Requirement: 'cv:Requirement', Participation: 'cv:Participation',
    PublicOrganisation: 'cv:PublicOrganisation', Organization: 'org:Organization', Agent: 'foaf:Agent', LegalResource: 'eli:LegalResource', Event: 'cv:Event', LifeEvent: 'cv:LifeEvent', BusinessEvent: 'cv:BusinessEvent',
    Concept: 'skos:Concept', Location: 'dct:Location', LinguisticSystem: 'dct:LinguisticSystem', Dataset: 'dcat:Dataset', Document: 'foaf:Document',
    identifier: 'dct:identifier', title: 'dct:title', description: 'dct:description', prefLabel: 'skos:prefLabel', keyword: 'dcat:keyword',
    issued: { '@id': 'dct:issued', '@type': 'xsd:dateTime' }, validFrom: dated('mc:validFrom'), validTo: dated('mc:validTo'), dateIssued: dated('dct:date'),
    isVersionOf: linked('dct:isVersionOf'), seeAlso: linked('rdfs:seeAlso'), inDataset: linked('dct:isPartOf'), landingPage: linked('dcat:landingPage'), page: linked('foaf:page'),
    status: linked('adms:status'), language: linked('dct:language'), spatial: linked('dct:spatial'), audience: linked('dct:audience'), classifiedAs: linked('dct:type'), publisher: linked('dct:publisher'),
    sector: linked('cv:sector'), hasCompetentAuthority: linked('cv:hasCompetentAuthority'), hasParticipation: linked('cv:hasParticipation'), hasParticipant: linked('cv:hasParticipant'), role: linked('cv:role'),
    hasChannel: linked('cv:hasChannel'), hasCost: linked('cv:hasCost'), ifAccessedThrough: linked('cv:ifAccessedThrough'), currency: linked('cv:currency'), hasValue: { '@id': 'cv:hasValue', '@type': 'xsd:double' },
    processingTime: { '@id': 'cv:processingTime', '@type': 'xsd:duration' }, hasInput: linked('cpsv:hasInput'), conformsTo: linked('dct:conformsTo'), produces: linked('cpsv:produces'), follows: linked('cpsv:follows'), implements: linked('cpsv:implements'),
    holdsRequirement: linked('cv:holdsRequirement'), hasLegalResource: linked('cv:hasLegalResource'), isGroupedBy: linked('cv:isGroupedBy'),
    versionInfo: 'owl:versionInfo', workingDays: 'mc:workingDays', contentHash: 'mc:contentHash', signature: 'mc:signature', decisionNumber: 'mc:decisionNumber', originals: 'mc:originals', copies: 'mc:copies', replacedBy: 'mc:replacedBy',
  }
}
