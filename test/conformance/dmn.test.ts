import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readModel } from '../../src/modules/decisions/dmn/read-model.ts'
import { writeModel } from '../../src/modules/decisions/dmn/write-model.ts'
import { filesBelow } from './support/files-below.ts'
import { scoresOf } from './support/dmn-report.ts'
import { runCases, testFiles } from './support/run-dmn.ts'

const folder = process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'standards/dmn-tck') : ''
const skip = folder && existsSync(folder) ? false : 'MOTCUA_DATA names no folder with standards/dmn-tck'

test('all cases of level 2 pass, and of level 3 at least the share of the best JavaScript engine', { skip }, async () => {
  const scores = scoresOf(await runCases(testFiles(folder)))
  assert.deepEqual(scores.filter(({ passed, cases, aim }) => passed < aim * cases), [])
})

test('every model of the suite is written as it was read', { skip }, () => {
  for (const { path, text } of filesBelow(folder, '.dmn')) {
    const model = readModel(text)
    assert.deepEqual(readModel(writeModel(model)), model, path)
  }
})

test('a case that takes too long has failed, and those after it are run', async (t) => {
  const scratch = mkdtempSync(join(tmpdir(), 'motcua-dmn-'))
  t.after(() => rmSync(scratch, { recursive: true, force: true }))
  const decision = (name: string, text: string): string => `<decision id="${name}" name="${name}"><variable name="${name}"/><literalExpression><text>${text}</text></literalExpression></decision>`
  writeFileSync(join(scratch, 'm.dmn'), `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">${decision('slow', 'count(for a in 1..2000, b in 1..900 return a)')}${decision('quick', '1 + 1')}</definitions>`)
  const one = (name: string, value: string): string => `<testCase id="${name}"><resultNode name="${name}"><expected><value xsi:type="xsd:decimal">${value}</value></expected></resultNode></testCase>`
  writeFileSync(join(scratch, 't.xml'), `<testCases xmlns:xsi="x" xmlns:xsd="y"><modelName>m.dmn</modelName>${one('slow', '0')}${one('quick', '2')}</testCases>`)
  writeFileSync(join(scratch, 'u.xml'), '<testCases><broken')
  const results = await runCases(testFiles(scratch), 150)
  assert.deepEqual(results.map(({ id, failures }) => ({ id, failures })), [{ id: 'slow', failures: ['took too long or too much memory'] }, { id: 'quick', failures: [] }, { id: 'the file cannot be read', failures: results.at(-1)!.failures }])
  assert.equal(results.at(-1)!.failures.length, 1)
})
