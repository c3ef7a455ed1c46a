import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { langs, translator } from '../../platform/i18n.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { drawIntoBpmn } from './draw-into-bpmn.ts'
import { readBpmn } from './bpmn-document.ts'
import { graphOf } from './drawing/graph.ts'
import { layOut } from './drawing/layout.ts'
import { parseProcess } from './parse-process.ts'
import { draw } from './testing.ts'

/** Folder with the models of https://github.com/bpmn-miwg/bpmn-miwg-test-suite (CC BY 3.0), which are not part of this program. */
const suite = process.env.MOTCUA_BPMN_SUITE ?? ''
const missing = existsSync(suite) ? false : 'set MOTCUA_BPMN_SUITE to a folder with the BPMN MIWG test models'

describe('BPMN files', () => {
  it('of the MIWG suite are read, or every element that cannot run is named', { skip: missing }, async () => {
    const files = readdirSync(suite).filter((file) => file.endsWith('.bpmn'))
    assert.ok(files.length > 0)
    const verdicts = new Map<string, string[]>()
    for (const file of files) {
      const { model, problems } = await parseProcess(readFileSync(join(suite, file), 'utf8'))
      assert.ok(model !== undefined || problems.length > 0, file)
      for (const problem of problems) {
        for (const lang of langs) assert.doesNotMatch(translator(lang)(problem.key, problem.params), /[{}]/)
        if (problem.key === 'process.problem.unsupported') assert.ok(problem.params.id !== '' && problem.params.type !== '', file)
      }
      verdicts.set(file, problems.map((problem) => problem.key))
    }
    assert.deepEqual(new Set(verdicts.get('A.1.0.bpmn')), new Set(['process.problem.unsupported']))
  })

  it('say id, name and type of what cannot run', async () => {
    const xml = draw('k', 's>a a>e').replace('</process>', '<scriptTask id="sc" name="Tính phí"/><complexGateway id="cx"/><adHocSubProcess id="again" name="Làm lại"/><boundaryEvent id="cond" attachedToRef="a"><conditionalEventDefinition/></boundaryEvent></process>')
    assert.deepEqual((await parseProcess(xml)).problems, [
      { key: 'process.problem.unsupported', params: { id: 'sc', name: 'Tính phí', type: 'ScriptTask' } },
      { key: 'process.problem.unsupported', params: { id: 'cx', name: '', type: 'ComplexGateway' } },
      { key: 'process.problem.unsupported', params: { id: 'again', name: 'Làm lại', type: 'AdHocSubProcess' } },
      { key: 'process.problem.unsupported', params: { id: 'cond', name: '', type: 'BoundaryEvent + ConditionalEventDefinition' } },
    ])
  })

  it('that are damaged, empty, of another kind or far too large are refused without a crash', async () => {
    const whole = shippedDefinitions()[0]!.bpmn
    const damaged = Array.from({ length: 40 }, (_, i) => whole.slice(0, Math.floor((whole.length * i) / 40)))
    for (const text of [...damaged, 'x', '<html/>', '\u0000', '%PDF-1.7', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', ' '.repeat(2_000_001)]) {
      const { model, problems } = await parseProcess(text)
      assert.ok(model === undefined && problems.length > 0)
    }
  })

  it('with a timer of no fixed length are refused, naming it', async () => {
    for (const duration of ['P1M', 'P1Y', 'PT0S', 'soon', '2026-01-01T00:00:00Z']) {
      assert.deepEqual((await parseProcess(draw('k', 's>w w>a a>e', { timers: { w: duration } }))).problems.map((p) => [p.key, p.params.id]), [['process.problem.bad_timer', 'w']])
    }
  })

  it('may use any prefix for our attributes, and other tools\' attributes do no harm', async () => {
    const xml = draw('k', 's>a a>e').replaceAll(' motcua:', ' m:').replace('xmlns:motcua', 'xmlns:m').replace('<userTask ', '<userTask xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:assignee="x" ')
    const { model } = await parseProcess(xml)
    assert.deepEqual(model?.nodes.find((node) => node.id === 'a'), { id: 'a', kind: 'user', name: { vi: 'a', en: 'a' }, role: 'specialist', limit: 'PT1H' })
  })
})

describe('diagrams', () => {
  for (const { file, bpmn } of shippedDefinitions()) {
    it(`of ${file} cover every element and flow, and writing them into the file changes nothing else`, async () => {
      const model = (await parseProcess(bpmn)).model!
      const shapes = new Set([...bpmn.matchAll(/<bpmndi:BPMN(?:Shape|Edge)[^>]* bpmnElement="([^"]+)"/g)].map(([, id]) => id))
      for (const { id } of [...model.nodes, ...model.lanes, ...model.flows]) assert.ok(shapes.has(id), id)
      assert.equal(await drawIntoBpmn(bpmn), bpmn)
    })
  }

  it('of our own layout keep boxes apart and lines out of other boxes', async () => {
    const drawings = [
      's>a a>x x>b{ok} x>c* b>x2 c>d d>f f>x2 x2>e', 's>p p>a p>b p>c a>p2 b>d d>p2 c>p2 p2>e', 's>a a>x x>a{again} x>b* b>x2 x2>a{redo} x2>e*',
    ]
    for (const xml of [...drawings.map((arrows) => draw('k', arrows)), ...shippedDefinitions().map((one) => one.bpmn)]) {
      const { definitions } = (await readBpmn(xml))!
      const graph = graphOf(definitions.rootElements[0])
      const { boxes, waypoints } = layOut(graph)
      const nodes = graph.nodes.filter((node) => node.attachedTo === undefined)
      for (const a of nodes) {
        for (const b of nodes) if (a.id < b.id) assert.ok(!overlap(boxes[a.id]!, boxes[b.id]!), `${a.id} and ${b.id}`)
        for (const flow of graph.flows) {
          if (flow.from === a.id || flow.to === a.id) continue
          const points = waypoints[flow.id]!
          points.slice(1).forEach((point, i) => assert.ok(!overlap(boxes[a.id]!, spanned(points[i]!, point)), `${flow.id} runs through ${a.id}`))
        }
      }
    }
  })
})

type Box = { x: number; y: number; width: number; height: number }
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const spanned = (a: { x: number; y: number }, b: { x: number; y: number }): Box => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.max(0.1, Math.abs(a.x - b.x)), height: Math.max(0.1, Math.abs(a.y - b.y)) })
