import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../../../platform/root.ts'
import { decodeXml, writeXml } from '../../../platform/xml.ts'
import { readBpmn } from '../bpmn-document.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import { parseProcess } from '../parse-process.ts'
import { checkSoundness } from '../soundness.ts'
import { draw, written } from '../testing.ts'
import { changeStep, newEndTarget, typedStep, type TypedStep } from './change-step.ts'
import { addAfter, addAtEdge, addBeside, canMoveUp, canRemove, changeHead, moveDown, moveUp, removeStep } from './edit-steps.ts'
import { emptyProcess } from './empty-process.ts'
import { placesOf } from './mend-drawing.ts'
import { prepareFile } from './prepare-file.ts'
import { redraw } from './redraw.ts'
import { rowsOf, type Row } from './rows.ts'
import { plainElements, stepTemplates } from './step-templates.ts'
import { openTree, type Tree } from './tree.ts'

const treeOf = async (text: string): Promise<{ tree: Tree; before: string }> => {
  const { bpmn } = (await prepareFile(text))!
  return { tree: openTree(bpmn)!, before: bpmn }
}
const shipped = (file: string): string => shippedDefinitions().find((one) => one.file === file)!.bpmn
/** "a→b", "a:ok→b", "a=b+c": how the rows go on. */
const said = (tree: Tree): string => rowsOf(tree).map((row: Row) => row.ways.length === 0 ? row.id : `${row.id}${row.branching === 'one' ? '→' : row.branching === 'all' ? '=' : row.branching === 'some' ? '~' : '?'}${row.ways.map((way) => `${way.name.vi ? `${way.name.vi}:` : ''}${way.to}${way.isDefault ? '*' : ''}`).join('+')}`).join(' ')
const problems = async (text: string): Promise<string[]> => {
  const parsed = await parseProcess(text)
  return (parsed.model ? checkSoundness(parsed.model) : parsed.problems).map((problem) => problem.key.replace('process.problem.', ''))
}

