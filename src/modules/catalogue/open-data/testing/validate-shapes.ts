import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import ShaclValidator from 'rdf-validate-shacl'
import { root } from '../../../../platform/root.ts'

/** The published shapes from the data folder where there is one, else the constraints that are kept beside this file. */
export function shapesText(): string {
  const published = process.env.MOTCUA_DATA && join(process.env.MOTCUA_DATA, 'standards/cpsv-ap/cpsv-ap-3.2.0-SHACL.ttl')
  return readFileSync(published && existsSync(published) ? published : join(root, 'src/modules/catalogue/open-data/testing/cpsv-ap-3.2.0-shapes.ttl'), 'utf8')
}

export interface Verdict { triples: number; bySeverity: Record<string, number>; first: string[] }

/** Nothing is fetched: a document that asks for a context from elsewhere fails. */
const noNetwork = (url: string): Promise<never> => Promise.reject(new Error(`the document wants ${url} from the network`))

/** Reads JSON-LD and checks it against the shapes of CPSV-AP 3.2.0. */
export async function validateShapes(document: object, contexts: Readonly<Record<string, object>> = {}): Promise<Verdict> {
  const documentLoader = (url: string) => (contexts[url] ? Promise.resolve({ contextUrl: null, documentUrl: url, document: contexts[url] }) : noNetwork(url))
  const quads = (await jsonld.toRDF(document, { format: 'application/n-quads', documentLoader, safe: true })) as string
  const data = new Store(new Parser({ format: 'application/n-quads' }).parse(quads))
  const shapes = new Store(new Parser().parse(shapesText()))
  const report = await new ShaclValidator(shapes as never).validate(data as never)
  const bySeverity: Record<string, number> = { Violation: 0, Warning: 0, Info: 0 }
  for (const result of report.results) {
    const severity = result.severity?.value.split('#')[1] ?? 'Violation'
    bySeverity[severity] = (bySeverity[severity] ?? 0) + 1
  }
  return { triples: data.size, bySeverity, first: report.results.slice(0, 8).map((r) => `${r.focusNode?.value} ${String((r.path as { value?: string } | null)?.value)} ${r.sourceConstraintComponent?.value} ${r.value?.value}`) }
}
