import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../../platform/root.ts'
import { decodeXml, readXml, writeXml } from '../../../platform/xml.ts'
import { readBpmn } from '../bpmn-document.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import { bpmn } from '../motcua-extension.ts'
import { mergeDrawing, textForEditor } from './merge-drawing.ts'
import { prepareFile } from './prepare-file.ts'

/** What the diagram editor writes after a change of its model: it reads and writes by the same library. */
async function drawn(draft: string, change: (find: (id: string) => any, definitions: any) => void = () => {}): Promise<string> {
  const { rootElement } = await bpmn.fromXML(await textForEditor(draft))
  const all = new Map<string, unknown>()
  const walk = (element: any): void => {
    if (element.id) all.set(element.id, element)
    for (const child of [...(element.rootElements ?? []), ...(element.flowElements ?? []), ...(element.diagrams ?? []), ...(element.plane ? [element.plane] : []), ...(element.planeElement ?? [])]) walk(child)
  }
  walk(rootElement)
  change((id) => all.get(id), rootElement)
  return (await bpmn.toXML(rootElement, { format: true })).xml
}

const plain = (text: string): string => writeXml(readXml(text)).replace(/>\s+</g, '><')
const marital = shippedDefinitions().find(({ file }) => file === 'marital-status.bpmn')!.bpmn

test('a drawing that was opened and saved leaves every file as it was', async () => {
  const models = [...shippedDefinitions().map((one) => one.bpmn), decodeXml(readFileSync(join(root, 'test/conformance/models/every-shape.bpmn')))]
  for (const model of models) assert.equal(plain((await mergeDrawing(model, await drawn(model)))!), plain(model))
})

test('what was changed goes in, and what the editor does not know stays', async () => {
  const draft = marital.replace('x="1062" y="452" width="168"', 'x="1062" y="452" width="168.0"').replace('<bpmn:startEvent id="received"', '<bpmn:startEvent z:note="giữ" xmlns:z="urn:z" isInterrupting="true" id="received"').replace('</bpmn:process>', '<bpmn:unheardOf a="1"><bpmn:inner /></bpmn:unheardOf></bpmn:process>')
  const merged = (await mergeDrawing(draft, await drawn(draft, (find) => {
    find('sign').name = 'Chủ tịch ký'
    find('sign').limit = 'PT1H'
    find('ask').act = undefined
    find('sign_shape').bounds.x = 1100
  })))!
  const expected = draft.replace('motcua:labelEn="Chairperson signs" name="Chủ tịch ký giấy xác nhận" motcua:limit="PT3H"', 'motcua:labelEn="Chairperson signs" name="Chủ tịch ký" motcua:limit="PT1H"')
    .replace('name="Hỏi Ủy ban nhân dân nơi cư trú trước đây" motcua:limit="PT8H" motcua:role="specialist" motcua:act="appraise"', 'name="Hỏi Ủy ban nhân dân nơi cư trú trước đây" motcua:limit="PT8H" motcua:role="specialist"')
    .replace('x="1062" y="452"', 'x="1100" y="452"')
  assert.equal(plain(merged), plain(expected))
})

test('steps that were drawn or removed come and go, in their lanes and on the drawing', async () => {
  const merged = (await mergeDrawing(marital, await drawn(marital, (find, definitions) => {
    const process = definitions.rootElements[0]
    const step = bpmn.create('bpmn:UserTask', { id: 'fresh', name: 'Mới' })
    process.flowElements.push(step)
    process.laneSets[0].lanes[2].flowNodeRef.push(step)
    process.flowElements = process.flowElements.filter((element: any) => element.id !== 'ask' && element.sourceRef?.id !== 'ask' && element.targetRef?.id !== 'ask')
    process.laneSets[0].lanes[1].flowNodeRef = process.laneSets[0].lanes[1].flowNodeRef.filter((node: any) => node.id !== 'ask')
    const { plane } = definitions.diagrams[0]
    plane.planeElement = plane.planeElement.filter((shape: any) => !['ask', 'enough_to_ask', 'ask_to_draft'].includes(shape.bpmnElement?.id))
  })))!
  assert.ok(!/"ask"|>ask<|"ask_shape"|"enough_to_ask"/.test(merged), 'nothing of it is left')
  assert.ok(/<bpmn:userTask [^>]*id="fresh"/.test(merged) && merged.includes('<bpmn:flowNodeRef>fresh</bpmn:flowNodeRef>'))
  assert.deepEqual((await readBpmn(merged))!.warnings, [])
})

test('a text that is no BPMN is refused', async () => {
  assert.equal(await mergeDrawing(marital, '<a/>'), undefined)
  assert.equal((await prepareFile('<a/>')), undefined)
})
