import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../../platform/root.ts'
import { decodeXml } from '../../../platform/xml.ts'
import { readBpmn } from '../bpmn-document.ts'
import { draw } from '../testing.ts'
import { drawPictures } from './draw-pictures.ts'
import { readScenes } from './read-scenes.ts'
import { kindOf, type Scene } from './scene.ts'

const scenesOf = async (text: string): Promise<Scene[]> => readScenes((await readBpmn(text))!.definitions)
const everyShape = (): Promise<Scene[]> => scenesOf(decodeXml(readFileSync(join(root, 'test/conformance/models/every-shape.bpmn'))))

test('every element of BPMN becomes the figure that the standard draws for it', async () => {
  const [scene] = await everyShape()
  const figures = new Map(scene!.figures.map((figure) => [figure.id, figure]))
  const look = (id: string): string => {
    const { shape, symbol, isFilled, edge, isOpen, markers } = figures.get(id)!
    return [shape, edge, ...(symbol ? [isFilled ? `${symbol}!` : symbol] : []), ...(isOpen ? ['open'] : []), ...markers].join(' ')
  }
  const expected: Record<string, string> = {
    outside: 'pool plain parallel-instances', office: 'pool plain open', front: 'lane plain open', note: 'note plain', grouped: 'group plain', paper_ref: 'page plain collection', store: 'store plain',
    begin: 'event plain message', late: 'event double-dotted timer', done: 'event thick', e_error: 'event thick error!', e_cancel: 'event thick cancel!', e_all: 'event thick terminate!',
    i_timer: 'event double timer', i_message: 'event double message', i_condition: 'event double conditional', i_link: 'event double link', i_signal: 'event double signal',
    i_several: 'event double multiple', i_every: 'event double parallel-multiple', o_message: 'event double message!', o_up: 'event double escalation!', o_undo: 'event double compensation!', o_none: 'event double',
    fork: 'gateway plain exclusive', both: 'gateway plain parallel', some: 'gateway plain inclusive', hard: 'gateway plain complex',
    first: 'gateway plain event-based', first_start: 'gateway plain event-based-start', first_all: 'gateway plain event-based-parallel',
    step: 'activity plain user sequential-instances', t_plain: 'activity plain', t_manual: 'activity plain manual', t_service: 'activity plain service', t_script: 'activity plain script',
    t_send: 'activity plain message!', t_receive: 'activity plain message', t_rule: 'activity plain rule', t_loop: 'activity plain loop', t_many: 'activity plain parallel-instances', t_undo: 'activity plain compensation',
    c_task: 'activity thick user', c_process: 'activity thick closed', s_open: 'activity plain open', s_closed: 'activity plain closed', s_event: 'activity dotted closed', s_all: 'activity double closed', s_any: 'activity plain ad-hoc closed',
  }
  for (const [id, words] of Object.entries(expected)) assert.equal(look(id), words, id)
  assert.deepEqual(scene!.figures.filter(({ shape }) => shape === 'other'), [])
  assert.deepEqual(['fork', 's_open', 'c_process', 't_send', 't_plain', 'begin', 'late', 'done'].map((id) => kindOf(figures.get(id)!)), ['exclusive', 'sub-process', 'call', 'send', 'task', 'start', 'intermediate', 'end'])
  assert.deepEqual([figures.get('paper_ref')!.name.vi, figures.get('store')!.name.vi, figures.get('grouped')!.name.vi], ['Papers [checked]', 'Register', 'Together'])
})

test('lines are flows, messages and associations, each with its signs', async () => {
  const [scene] = await everyShape()
  const line = (id: string) => { const { kind, start, heads, envelope } = scene!.lines.find((one) => one.id === id)!; return [kind, heads, start, envelope] }
  assert.deepEqual(line('f1'), ['sequence', 'end', undefined, undefined])
  assert.deepEqual(line('f2'), ['sequence', 'end', 'conditional', undefined])
  assert.deepEqual(line('f3'), ['sequence', 'end', 'default', undefined])
  assert.deepEqual(line('call'), ['message', 'end', undefined, 'open'])
  assert.deepEqual(line('of_note'), ['association', 'end', undefined, undefined])
})

