// Checks a JSON dump of the catalogue without any connection: npm run verify-catalogue -- FILE [--keys FILE]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { JWK } from 'jose'
import { verifyDump } from '../src/modules/catalogue/open-data/verify-dump.ts'

const usage = `npm run verify-catalogue -- FILE [--keys FILE]
  FILE    danh-muc-….json.gz (or unpacked), from the open data page
  --keys  the publisher's key set, saved once from /.well-known/catalogue-keys.json; without it the keys in the file are taken`

class Usage extends Error {}

function readArgs() {
  try {
    return parseArgs({ allowPositionals: true, options: { keys: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    throw new Usage(`${(error as Error).message}\n${usage}`)
  }
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Usage(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function readKeys(file: string): JWK[] {
  try {
    const { keys } = JSON.parse(readFile(file).toString('utf8')) as { keys?: unknown }
    if (Array.isArray(keys)) return keys as JWK[]
  } catch (error) {
    if (error instanceof Usage) throw error
  }
  throw new Usage(`${file} is not a key set: it should hold {"keys":[…]} as served at /.well-known/catalogue-keys.json.`)
}

async function main(): Promise<void> {
  const { positionals, values } = readArgs()
  if (values.help || positionals.length !== 1) throw new Usage(usage)
  const verdict = await verifyDump(readFile(positionals[0]!), values.keys ? readKeys(values.keys) : undefined)
  for (const fault of verdict.faults.slice(0, 50)) console.error(fault)
  if (verdict.faults.length > 50) console.error(`… and ${verdict.faults.length - 50} more`)
  console.log(`${verdict.versions} versions, ${verdict.faults.length} faults, signed with ${verdict.kids.join(', ') || 'no key'}.`)
  if (!verdict.pinned) console.log('The keys were taken from the file itself. Compare the key id with the one that the national portal publishes, or give --keys.')
  if (verdict.faults.length > 0 || verdict.versions === 0) process.exitCode = 1
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
