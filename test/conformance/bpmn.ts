/**
 * `npm run conformance:bpmn`: reads, writes, draws and judges BPMN files and writes docs/bpmn-conformance.md. Ends with 1 when a file is not
 * imported without a warning, written again without a difference and drawn whole. Arguments: folders or files, else MOTCUA_DATA names the folder
 * that holds bpmn/. Options: --dry (prints, writes nothing), --pictures FOLDER (writes every drawing there, one SVG for each).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeXml } from '../../src/platform/xml.ts'
import { root } from '../../src/platform/root.ts'
import { readBpmn } from '../../src/modules/process/bpmn-document.ts'
import { drawPictures } from '../../src/modules/process/drawing/draw-pictures.ts'
import { readScenes } from '../../src/modules/process/drawing/read-scenes.ts'
import { isWhole, reportOf, type FileResult } from './support/bpmn-report.ts'
import { checkBpmn } from './support/check-bpmn.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dry: { type: 'boolean', default: false }, pictures: { type: 'string' } } })
const places = positionals.length > 0 ? positionals : process.env.MOTCUA_DATA ? [join(process.env.MOTCUA_DATA, 'bpmn')] : []
const files = places.flatMap(filesAt).sort()
if (files.length === 0) {
  console.error('The models are not part of the project: name a folder of BPMN files (for example of https://github.com/bpmn-miwg/bpmn-miwg-test-suite), or in MOTCUA_DATA the folder that holds bpmn/.')
  process.exit(1)
}
const results: FileResult[] = []
for (const file of files) {
  const result = { file: `${basename(dirname(file))}/${basename(file)}`, ...(await checkBpmn(readFileSync(file))) }
  results.push(result)
  console.log(`${isWhole(result) ? 'whole' : 'NOT WHOLE'} ${result.file}: ${result.warnings?.length ?? 'no BPMN,'} warnings, ${result.differences.length} differences in ${result.elements} elements, ${result.drawn} of ${result.toDraw} drawn, ${result.processes.filter(({ problems }) => problems.length === 0).length} of ${result.processes.length} processes run`)
  if (values.pictures) await writePictures(file, values.pictures)
}
if (!values.dry) writeFileSync(join(root, 'docs/bpmn-conformance.md'), reportOf(results))
process.exit(results.every(isWhole) ? 0 : 1)

function filesAt(place: string): string[] {
  if (!existsSync(place)) return []
  if (statSync(place).isFile()) return [place]
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bpmn')).map((name) => join(place, name))
}

async function writePictures(file: string, folder: string): Promise<void> {
  const document = await readBpmn(decodeXml(readFileSync(file)))
  if (!document) return
  mkdirSync(folder, { recursive: true })
  const name = basename(file, '.bpmn')
  drawPictures(readScenes(document.definitions), 'vi', {}, { id: 'file', title: name }).forEach(({ svg }, i) => writeFileSync(join(folder, `${name}${i === 0 ? '' : `-${i + 1}`}.svg`), svg))
}
