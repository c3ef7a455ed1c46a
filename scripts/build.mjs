// Bundles the programs and makes the assets; does nothing when no source changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bundles = {
  country: 'src/country.ts',
  main: 'src/node-process.ts',
  'add-administrator': 'src/add-administrator.ts',
  'stand-ins': 'src/stand-ins/main.ts',
  'tables-worker': 'src/modules/catalogue/open-data/tables-worker.ts',
  'typeset-worker': 'src/modules/documents/typeset-worker.ts',
}

/** @returns {Promise<boolean>} whether anything had to be built */
export async function build() {
  const hash = hashOf(inputs())
  const stamp = join(root, 'build/.inputs')
  const outputs = Object.keys(bundles).map((name) => join(root, `build/${name}.js`))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((file) => existsSync(file))) return false
  mkdirSync(join(root, 'build'), { recursive: true })
  // Compiled code of the programs as they were; the next start fills it anew.
  rmSync(join(root, 'build/compile-cache'), { recursive: true, force: true })
  await Promise.all([bundle(), assets()])
  writeFileSync(stamp, hash)
  return true
}

async function bundle() {
  const { build: esbuild } = await import('esbuild')
  await esbuild({
    absWorkingDir: root,
    entryPoints: Object.entries(bundles).map(([out, file]) => ({ in: file, out })),
    outdir: 'build',
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    packages: 'external',
    sourcemap: 'linked',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
}

async function assets() {
  const script = new URL('build-assets.mjs', import.meta.url)
  if (!existsSync(script)) return
  const { buildAssets } = await import(script.href)
  await buildAssets()
}

function inputs() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(m?[jt]sx?|scss|css|svg)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  return [...sources.sort(), ...['package-lock.json', 'scripts/build.mjs', 'scripts/build-assets.mjs'].map((file) => join(root, file))].filter((file) => existsSync(file))
}

function hashOf(files) {
  const hash = createHash('sha256').update(process.version)
  for (const file of files) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now()
  try {
    if (await build()) console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  } catch (error) {
    // esbuild has printed its own list of errors by now.
    if (!error.errors) console.error(error)
    console.error('The build failed; the messages above say where.')
    process.exit(1)
  }
}
