// Builds what the browser gets: style sheets, fonts, island scripts, with hashed names and a manifest in build/assets.
// Does nothing when its inputs have not changed. Run with Node 24: node scripts/build-assets.mjs [--force]
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { evenFigures } from './even-figures.mjs'
import { joinNeighbours, printLast, purgeCss, usedClasses } from './purge-css.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const styles = join(root, 'src/ui/styles')
const islands = join(root, 'src/ui/islands')
const out = join(root, 'build/assets')
const govuk = join(root, 'node_modules/govuk-frontend/dist/govuk')
const fontFiles = join(root, 'node_modules/@fontsource/be-vietnam-pro/files')

/** Letters, digits and signs of Vietnamese and English, and what the pages draw with characters. */
const slices = {
  latin: ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\u00A0§©«°±²³·»¼½¾×ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýÄÖÜäöüßçÇñÑ–—‘’“”•…€™−',
  vietnamese: 'ĂăĐđĨĩŨũƠơƯư₫\u0300\u0301\u0303\u0309\u0323' + Array.from({ length: 0x1ef9 - 0x1ea0 + 1 }, (_, i) => String.fromCodePoint(0x1ea0 + i)).join(''),
}

/** Builds when needed; returns the manifest: plain name → hashed name. */
export async function buildAssets({ force = false } = {}) {
  const manifestFile = join(out, 'manifest.json')
  const stampFile = join(out, 'inputs.sha256')
  const used = usedClasses(join(root, 'src'))
  const stamp = inputStamp(used)
  if (!force && existsSync(manifestFile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return JSON.parse(readFileSync(manifestFile, 'utf8'))
  mkdirSync(out, { recursive: true })
  const files = { ...(await buildFonts()), ...(await buildIslands()) }
  const manifest = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, hashedName(name, bytes)]))
  for (const [name, css] of Object.entries(await buildStyles(manifest, used))) {
    files[name] = css
    manifest[name] = hashedName(name, css)
  }
  for (const [name, bytes] of Object.entries(files)) writeWhole(join(out, manifest[name]), bytes)
  writeWhole(manifestFile, JSON.stringify(manifest, null, 2))
  writeWhole(stampFile, stamp)
  const kept = new Set([...Object.values(manifest), 'manifest.json', 'inputs.sha256'])
  for (const file of readdirSync(out)) if (!kept.has(file) && isOld(join(out, file))) rmSync(join(out, file), { force: true })
  return manifest
}

/** A node that started before this build still names the files of the build before. */
function isOld(file) {
  const found = statSync(file, { throwIfNoEntry: false })
  return found !== undefined && Date.now() - found.mtimeMs > 24 * 3_600_000
}

function inputStamp(used) {
  const hash = createHash('sha256')
  const take = (file) => hash.update(file).update(readFileSync(file))
  take(fileURLToPath(import.meta.url))
  for (const name of ['purge-css.mjs', 'even-figures.mjs']) take(join(root, 'scripts', name))
  hash.update(JSON.stringify([[...used.names].sort(), used.beginnings]))
  for (const folder of [styles, islands]) for (const name of readdirSync(folder, { recursive: true }).sort()) if (!name.includes('.test.') && statSync(join(folder, name)).isFile()) take(join(folder, name))
  for (const name of ['govuk-frontend', '@fontsource/be-vietnam-pro', 'sass', 'esbuild', 'subset-font', 'bpmn-js', 'diagram-js']) take(join(root, 'node_modules', name, 'package.json'))
  return hash.digest('hex')
}

const hashedName = (name, bytes) => name.replace(/(\.\w+)$/, `-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}$1`)

/** Several processes may build at the same time: a file appears whole or not at all. */
function writeWhole(file, bytes) {
  const part = `${file}.${process.pid}.part`
  writeFileSync(part, bytes)
  renameSync(part, file)
}

async function buildFonts() {
  const { default: subsetFont } = await import('subset-font')
  const files = {}
  for (const [slice, characters] of Object.entries(slices)) {
    for (const weight of [400, 700]) {
      const source = readFileSync(join(fontFiles, `be-vietnam-pro-${slice}-${weight}-normal.woff2`))
      files[`${slice}-${weight}.woff2`] = await subsetFont(source, characters, { targetFormat: 'woff2', keepFeatures: ['ccmp', 'kern', 'locl', 'mark', 'mkmk'] })
    }
  }
  for (const weight of [400, 700]) {
    const source = readFileSync(join(fontFiles, `be-vietnam-pro-latin-${weight}-normal.woff2`))
    const digits = await subsetFont(source, '0123456789', { targetFormat: 'truetype', keepFeatures: [] })
    files[`figures-${weight}.woff2`] = await subsetFont(evenFigures(digits), '0123456789', { targetFormat: 'woff2', keepFeatures: [] })
  }
  return files
}

