/** What the tests use of two libraries that bring no types. */
declare module 'n3' {
  export interface Quad { readonly subject: { readonly value: string }; readonly predicate: { readonly value: string }; readonly object: { readonly value: string } }
  export class Parser {
    constructor(options?: { format?: string })
    parse(text: string): Quad[]
  }
  export class Store {
    constructor(quads?: readonly Quad[])
    readonly size: number
    getObjects(subject: unknown, predicate: unknown, graph: unknown): { value: string }[]
    getSubjects(predicate: unknown, object: unknown, graph: unknown): { value: string }[]
    getQuads(subject: unknown, predicate: unknown, object: unknown, graph: unknown): Quad[]
  }
}

declare module 'jsonld' {
  interface Loaded { contextUrl: string | null; documentUrl: string; document: object }
  interface JsonLd { toRDF(document: object, options: { format: string; documentLoader: (url: string) => Promise<Loaded>; safe: boolean }): Promise<string | object> }
  const jsonld: JsonLd
  export default jsonld
}
