import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { translator, type Lang } from '../platform/i18n.ts'
import { html, type Answer, type Call } from './http.ts'

const style = `
:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;font:18px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}
header{background:#3d3d3d;color:#fff;padding:12px 16px}header a{color:#fff}main{max-width:1100px;margin:0 auto;padding:16px}
nav a{margin-right:20px}h1{font-size:28px;line-height:1.2}.note{border-left:8px solid #8a6d00;padding:8px 16px;background:#fff8dc}
table{border-collapse:collapse;width:100%}.scroll{overflow-x:auto}caption{text-align:left;font-weight:700;padding:8px 0}
th,td{text-align:left;vertical-align:top;padding:8px 12px 8px 0;border-bottom:1px solid #b1b4b6}code{font:700 1.1em ui-monospace,monospace}
input,button{font:inherit;padding:8px 12px;border:2px solid #1a1a1a;border-radius:0}button{background:#1f4e79;color:#fff;border-color:#1f4e79;cursor:pointer}
label{display:block;font-weight:700}a{color:#1f4e79}a:focus,input:focus,button:focus,.scroll:focus{outline:3px solid #ffbf47;outline-offset:1px}
li{margin-bottom:16px}.people{list-style:none;padding:0}@media print{nav,form{display:none}}`

export const langOf = (call: Call): Lang => (call.url.searchParams.get('lang') === 'en' ? 'en' : 'vi')

/** One page of a stand-in: own plain look, so that nobody takes it for a page of the administration. */
export function standInPage(lang: Lang, titleKey: string, links: { href: string; key: string }[], content: ComponentChildren, status = 200, otherLang?: string): Answer {
  const t = translator(lang)
  const suffix = lang === 'en' ? '?lang=en' : ''
  return html(renderToString(
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{t(titleKey)}</title>
        <link rel="icon" href="data:," />
        <style>{style}</style>
      </head>
      <body>
        <header>
          {t('stand-ins.title')}
          {otherLang && <> · <a href={otherLang} lang={lang === 'vi' ? 'en' : 'vi'}>{t('stand-ins.language')}</a></>}
        </header>
        <main>
          <h1>{t(titleKey)}</h1>
          <p class="note">{t('stand-ins.warning')}</p>
          {links.length > 0 && <nav aria-label={t('stand-ins.title')}>{links.map(({ href, key }) => <a href={href + suffix}>{t(key)}</a>)}</nav>}
          {content}
        </main>
      </body>
    </html>,
  ), status)
}

/** A table in a box that scrolls sideways on a small screen and can be reached by keyboard. */
export function DataTable(props: { caption: string; heads: string[]; rows: ComponentChildren[][] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={props.caption}>
      <table>
        <caption>{props.caption}</caption>
        <thead><tr>{props.heads.map((head) => <th scope="col">{head}</th>)}</tr></thead>
        <tbody>{props.rows.map((row) => <tr>{row.map((cell) => <td>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  )
}
