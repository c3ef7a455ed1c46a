/** Addresses of things in the open data: the same at every node, below the national node's own address. */
export interface Addresses {
  procedure(code: string): string
  version(code: string, version: number): string
  /** A thing without a page of its own (an agency, a sector, a legal text): a part of the vocabulary's address. */
  thing(kind: string, id: string): string
  /** A part of a version: its third component, its online channel. */
  part(code: string, version: number, kind: string, id: string | number): string
  readonly dataset: string
  readonly context: string
  readonly terms: string
}

export const openDataPath = '/du-lieu-mo'
export const contextPath = '/api/v1/catalogue/cpsv-ap.context.jsonld'
export const keysPath = '/.well-known/catalogue-keys.json'

export function addressesBelow(baseUrl: string): Addresses {
  const base = baseUrl.replace(/\/$/, '')
  const version = (code: string, n: number): string => `${base}/thu-tuc/${code}/phien-ban/${n}`
  return {
    procedure: (code) => `${base}/thu-tuc/${code}`,
    version,
    thing: (kind, id) => `${base}${openDataPath}#${kind}/${encodeURIComponent(id)}`,
    part: (code, n, kind, id) => `${version(code, n)}#${kind}-${id}`,
    dataset: `${base}${openDataPath}`,
    context: `${base}${contextPath}`,
    terms: `${base}${openDataPath}#`,
  }
}
