/**
 * `npm run conformance:dmn`: runs the test cases of the DMN TCK and writes docs/dmn-conformance.md. Ends with 1 when level 2 is not whole or
 * level 3 is below the aim. Options: --tck FOLDER (its folders are named by level), else MOTCUA_DATA names the folder that holds
 * standards/dmn-tck; --dry (prints, writes nothing), --failures (prints every failure).
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../src/platform/root.ts'
import { reportOf, scoresOf } from './support/dmn-report.ts'
import { runCases, testFiles } from './support/run-dmn.ts'

const { values } = parseArgs({ options: { tck: { type: 'string', default: process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'standards/dmn-tck') : '' }, dry: { type: 'boolean', default: false }, failures: { type: 'boolean', default: false } } })
if (!values.tck || !existsSync(values.tck)) {
  console.error('The test cases are not part of the project: --tck names a folder of the DMN TCK (https://github.com/dmn-tck/tck, TestCases), or MOTCUA_DATA the folder that holds standards/dmn-tck.')
  process.exit(1)
}
const started = Date.now()
const results = (await runCases(testFiles(values.tck))).map((result) => ({ ...result, file: relative(values.tck, result.file) }))
if (results.length === 0) {
  console.error(`There are no test cases below ${values.tck}.`)
  process.exit(1)
}
const scores = scoresOf(results)
for (const { level, passed, cases } of scores) console.log(`${level}: ${passed} of ${cases} (${((100 * passed) / cases).toFixed(1)} %)`)
if (values.failures) for (const { file, id, failures } of results) for (const failure of failures) console.log(`${file} ${id}: ${failure}`)
console.log(`${((Date.now() - started) / 1000).toFixed(1)} s`)
if (!values.dry) writeFileSync(join(root, 'docs/dmn-conformance.md'), reportOf(results))
process.exit(scores.every(({ passed, cases, aim }) => passed >= aim * cases) ? 0 : 1)
