import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { BareLayout } from './layouts/bare-layout.tsx'
import { DeskLayout } from './layouts/desk-layout.tsx'
import { PortalLayout } from './layouts/portal-layout.tsx'
import { brandCss } from './brand.ts'
import type { PageContext } from './page-context.ts'
import { PageScope, type RenderedPage } from './use-page.ts'

export interface DocumentOptions {
  /** In the reader's language, without the node's name. */
  readonly title: string
  readonly layout?: 'portal' | 'desk' | 'bare'
  readonly description?: string
  /** More islands than the components ask for themselves. */
  readonly islands?: readonly string[]
  /** HTTP status; 400 puts "Lỗi:" before the title, so that it is the first thing read. */
  readonly status?: number
}

const layouts = {
  portal: { Layout: PortalLayout, body: 'mc-portal', css: 'app.css' },
  desk: { Layout: DeskLayout, body: 'mc-desk', css: 'desk.css' },
  bare: { Layout: BareLayout, body: 'mc-bare', css: 'app.css' },
}

/** The complete HTML of a page. */
export function renderDocument(content: VNode, page: PageContext, options: DocumentOptions): string {
  const wanted = new Set([...page.islands, ...(options.islands ?? [])])
  const scope: RenderedPage = { ...page, wanted }
  const { Layout, body: bodyClass, css } = layouts[options.layout ?? 'portal']
  const body = renderToString(<PageScope.Provider value={scope}><Layout>{content}</Layout></PageScope.Provider>)
  const head = renderToString(<Head page={page} options={options} css={css} scripts={[...wanted]} />)
  return `<!doctype html><html lang="${page.lang}" class="govuk-template">${head}<body class="govuk-template__body ${bodyClass}">${body}</body></html>`
}

/** Part of a page, for tests and for pieces that are exchanged. */
export function renderFragment(content: VNode, page: PageContext): string {
  const scope: RenderedPage = { ...page, wanted: new Set() }
  return renderToString(<PageScope.Provider value={scope}>{content}</PageScope.Provider>)
}

function Head({ page, options, css, scripts }: { page: PageContext; options: DocumentOptions; css: string; scripts: readonly string[] }): VNode {
  const name = (page.brand.shortName ?? page.brand.name)[page.lang]
  const prefix = options.status === 400 ? `${page.t('ui.error.prefix')} ` : ''
  return (
    <head>
      <meta charSet="utf-8" />
      <title>{`${prefix}${options.title} – ${name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="description" content={options.description ?? page.t('ui.description', { name: page.brand.name[page.lang] })} />
      <meta name="theme-color" content={page.brand.colour} />
      <link rel="icon" href="/emblem.svg" type="image/svg+xml" />
      <link rel="preload" href={page.assets('latin-400.woff2')} as="font" type="font/woff2" crossOrigin="anonymous" />
      <link rel="preload" href={page.assets('vietnamese-400.woff2')} as="font" type="font/woff2" crossOrigin="anonymous" />
      <link rel="stylesheet" href={page.assets(css)} />
      <style nonce={page.nonce}>{brandCss(page.brand)}</style>
      {scripts.map((script) => <script type="module" src={page.assets(`${script}.js`)} nonce={page.nonce} />)}
    </head>
  )
}
