import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readBpmn, writeBpmn } from '../../src/modules/process/bpmn-document.ts'
import { drawPictures } from '../../src/modules/process/drawing/draw-pictures.ts'
import { readScenes } from '../../src/modules/process/drawing/read-scenes.ts'
import { measure } from '../../src/modules/process/drawing/svg-text.ts'
import { symbols } from '../../src/modules/process/drawing/symbols.ts'
import { root } from '../../src/platform/root.ts'
import { decodeXml } from '../../src/platform/xml.ts'
import { isWhole, reportOf } from './support/bpmn-report.ts'
import { checkBpmn } from './support/check-bpmn.ts'
import { compareXml } from './support/compare-xml.ts'
import { readXml } from './support/xml-tree.ts'

const model = (name: string): Buffer => readFileSync(join(root, 'test/conformance/models', name))
const everyShape = model('every-shape.bpmn')
const withoutDiagram = model('without-diagram.bpmn')

const data = process.env.MOTCUA_DATA ? join(process.env.MOTCUA_DATA, 'bpmn') : ''
const missing = data && existsSync(data) ? false : 'MOTCUA_DATA names no folder with bpmn/'

describe('a BPMN file', () => {
  test('with one of every shape is read without a warning, written without a difference and drawn whole', async () => {
    const result = await checkBpmn(everyShape)
    assert.deepEqual({ ...result, processes: [] }, { warnings: [], elements: 237, differences: [], toDraw: 58, drawn: 58, undrawn: [], shortened: [], processes: [] })
    assert.match(result.processes[0]!.problems.join('\n'), /ScriptTask cannot run: Script\./)
  })

  test('is written with every sign that it had, whatever its encoding', async () => {
    const written = writeBpmn((await readBpmn(decodeXml(everyShape)))!)
    assert.match(written, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<b:definitions /)
    assert.match(written, /name="Lettre d'appel n° 1"/)
    assert.match(written, /deep="&#10;two lines"/)
    assert.match(written, /<tool:two a="1">x<\/tool:two> mixed <tool:three \/>/)
    const utf16 = Buffer.concat([Buffer.from([0xFF, 0xFE]), Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>Hồ sơ &#128196;</a>', 'utf16le')])
    assert.equal(decodeXml(utf16), '<a>Hồ sơ &#128196;</a>')
    assert.equal(decodeXml(Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>Hồ sơ</a>')), '<a>Hồ sơ</a>')
  })

  test('may name by qualified names, have ids beyond ASCII, shapes with the ids of their elements and HTML in its notes', async () => {
    const text = decodeXml(everyShape).replaceAll('bpmnElement="', 'bpmnElement="tns:').replace('<b:definitions ', '<b:definitions xmlns:tns="urn:example" ').replace(/\bt_manual\b/g, 'bước_1')
      .replace('id="step_shape"', 'id="step"').replace(/<b:text>.*<\/b:text>/, '<b:text><html xmlns="http://www.w3.org/1999/xhtml"><p>A <b>short</b> note</p></html></b:text>')
    const result = await checkBpmn(Buffer.from(text))
    assert.deepEqual({ ...result, processes: [] }, { warnings: [], elements: 240, differences: [], toDraw: 58, drawn: 58, undrawn: [], shortened: [], processes: [] })
    const diagramFirst = text.replace(/(<b:definitions [^>]*>)([\s\S]*)(<d:BPMNDiagram[\s\S]*<\/d:BPMNDiagram>)/, '$1$3$2')
    assert.deepEqual((await checkBpmn(Buffer.from(diagramFirst))).warnings, [])
    assert.equal((await readBpmn(text))!.root.attributes['xmlns:tns'], 'urn:example')
    assert.equal(decodeXml(Buffer.from('<?xml version="1.0" encoding="MacRoman"?><a>\x8e</a>', 'latin1')), '<a>é</a>')
  })

  test('without a diagram is drawn in our layout, and runs to its end', async () => {
    const result = await checkBpmn(withoutDiagram)
    assert.deepEqual(result.processes, [{ name: 'Cấp thẻ thư viện xã', problems: [] }])
    assert.deepEqual(result.undrawn, [])
    assert.ok(isWhole(result))
  })

  test('says what it could not place, what the diagram leaves out and what cannot run', async () => {
    const text = withoutDiagram.toString().replace('sourceRef="print"', 'sourceRef="nobody"').replace('<userTask id="print" name="In thẻ"', '<scriptTask id="print" name="In thẻ"').replace('<endEvent id="given"', '<surprise/><endEvent id="given"')
    const result = await checkBpmn(Buffer.from(text))
    assert.equal(isWhole(result), false)
    assert.deepEqual(result.warnings?.map((warning) => warning.replace(/ <.*/, '')), ['unknown attribute', 'unknown attribute', 'unparsable content', 'unresolved reference'])
    assert.deepEqual(result.differences, [])
    assert.deepEqual(result.undrawn, ['c'])
    assert.match(result.processes[0]!.problems.join(), /ScriptTask cannot run: In thẻ/)
    assert.match(reportOf([{ file: 'x.bpmn', ...result }]), /\| x\.bpmn \| 4 warnings \| 15 \| 0 \| own layout \| 0 \| 0 of 1 \|/)
  })

  test('that is none is told as such', async () => {
    for (const text of ['', 'x', '<html/>', '<a>', '%PDF-1.7']) assert.equal((await checkBpmn(Buffer.from(text))).warnings, undefined)
  })

  test('of the interchange working group is whole', { skip: missing }, async () => {
    const folder = join(data, 'miwg')
    const files = readdirSync(folder).filter((name) => name.endsWith('.bpmn'))
    assert.ok(files.length > 0)
    for (const name of files) {
      const result = await checkBpmn(readFileSync(join(folder, name)))
      assert.ok(isWhole(result), `${name}: ${JSON.stringify({ ...result, processes: [] })}`)
      assert.deepEqual(result.shortened, [], name)
    }
  })
})

describe('the comparison', () => {
  const text = decodeXml(everyShape)
  const differences = (from: string | RegExp, to: string | ((whole: string, sign?: string) => string)): string[] => {
    const changed = text.replace(from, typeof to === 'string' ? () => to : to)
    assert.notEqual(changed, text)
    return compareXml(readXml(text), readXml(changed))
  }

  test('sees a lost, changed or added attribute, text, element, order and namespace', () => {
    assert.deepEqual(differences(' tool:colour="red"', ''), ['definitions/process[1]/userTask[1]/@{urn:example:tool}colour: "red" became nothing'])
    assert.deepEqual(differences(' isForCompensation="false"', ''), ['definitions/process[1]/userTask[1]/@isForCompensation: "false" became nothing'])
    assert.equal(differences('Kept <as it is>', 'Kept <as it was>').length, 1)
    assert.equal(differences('<tool:three/>', '').length, 1)
    assert.equal(differences('<b:outgoing>f2</b:outgoing><b:outgoing>f3</b:outgoing>', '<b:outgoing>f3</b:outgoing><b:outgoing>f2</b:outgoing>').length, 2)
    assert.equal(differences('<b:dataStore id', '<b:dataStore name2="x" id').length, 1)
    assert.equal(differences('xmlns:xsd="http://www.w3.org/2001/XMLSchema"', 'xmlns:xsd="urn:other"').length, 1)
    assert.equal(differences('y="212.0"', 'y="213.0"').length, 1)
    assert.equal(differences('<b:signal id="alarm" name="Alarm"/>\n  <b:error id="fault" errorCode="E1"/>', '<b:error id="fault" errorCode="E1"/>\n  <b:signal id="alarm" name="Alarm"/>').length, 1)
  })

  test('does not look at prefixes, order of attributes, comments and layout', () => {
    assert.deepEqual(differences(/<!--.*-->/, '<!-- other -->'), [])
    assert.deepEqual(differences(/\n\s*/g, '\n'), [])
    assert.deepEqual(differences(/([< /:"])b:|xmlns:b=/g, (_, sign) => (sign === undefined ? 'xmlns:bpmn=' : `${sign}bpmn:`)), [])
    assert.deepEqual(differences('id="begin" name="Called"', 'name="Called" id="begin"'), [])
    assert.deepEqual(differences('<![CDATA[Kept <as it is> & whole]]>', 'Kept &lt;as it is&gt; &amp; whole'), [])
  })
})

describe('the drawing', () => {
  const draw = async (file: Buffer): Promise<string> => drawPictures(readScenes((await readBpmn(decodeXml(file)))!.definitions), 'vi', {}, { id: 'x', title: 'file' }).map((picture) => picture.svg).join('')

  test('is one image with a name and a description of what it shows', async () => {
    const svg = await draw(everyShape)
    assert.match(svg, /^<svg [^>]*role="img"[^>]*aria-labelledby="process-x-title process-x-desc"/)
    assert.match(svg, /<desc id="process-x-desc">[^<]*Called; [^<]*Look at what was sent/)
  })

  test('has the sign of every kind of task, event and gateway', async () => {
    const svg = await draw(everyShape)
    for (const name of ['user', 'manual', 'service', 'script', 'rule', 'message', 'timer', 'escalation', 'conditional', 'link', 'error', 'cancel', 'compensation', 'signal', 'terminate', 'multiple', 'parallel-multiple', 'exclusive', 'parallel', 'inclusive', 'complex', 'event-based', 'event-based-start', 'event-based-parallel'] as const) {
      assert.ok(svg.includes(`"${symbols[name]}"`), name)
    }
  })

  test('keeps every name within its shape, and everything within the picture', async () => {
    const scenes = readScenes((await readBpmn(decodeXml(everyShape)))!.definitions)
    const svg = await draw(everyShape)
    const texts = [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)" text-anchor="middle" font-size="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, size, text]) => ({ x: Number(x), y: Number(y), half: measure(text!.replaceAll('&#38;', '&'), Number(size)) / 2, text: text! }))
    const [, left, top, width, height] = /viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number) as [number, number, number, number, number]
    for (const { x, y, half, text } of texts) assert.ok(x - half >= left && x + half <= left + width && y - 9 >= top && y <= top + height, text)
    for (const { name, box, shape } of scenes.flatMap(({ figures }) => figures)) {
      if (shape !== 'activity') continue
      const own = texts.filter(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height && box.width < 150)
      for (const { x, half, text } of own) assert.ok(x - half >= box.x && x + half <= box.x + box.width, text)
      if (box.width < 110) assert.equal(own.map(({ text }) => text).join(' '), name.vi)
    }
  })
})
