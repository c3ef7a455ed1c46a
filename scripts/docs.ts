import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../src/platform/root.ts'
import { generatedFolder, generators } from './docs/generated-files.ts'

/** `npm run docs` writes docs/generated; `npm run docs -- --check` only says which files are stale, and fails when there are any. */
const check = process.argv.includes('--check')
const stale: string[] = []
mkdirSync(join(root, generatedFolder), { recursive: true })
for (const [name, generate] of Object.entries(generators)) {
  const path = join(root, generatedFolder, name)
  const content = await generate()
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue
  stale.push(`${generatedFolder}/${name}`)
  if (!check) writeFileSync(path, content)
}
if (stale.length === 0) console.log('The generated documentation is up to date.')
else if (check) console.error(`Stale: ${stale.join(', ')}. Run npm run docs and commit the result.`)
else console.log(`Written: ${stale.join(', ')}.`)
process.exit(check && stale.length > 0 ? 1 : 0)