test('an edge without a way goes straight from one box to the other', async () => {
  const text = decodeXml(readFileSync(join(root, 'test/conformance/models/every-shape.bpmn'))).replace(/(<d:BPMNEdge id="f1_edge"[^>]*>).*?<\/d:BPMNEdge>/, '$1</d:BPMNEdge>')
  const [scene] = await scenesOf(text)
  assert.deepEqual(scene!.lines.find(({ id }) => id === 'f1')!.points, [{ x: 146, y: 230 }, { x: 210, y: 230 }])
})

test('an activity in whose box others stand is open, whatever the file says of it', async () => {
  const text = decodeXml(readFileSync(join(root, 'test/conformance/models/every-shape.bpmn'))).replace(' isExpanded="true"', ' isExpanded="false"').replaceAll('<b:startEvent id="s_in"/>', '<b:task id="s_in" name="Inner"/>')
  const [scene] = await scenesOf(text)
  assert.deepEqual(scene!.figures.find(({ id }) => id === 's_open')!.isOpen, true)
})

test('each diagram of a file is a scene, and what stands in none is laid out by us, sub-processes by themselves', async () => {
  const shown = draw('k', 's>a a>e').replace('</definitions>', `<process id="other"><startEvent id="o"/></process>
    <b:BPMNDiagram xmlns:b="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="one" name="First"><b:BPMNPlane id="p"><b:BPMNShape id="a_s" bpmnElement="a"><dc:Bounds x="1" y="1" width="100" height="80"/></b:BPMNShape></b:BPMNPlane></b:BPMNDiagram></definitions>`)
  assert.deepEqual((await scenesOf(shown)).map(({ id, figures }) => [id, figures.length]), [['one', 1], ['other', 1]])
  const nested = draw('k', 's>a a>e').replace('</process>', '<subProcess id="sub" name="Within"><startEvent id="in"/></subProcess></process>')
  assert.deepEqual((await scenesOf(nested)).map(({ id, figures }) => [id, figures.length]), [['k', 4], ['sub', 1]])
})

test('a collaboration without a diagram becomes pools one below the other, with its messages', async () => {
  const text = draw('k', 's>a a>e').replace('<process ', '<collaboration id="all"><participant id="outside" name="Citizen"/><participant id="office" name="Office" processRef="k"/><messageFlow id="m" sourceRef="outside" targetRef="a"/><messageFlow id="m2" sourceRef="in" targetRef="outside"/></collaboration><process ')
    .replace('</process>', '<subProcess id="sub" name="Within"><task id="in"/></subProcess></process>')
  const [scene, within] = await scenesOf(text)
  const box = (id: string) => scene!.figures.find((figure) => figure.id === id)!.box
  assert.deepEqual(scene!.figures.filter(({ shape }) => shape === 'pool').map(({ id, isOpen }) => [id, isOpen]), [['outside', false], ['office', true]])
  assert.ok(box('outside').y + box('outside').height < box('office').y)
  for (const { id, box: inner } of scene!.figures.filter(({ shape }) => shape !== 'pool')) assert.ok(inner.x > box('office').x && inner.y > box('office').y && inner.x + inner.width <= box('office').width && inner.y + inner.height < box('office').y + box('office').height, id)
  const ends = (id: string) => { const { points } = scene!.lines.find((line) => line.id === id)!; return [points[0]!.y, points.at(-1)!.y] }
  assert.deepEqual(ends('m'), [box('outside').height, box('a').y])
  assert.deepEqual(ends('m2'), [box('sub').y, box('outside').height])
  assert.equal(within!.id, 'sub')
})

test('a picture is light where a run has not been, solid where it has, and names the rest plainly', async () => {
  const scenes = await scenesOf(draw('k', 's>a a>b b>e'))
  const run = { states: new Map([['a', 'done'], ['b', 'current']] as const), taken: new Set(['f0', 'f1']), times: new Map([['a', '09:10 02/03']]) }
  const { svg } = drawPictures(scenes, 'vi', { run }, { id: 'x', title: 'k' })[0]!
  assert.equal(svg.match(/stroke-width="2.5" stroke-linejoin/g)?.length, 2)
  assert.equal(svg.match(/stroke-dasharray="5 4"/g)?.length, 1)
  assert.match(svg, />✓ 09:10 02\/03</)
  const [plain] = drawPictures(scenes, 'vi', {}, { id: 'x', title: 'k' })
  assert.doesNotMatch(plain!.svg, /stroke-dasharray|✓/)
})
