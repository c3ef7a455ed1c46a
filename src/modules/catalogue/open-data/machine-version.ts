import type { BodyReply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { readContent } from '../content.ts'
import { addressesBelow } from './addresses.ts'
import { datasetOf, publicServiceOf } from './cpsv-ap.ts'
import { readExportedVersion, readLifeEvents, type ExportRow } from './read-export.ts'

type Format = 'jsonld' | 'json'
const types: Readonly<Record<Format, string>> = { jsonld: 'application/ld+json; charset=utf-8', json: 'application/json; charset=utf-8' }

/** 'jsonld' or 'json' when the address ends so or the reader prefers it to a page; undefined for a page. */
export function formatAsked(last: string, accept: string | undefined): { id: string; format: Format | undefined } {
  const suffix = /^(.+)\.(jsonld|json)$/.exec(last)
  return suffix ? { id: suffix[1]!, format: suffix[2] as Format } : { id: last, format: preferred(accept) }
}

function preferred(accept: string | undefined): Format | undefined {
  const wishes = (accept ?? '').split(',').map((part) => {
    const [type = '', ...params] = part.trim().toLowerCase().split(';').map((p) => p.trim())
    return { type, q: Number(params.find((p) => p.startsWith('q='))?.slice(2) ?? 1) }
  })
  const best = wishes.filter((w) => ['application/ld+json', 'application/json', 'text/html', '*/*', 'application/xhtml+xml'].includes(w.type) && w.q > 0).sort((a, b) => b.q - a.q)[0]
  return best?.type === 'application/ld+json' ? 'jsonld' : best?.type === 'application/json' ? 'json' : undefined
}

/** A version for programs: CPSV-AP as JSON-LD, or what the API says of it. Undefined when there is none. */
export async function machineVersion({ ctx }: Req, format: Format, code: string, version: number): Promise<BodyReply | undefined> {
  const found = await readExportedVersion(ctx.db, code, version, civilDate(ctx.now))
  if (!found) return undefined
  const at = addressesBelow(ctx.node.config.national.baseUrl)
  const body = format === 'jsonld' ? { '@context': at.context, '@graph': [datasetOf(at), publicServiceOf(at, found, await readLifeEvents(ctx.db))] } : plain(found)
  const canonical = `${at.version(code, version)}.${format}`
  return { kind: 'body', status: 200, body: JSON.stringify(body), headers: { 'content-type': types[format], vary: 'accept', link: `<${canonical}>; rel="canonical"`, 'access-control-allow-origin': '*' } }
}

const plain = ({ content, ...head }: ExportRow): object => ({ ...head, translated: content.name.en !== undefined, content: readContent(content) })
