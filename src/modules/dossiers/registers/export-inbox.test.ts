import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { listTasks } from '../../process/index.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { takeStep } from '../assignment/take-step.ts'
import { findDossier } from '../dossiers.store.ts'
import { business, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

suite('the inbox as a file', () => {
let office!: SmallOffice
let node!: Node
let [desk, specialist, leader] = [] as unknown as [Sitting, Sitting, Sitting]
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
  ;[desk, specialist, leader] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('leader')]
  const ids = []
  for (let n = 0; n < 4; n++) ids.push(await office.file())
  for (const id of ids.slice(0, 3)) await acceptDossier(desk.ctx, { dossierId: id })
  const [late, mine] = ids
  await node.db`UPDATE process.task SET due_at = now() - interval '1 hour' WHERE subject = ${late!}`
  await node.db`UPDATE dossiers.dossier SET due_at = now() - interval '1 hour' WHERE id = ${late!}`
  for (const task of await listTasks(node.db, { subject: mine!, open: true })) if (task.role === 'specialist') await takeStep(specialist.ctx, { dossierId: mine!, taskId: task.id })
})
after(() => office.stop())

const codesIn = (text: string): string[] => [...new Set(text.match(/H21[\d.]*-\d{6}-\d{4}|MC-\w{5}-\w{5}/g) ?? [])].sort()

test('a file of the inbox has the rows of the page, whatever is asked of it', async () => {
  const [first] = await node.db<{ id: string }[]>`SELECT id FROM dossiers.dossier WHERE code IS NOT NULL ORDER BY submitted_at LIMIT 1`
  const { code } = (await findDossier(node.db, first!.id))!
  const table: [Sitting, string, number][] = [
    [specialist, 'view=tasks', 3], [specialist, 'view=tasks&who=me', 1], [specialist, 'view=tasks&who=nobody', 2], [specialist, 'view=tasks&due=late', 1], [specialist, 'view=tasks&step=sign', 0], [specialist, `view=tasks&procedure=${business}`, 3], [specialist, 'view=tasks&procedure=1.001193', 0],
    [leader, `view=team&who=${specialist.id}`, 1], [leader, 'view=team&due=late', 1], [desk, 'view=incoming', 1], [desk, 'view=incoming&procedure=1.001193', 0], [desk, 'view=messages', 0],
    [desk, 'view=all', 4], [desk, 'view=all&state=new', 1], [desk, 'view=all&due=late', 1], [desk, `view=all&q=${code}`, 1], [desk, 'view=all&sort=submitted', 4],
  ]
  for (const [who, query, expected] of table) {
    const [page, file] = [await office.get(who, `/desk?${query}`), await office.get(who, `/desk/export?${query}&format=csv`)]
    assert.deepEqual([file.statusCode, codesIn(file.body).length], [200, expected], query)
    assert.deepEqual(codesIn(file.body), codesIn(page.body.replace(/<form[\s\S]*?<\/form>/, '')), query)
    if (expected > 0) assert.match(page.body, new RegExp(`/desk/export\\?view=\\w+[^"]*format=xlsx`), query)
  }
})

test('a view that the officer does not have is not exported; a workbook and a PDF are made of the same', async () => {
  assert.equal(codesIn((await office.get(specialist, '/desk/export?view=team&format=csv')).body).length, 3, 'as the page, without a team')
  assert.equal((await office.get(specialist, '/desk/export?view=tasks&who=me&format=xlsx')).rawPayload.subarray(0, 2).toString(), 'PK')
  assert.equal((await office.get(specialist, '/desk/export?view=tasks&who=me&format=pdf')).rawPayload.subarray(0, 4).toString(), '%PDF')
})
})
