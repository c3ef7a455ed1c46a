/**
 * `npm run conformance:vectors -- FOLDER`: judges signatures and encryptions made by others and writes docs/crypto-conformance.md. Ends with 1 when one is
 * judged wrongly. FOLDER holds wycheproof/ and jose-cookbook/; without it MOTCUA_DATA names the folder that holds them below standards. --dry prints and writes nothing.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../src/platform/root.ts'
import { isRight, runVectors } from './support/run-vectors.ts'
import { countVectors, reportOf } from './support/vectors-report.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dry: { type: 'boolean', default: false } } })
const folder = positionals[0] ?? (process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'standards') : '')
if (!folder || !existsSync(folder)) {
  console.error('The vectors are not part of the project: name a folder that holds wycheproof/ (https://github.com/C2SP/wycheproof, testvectors) and jose-cookbook/ (https://github.com/ietf-jose/cookbook), or let MOTCUA_DATA name the folder that holds standards/.')
  process.exit(1)
}
const results = await runVectors(folder)
if (results.length === 0) {
  console.error(`There are no vectors in ${folder}: it holds neither wycheproof/*.json nor jose-cookbook/{jws,jwe,jwk}/*.json.`)
  process.exit(1)
}
for (const { file, algorithm, judged, refused, wrong } of countVectors(results)) console.log(`${file} ${algorithm}: ${judged} judged, ${refused} refused by name, ${wrong} wrong`)
if (!values.dry) writeFileSync(join(root, 'docs/crypto-conformance.md'), reportOf(results))
process.exit(results.every(isRight) ? 0 : 1)
