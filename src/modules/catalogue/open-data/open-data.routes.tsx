import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatDateTime, formatNumber, type Lang } from '../../../platform/i18n.ts'
import { Breadcrumbs, Details, EmptyState, Table, usePage } from '../../../ui/index.ts'
import { publishedKeys } from '../../exchange/index.ts'
import { errors } from '../catalogue.errors.ts'
import { homePath } from '../pages/hrefs.ts'
import { addressesBelow, contextPath, keysPath, openDataPath } from './addresses.ts'
import { cpsvApContext } from './cpsv-ap-context.ts'
import { earlierDumps, findDump, latestDumps, type Dump } from './dump.store.ts'

export const dumpPath = '/du-lieu-mo/tap-tin/:name'
export const dumpHref = (name: string): string => `/du-lieu-mo/tap-tin/${name}`
const signatureHref = (name: string): string => `${dumpHref(name)}.jws`

const open = { 'access-control-allow-origin': '*' }

/** Open data of the catalogue: files with their checks, the context of the linked data, and the keys that the signatures are checked with. */
export const openDataRoutes: readonly Route[] = [
  { method: 'GET', path: '/du-lieu-mo', access: 'public', handler: async ({ ctx }) => {
    const [latest, earlier] = await Promise.all([latestDumps(ctx.db), earlierDumps(ctx.db, 30)])
    return page(<OpenDataPage latest={latest} earlier={earlier} at={addressesBelow(ctx.node.config.national.baseUrl).version('1.001193', 1)} />, { title: ctx.t('catalogue.openData.title') })
  } },
  { method: 'GET', path: '/du-lieu-mo/tap-tin/:name', access: 'public', kind: 'raw', handler: async ({ ctx, params }) => await download(ctx, params.name!) },
  { method: 'GET', path: '/api/v1/catalogue/cpsv-ap.context.jsonld', access: 'public', kind: 'raw', handler: ({ ctx }) => machine(JSON.stringify({ '@context': cpsvApContext(addressesBelow(ctx.node.config.national.baseUrl)) }), 'application/ld+json; charset=utf-8') },
  { method: 'GET', path: '/.well-known/catalogue-keys.json', access: 'public', kind: 'raw', handler: async ({ ctx }) => {
    const keys = await publishedKeys(ctx.db, ctx.node.config.national.code)
    return machine(JSON.stringify({ keys: keys.map((k) => ({ ...k.jwk, kid: k.kid, alg: 'EdDSA', use: 'sig', nbf: Math.floor(k.validFrom.getTime() / 1000), exp: Math.floor(k.validTo.getTime() / 1000) })) }), 'application/jwk-set+json; charset=utf-8')
  } },
  { method: 'GET', path: '/.well-known/catalogue-key.pem', access: 'public', kind: 'raw', handler: async ({ ctx }) => {
    const [key] = await publishedKeys(ctx.db, ctx.node.config.national.code)
    return machine(key ? pemOf(key.jwk.x!) : '', 'application/x-pem-file')
  } },
]

/** A local node has the same catalogue, but the files are made and signed in one place. */
export const openDataAtNational: Route = {
  method: 'GET', path: '/du-lieu-mo', access: 'public', handler: ({ ctx }) => redirect(`${ctx.node.config.national.baseUrl}${openDataPath}`, { external: true }),
}

const machine = (body: string, type: string): Reply => ({ kind: 'body', status: 200, body, headers: { 'content-type': type, 'cache-control': 'public, max-age=300', ...open } })

/** An Ed25519 public key in the form that OpenSSL reads (RFC 8410). */
function pemOf(x: string): string {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(x, 'base64url')])
  return `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
}

const fileTypes: Readonly<Record<Dump['format'], string>> = { json: 'application/gzip', jsonld: 'application/gzip', csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

async function download(ctx: Ctx, asked: string): Promise<Reply> {
  const name = asked.replace(/\.jws$/, '')
  const dump = await findDump(ctx.db, name)
  if (!dump) throw errors.DUMP_NOT_FOUND({ name: asked.slice(0, 80) })
  if (asked !== name) return machine(dump.signature, 'application/jose')
  const bytes = await ctx.node.files.get(dump.fileId)
  return {
    kind: 'body', status: 200, body: bytes,
    // A file never changes under its name.
    headers: { 'content-type': fileTypes[dump.format], 'content-disposition': `attachment; filename="${dump.name}"`, 'cache-control': 'public, max-age=31536000, immutable', ...open },
  }
}

const sizeWords = (bytes: number, lang: Lang): string => `${formatNumber(Math.max(0.1, Math.round(bytes / 104_857.6) / 10), lang)} MB`

function OpenDataPage({ latest, earlier, at }: { latest: readonly Dump[]; earlier: readonly Dump[]; at: string }): VNode {
  const { t } = usePage()
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.openData.title') }]} />
      <h1 class="govuk-heading-l">{t('catalogue.openData.title')}</h1>
      <p class="govuk-body-l">{t('catalogue.openData.lead')}</p>
      {latest.length === 0 ? <EmptyState title={t('catalogue.openData.none')}><p>{t('catalogue.openData.noneAdvice')}</p></EmptyState> : <Files dumps={latest} caption={t('catalogue.openData.latest', { at: formatDateTime(latest[0]!.madeAt) })} />}
      {earlier.length > 0 && <Details summary={t('catalogue.openData.earlier')}><Files dumps={earlier} caption={t('catalogue.openData.earlier')} /></Details>}
      <h2 class="govuk-heading-m">{t('catalogue.openData.single')}</h2>
      <p class="govuk-body">{t('catalogue.openData.singleText')}</p>
      <ul class="govuk-list govuk-list--bullet"><li><span class="mc-code">{at}.jsonld</span></li><li><span class="mc-code">{at}.json</span></li></ul>
      <h2 class="govuk-heading-m">{t('catalogue.openData.check')}</h2>
      <p class="govuk-body">{t('catalogue.openData.checkText')}</p>
      <ul class="govuk-list govuk-list--bullet">
        <li><a class="govuk-link" href={keysPath}>{t('catalogue.openData.keys')}</a></li>
        <li><a class="govuk-link" href="/.well-known/catalogue-key.pem">{t('catalogue.openData.pem')}</a></li>
        <li><a class="govuk-link" href={contextPath}>{t('catalogue.openData.context')}</a></li>
        <li><a class="govuk-link" href="/api/v1/openapi.json">{t('catalogue.openData.api')}</a></li>
      </ul>
    </>
  )
}

function Files({ dumps, caption }: { dumps: readonly Dump[]; caption: string }): VNode {
  const { t, lang } = usePage()
  return (
    <Table caption={caption} wide columns={[{ header: t('catalogue.openData.file') }, { header: t('catalogue.openData.content') }, { header: t('catalogue.openData.entries'), numeric: true }, { header: t('catalogue.openData.size'), numeric: true }, { header: t('catalogue.openData.sha') }, { header: t('catalogue.openData.signature') }]}
      rows={dumps.map((d) => [
        <a class="govuk-link" href={dumpHref(d.name)}>{d.name}</a>, t(`catalogue.openData.about.${d.format}`), formatNumber(d.entries, lang), sizeWords(d.size, lang), <code class="mc-code">{d.fileId}</code>, <a class="govuk-link" href={signatureHref(d.name)}>JWS</a>,
      ])} />
  )
}
