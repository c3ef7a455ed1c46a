import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listEvents } from '../../ledger/index.ts'
import { listDocuments } from '../../documents/index.ts'
import { findContent, findDossier, listAttachments } from '../dossiers.store.ts'
import { findChild } from './linked.store.ts'
import { linkedCountry } from './testing/linked-country.ts'

const code = '2.000986'

const at = 'VN'
const codes = ['VN', 'H21', 'G01', 'G24']

test('a birth is filed once at the national portal and goes its way over four nodes', { timeout: 180_000 }, async (t) => {
  const c = await linkedCountry(t, codes)
  const id = await c.file(at, code, { key: 'once' })
  assert.equal(await c.file(at, code, { key: 'once' }), id, 'pressed twice')
  await c.settle()
  assert.deepEqual((await c.story(at, id)).map((s) => [s.definition.key, s.status, s.whose, s.waitsFor.map((p) => p.key)]), [['birth', 'sent', 'agency', []], ['residence', 'waits', 'part', ['birth']], ['card', 'waits', 'part', ['birth']]])
  const birth = await c.child(at, id, 'birth')
  assert.equal((await findDossier(c.node('H21').db, birth))!.state, 'new')

  await c.decide(at, id, 'birth')
  const here = (await findDossier(c.node('H21').db, birth))!
  assert.deepEqual([here.limitValue, here.limitUnit], [1, 'working-day'])
  await c.settle()
  assert.deepEqual((await c.story(at, id)).map((s) => s.status), ['finished', 'sent', 'sent'])
  assert.deepEqual([(await c.group(at, id)).receivedAt, (await c.group(at, id)).state], [here.receivedAt, 'running'])

  const [residence, card] = [await c.child(at, id, 'residence'), await c.child(at, id, 'card')]
  const content = (await findContent(c.node('G01').db, residence))!
  assert.equal((content.answers.members as { citizenId: string }[])[0]!.citizenId, '052226000017', 'the number that the birth gave')
  const [paper] = (await listDocuments(c.node('H21').db, birth)).filter((d) => d.kind === 'result')
  assert.deepEqual((await listAttachments(c.node('G24').db, card)).map((f) => [f.field, f.fileId]), [['linked:birth', paper!.fileId]], 'the signed certificate')
  assert.equal((await findContent(c.node('G24').db, card))!.answers.birthCertificate, paper!.number)
  assert.deepEqual((await findChild(c.node('G24').db, card))!.view.parts.map((p) => [p.key, p.state]), [['birth', 'finished'], ['residence', 'sent'], ['card', 'sent']])

  await c.decide(at, id, 'residence')
  await c.decide(at, id, 'card')
  await c.settle()
  const group = await c.group(at, id)
  assert.deepEqual([group.state, (await c.story(at, id)).map((s) => s.status)], ['done', ['finished', 'finished', 'finished']])
  for (const n of codes) {
    const [{ text }] = (await c.node(n).db<{ text: string }[]>`SELECT string_agg(data::text, ' ') AS text FROM ledger.event WHERE type LIKE 'linked.%' OR type LIKE 'dossier.%'`) as unknown as [{ text: string }]
    assert.doesNotMatch(text ?? '', /Thử Nghiệm|052226000017|0900000099/)
  }
  assert.equal((await listEvents(c.node(at).db, id)).filter((e) => e.type === 'linked.ended').length, 1)
})