/** Scripts, and the style sheet of one that brings its own. */
async function buildIslands() {
  const { build } = await import('esbuild')
  const names = readdirSync(islands).filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
  const result = await build({ entryPoints: names.map((name) => join(islands, name)), bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, outdir: out, legalComments: 'none' })
  return Object.fromEntries(result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]))
}

async function buildStyles(manifest, used) {
  const { compileAsync, Logger } = await import('sass')
  const { transform } = await import('esbuild')
  const importer = { findFileUrl: (url) => (url === 'govuk' || url.startsWith('govuk/') ? new URL(url.slice(6), `${pathToFileURL(govuk)}/`) : null) }
  const files = {}
  for (const name of ['app', 'desk']) {
    const { css } = await compileAsync(join(styles, `${name}.scss`), { style: 'compressed', importers: [importer], logger: Logger.silent })
    const { code } = await transform(printLast(purgeCss(slim(css), used)), { loader: 'css', minify: true, target: ['chrome109', 'firefox115', 'safari16'], legalComments: 'none' })
    const linked = joinNeighbours(withoutOldBrowsers(code)).replace(/url\("?font:([\w.-]+)"?\)/g, (_, font) => `url(${manifest[font]})`)
    files[`${name}.css`] = Buffer.from(linked)
  }
  return files
}

/** Without what is said once for the whole page: the face (the body has it) and the fall-back values of properties that :root always sets. */
function slim(css) {
  return css.replace(/^\uFEFF/, '')
    .replace(/var\((--govuk-[\w-]+-colour), ?#[0-9a-f]+\)/gi, 'var($1)')
    .replace(/var\((--mc-brand), ?#[0-9a-f]+\)/gi, 'var($1)')
    .replace(/(?<!body\{|@font-face\{)font-family:"Be Vietnam Pro",[^;}]*[;]?/g, '')
    .replace(/-(webkit|moz)-(osx-)?font-smoothing:[^;}]*;?/g, '')
}

/** Without what only browsers before those of the target need. */
function withoutOldBrowsers(css) {
  const block = '(?:[^{}]*\\{[^{}]*\\})+'
  return css
    .replace(new RegExp(`@media ?\\(max-width:19\\.99em\\)\\{${block}\\}`, 'g'), '')
    .replace(new RegExp(`@supports not \\(text-wrap: ?balance\\)\\{${block}\\}`, 'g'), '')
    .replace(new RegExp(`@supports not \\(caret-color: ?auto\\)\\{${block}\\}`, 'g'), '')
    .replace(new RegExp(`@supports (?:\\((?:margin|padding|border-width): ?max\\(0px\\)\\)|\\(position: ?-webkit-sticky\\) or \\(position: ?sticky\\))\\{(${block})\\}`, 'g'), '$1')
    .replace(new RegExp(`@supports not \\(-ms-ime-align: ?auto\\)\\{(${block})\\}`, 'g'), '$1')
    .replace(/-webkit-(clip-path|text-decoration[\w-]*|box-decoration-break|appearance):[^;}]*;?/g, '')
    .replace(/,\(-ms-high-contrast: ?active\)/g, '')
    .replace(/-ms-user-select:[^;}]*;?/g, '')
    .replace(new RegExp(`@media screen(?:\\ufffd|\\\\fffd)[^{}]*\\{${block}\\}`, 'g'), '')
    .replace(/(?<=^|[};])[^{}@;]*(?:::-moz-focus-inner|::-webkit-details-marker)\{[^{}]*\}/g, '')
    .replace(/-moz-text-size-adjust:[^;}]*;?|width:-webkit-fit-content;|;?text-decoration-skip:none/g, '')
    .replace(/:root\{--govuk-(?:breakpoint|frontend)-[^{}]*\}/g, '')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const manifest = await buildAssets({ force: process.argv.includes('--force') })
  for (const [name, built] of Object.entries(manifest)) {
    const bytes = readFileSync(join(out, built))
    console.log(`${name.padEnd(22)} ${String(bytes.length).padStart(7)} bytes ${String(gzipSync(bytes).length).padStart(7)} gzipped`)
  }
}
