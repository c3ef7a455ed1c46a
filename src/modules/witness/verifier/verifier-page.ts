import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lang, Translate } from '../../../platform/i18n.ts'
import { root } from '../../../platform/root.ts'

const program = readFileSync(join(root, 'src/modules/witness/verifier/verifier.js'), 'utf8')

const reasons = ['holds', 'fails', 'event', 'subject', 'claimed', 'seen', 'malformed', 'policy', 'signature', 'log', 'quorum', 'inclusion'] as const
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/**
 * A page to keep and open without a network, which checks proofs of this node's log with the keys that stand in it. All in one file: no style, script or picture comes from elsewhere.
 */
export function verifierPage(t: Translate, lang: Lang, policy: string): string {
  const words = JSON.stringify(Object.fromEntries(reasons.map((reason) => [reason, t(`witness.verifier.${reason}`)]))).replaceAll('<', '\\u003c')
  const say = (key: string): string => escape(t(`witness.verifier.${key}`))
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('title')}</title>
<style>body{font:1.1rem/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}textarea{width:100%;box-sizing:border-box;font:.85rem monospace}label{display:block;font-weight:700;margin:1.5rem 0 .5rem}p{overflow-wrap:anywhere}</style>
</head>
<body>
<main>
<h1>${say('title')}</h1>
<p>${say('lead')}</p>
<label for="file">${say('file')}</label>
<input type="file" id="file">
<div id="result" role="status"></div>
<label for="policy">${say('keys')}</label>
<p id="keys-hint">${say('keysHint')}</p>
<textarea id="policy" rows="8" spellcheck="false" aria-describedby="keys-hint">${escape(policy)}</textarea>
</main>
<script type="application/json" id="words">${words}</script>
<script type="module">
${program}</script>
</body>
</html>
`
}