describe('the table of a process', () => {
  it('has a row for each step, with the choice behind it, in the order in which a dossier meets them', async () => {
    const { tree } = await treeOf(shipped('marital-status.bpmn'))
    assert.equal(said(tree), 'received→look_up look_up?Đủ căn cứ:draft*+Cần xác minh:ask ask→draft draft→sign sign→issue issue→issued issued')
    const [, lookUp] = rowsOf(tree)
    assert.deepEqual([lookUp!.role, lookUp!.limit, lookUp!.act, lookUp!.lane, lookUp!.gateway], ['specialist', 'PT4H', 'appraise', 'lane_specialist', 'enough'])
  })

  it('shows gateways by themselves where branches join, and what stands in a sub-process or at an edge', async () => {
    const { tree } = await treeOf(draw('k', 's>a a>p p>b p>c b>p2 c>p2 p2>e t:b>d d>e2', { timers: { t: 'PT1H' } }))
    assert.equal(said(tree), 's→a a=b+c b→p2 t→d d→e2 e2 c→p2 p2→e e')
    const nested = await treeOf(written('k', '<startEvent id="s"/><subProcess id="sub" name="Trong"><startEvent id="si"/><userTask id="in" name="In"/><endEvent id="ei"/><sequenceFlow id="f1" sourceRef="si" targetRef="in"/><sequenceFlow id="f2" sourceRef="in" targetRef="ei"/></subProcess><endEvent id="e"/>', 's>sub sub>e'))
    assert.deepEqual(rowsOf(nested.tree).map((row) => [row.id, row.inside]), [['s', undefined], ['sub', undefined], ['e', undefined], ['si', 'sub'], ['in', 'sub'], ['ei', 'sub']])
  })

  it('adds a step behind another, before its choice, and makes room for it in the lane of its role', async () => {
    const { tree, before } = await treeOf(shipped('marital-status.bpmn'))
    assert.equal(addAfter(tree, 'draft', 'review', stepTemplates.review), 'leader_reviews')
    assert.equal(addAfter(tree, 'look_up', 'consult', stepTemplates.consult), 'consult_another_unit')
    assert.equal(said(tree), 'received→look_up look_up→consult_another_unit consult_another_unit?Đủ căn cứ:draft*+Cần xác minh:ask ask→draft draft→leader_reviews leader_reviews→sign sign→issue issue→issued issued')
    assert.equal(rowsOf(tree).find((row) => row.id === 'leader_reviews')!.lane, 'lane_leader')
    const text = await redraw(before, tree)
    assert.deepEqual(await problems(text), ['too_long'], 'two days more')
    const places = placesOf(openTree(text)!.root)
    for (const id of ['leader_reviews', 'consult_another_unit', 'draft_to_sign', 'leader_reviews_to_sign']) assert.ok(places.has(id), id)
  })

  it('adds a step at the same time as another, twice in the same place', async () => {
    const { tree, before } = await treeOf(shipped('certified-copy.bpmn'))
    const step = rowsOf(tree).find((row) => row.asks && row.branching === 'one')!.id
    const first = addBeside(tree, step, 'consult', { ...stepTemplates.consult, limit: 'PT1H' })!
    const second = addBeside(tree, first, 'appraise', { ...stepTemplates.appraise, limit: 'PT1H' })!
    const split = rowsOf(tree).find((row) => row.ways.some((way) => way.to === first))!
    assert.deepEqual([split.branching, split.ways.map((way) => way.to)], ['all', [step, first, second]])
    assert.deepEqual(await problems(await redraw(before, tree)), [])
  })

  it('removes steps with what stands at their edge, but neither the start nor the last end', async () => {
    const { tree, before } = await treeOf(draw('k', 's>a a>b b>e t:b>d d>e2', { timers: { t: 'PT1H!' } }))
    assert.deepEqual([canRemove(tree, 's'), removeStep(tree, 's'), canRemove(tree, 'e')], [false, false, true])
    assert.ok(removeStep(tree, 'b'))
    assert.equal(said(tree), 's→a a→e e d→e2 e2')
    assert.ok(!placesOf(openTree(await redraw(before, tree))!.root).has('t'))
    assert.ok(removeStep(tree, 'd'))
    assert.equal(said(tree), 's→a a→e e e2')
    assert.ok(removeStep(tree, 'e2'))
    assert.equal(canRemove(tree, 'e'), false)
  })

  it('changes places of neighbours, where nothing else leads between them', async () => {
    const { tree } = await treeOf(draw('k', 's>a a>b b>c c>x x>b{again} x>e*'))
    assert.deepEqual(['a', 'b', 'c'].map((id) => canMoveUp(tree, id)), [false, false, true], 'b has two ways in')
    assert.ok(moveUp(tree, 'c'))
    assert.equal(said(tree), 's→a a→c c→b b?c+e* e')
    assert.ok(moveDown(tree, 'c'))
    assert.equal(said(tree), 's→a a→b b→c c?b+e* e')
    assert.ok(!moveDown(tree, 'c'))
  })

  it('gives a step several ways by answers, takes them away again, and leaves the rest of the file to the letter', async () => {
    const { tree, before } = await treeOf(shipped('marital-status.bpmn'))
    const original = writeXml(tree.root)
    const step = typedStep(tree, 'sign')!
    assert.ok(changeStep(tree, 'sign', step))
    assert.equal(writeXml(tree.root), original, 'nothing changes by saving what was there')
    const choice: TypedStep = { ...step, limit: 'PT2H', branching: 'choose', otherwise: 0, ways: [...step.ways.map((way) => ({ ...way, nameVi: 'Đồng ý', nameEn: 'Approved' })), { flow: '', to: 'draft', nameVi: 'Cần sửa', nameEn: 'To mend', condition: '' }, { flow: '', to: newEndTarget, nameVi: 'Từ chối', nameEn: '', condition: '' }] }
    assert.ok(changeStep(tree, 'sign', choice))
    const row = rowsOf(tree).find(({ id }) => id === 'sign')!
    assert.deepEqual([row.limit, row.branching, row.ways.map((way) => [way.name.vi, way.to, way.condition, way.isDefault])], ['PT2H', 'choose', [['Đồng ý', 'issue', '', true], ['Cần sửa', 'draft', 'outcome = "to_mend"', false], ['Từ chối', 'end', 'outcome = "tu_choi"', false]]])
    const text = await redraw(before, tree)
    assert.deepEqual(await problems(text), [])
    const again = openTree(text)!
    assert.ok(changeStep(again, 'sign', { ...typedStep(again, 'sign')!, limit: step.limit, branching: 'one', ways: typedStep(again, 'sign')!.ways.slice(0, 1).map((way) => ({ ...way, nameVi: '', nameEn: '' })) }))
    assert.equal(rowsOf(again).find(({ id }) => id === 'sign')!.gateway, undefined)
    assert.equal(removeStep(again, 'end'), true)
    assert.equal(said(again), said(openTree(before)!))
  })

  it('hangs a timer at the edge of a step, that ends the step or goes on beside it', async () => {
    const { tree, before } = await treeOf(shipped('marital-status.bpmn'))
    assert.equal(addAtEdge(tree, 'received', 'timer', plainElements.timer), undefined, 'not at an event')
    const id = addAtEdge(tree, 'ask', 'timer', plainElements.timer)!
    const typed = typedStep(tree, id)!
    assert.deepEqual([typed.duration, typed.workingTime, typed.interrupts], ['P1D', true, true])
    changeStep(tree, id, { ...typed, nameVi: 'Quá hạn trả lời', duration: 'PT6H', ways: [{ ...typed.ways[0]!, to: 'draft' }] })
    const end = rowsOf(tree).find((row) => row.comesFrom === 0 && row.kind === 'endEvent')!
    assert.ok(removeStep(tree, end.id))
    const text = await redraw(before, tree)
    assert.deepEqual(await problems(text), [])
    const again = openTree(text)!
    changeStep(again, id, { ...typedStep(again, id)!, interrupts: false })
    assert.deepEqual((await problems(await redraw(text, again))), ['unsafe'], 'two ways at once into the draft')
    const arranged = await treeOf(shipped('marital-status.bpmn').replace('x="558" y="180"', 'x="560" y="180"'))
    addAtEdge(arranged.tree, 'ask', 'timer', plainElements.timer)
    assert.equal(placesOf(openTree(await redraw(arranged.before, arranged.tree))!.root).get(id), '682,246,36,36', 'at the lower edge')
  })

  it('keeps the places of a drawing that somebody has arranged', async () => {
    const arranged = shipped('marital-status.bpmn').replace('x="1062" y="452"', 'x="1070" y="470"').replace('x="1062" y="494"', 'x="1070" y="512"').replace('x="1230" y="494"', 'x="1238" y="512"')
    const { tree, before } = await treeOf(arranged)
    const was = placesOf(tree.root)
    addAfter(tree, 'ask', 'appraise', stepTemplates.appraise)
    const now = placesOf(openTree(await redraw(before, tree))!.root)
    for (const id of ['received', 'look_up', 'ask', 'received_to_look_up']) assert.equal(now.get(id), was.get(id), id)
    assert.equal(now.get('sign'), '1322,470,168,84', 'moved to the right as far as the new step needs')
    assert.ok(now.has('appraise_the_dossier') && now.has('appraise_the_dossier_to_draft'))
    removeStep(tree, 'appraise_the_dossier')
    assert.equal(said(tree), said(openTree(before)!))
    assert.ok(!writeXml(tree.root).includes('>appraise_the_dossier<'), 'nor does a lane hold it')
  })

  it('keeps what other tools have put into a file', async () => {
    const foreign = decodeXml(readFileSync(join(root, 'test/conformance/models/every-shape.bpmn')))
    const file = await prepareFile(foreign)
    if (file) assert.ok(await readBpmn(file.bpmn))
    const text = draw('k', 's>a a>e').replace('<userTask id="a" ', '<userTask xmlns:z="urn:z" z:colour="red" id="a" ').replace('id="a" name="a"', 'id="Bước_1" name="a"').replaceAll('"a"', '"Bước_1"').replace('<startEvent id="s"/>', '<startEvent id="s"><documentation textFormat="text/html"><b xmlns="http://www.w3.org/1999/xhtml">Ghi</b></documentation></startEvent>')
    const { tree, before } = await treeOf(text)
    const id = rowsOf(tree)[1]!.id
    assert.match(id, /^[\w.-]+$/, 'ids that the diagram editor reads')
    addAfter(tree, id, 'sign', stepTemplates.sign)
    const changed = await redraw(before, tree)
    for (const kept of ['z:colour="red"', '<b xmlns="http://www.w3.org/1999/xhtml">Ghi</b>']) assert.ok(changed.includes(kept), kept)
  })

  it('takes out of a drawing with pools what leads to a step that is gone', async () => {
    const { tree, before } = await treeOf(decodeXml(readFileSync(join(root, 'test/conformance/models/every-shape.bpmn'))))
    assert.ok(removeStep(tree, 's_open') && removeStep(tree, 't_undo'))
    const text = await redraw(before, tree)
    const document = (await readBpmn(text))!
    assert.deepEqual([/"(s_open|s_in|t_undo)"/.test(text), document.warnings.length], [false, (await readBpmn(before))!.warnings.length])
    assert.equal(placesOf(openTree(text)!.root).get('office'), placesOf(openTree(before)!.root).get('office'))
  })

  it('begins empty, with what is still missing told by the check', async () => {
    const { tree, before } = await treeOf(emptyProcess({ key: 'the-thu-vien', nameVi: 'Cấp thẻ thư viện', nameEn: 'Library card', limit: 'P1D' }))
    assert.deepEqual(await problems(before), ['no_task'])
    addAfter(tree, 'received', 'check', stepTemplates.check)
    addAfter(tree, 'check_the_dossier', 'return', stepTemplates.return)
    changeHead(tree, { nameVi: 'Thẻ', nameEn: 'Card', limit: 'P2D', lanes: { lane_leader: { vi: 'Chủ tịch', en: 'Chair' } } })
    const text = await redraw(before, tree)
    assert.deepEqual(await problems(text), [])
    assert.ok(text.includes('name="Chủ tịch"') && text.includes('motcua:limit="P2D"'))
  })
})
