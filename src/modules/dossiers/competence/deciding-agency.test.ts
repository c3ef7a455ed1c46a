import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Person } from '../../../platform/actor.ts'
import { transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { findDossier } from '../dossiers.store.ts'
import { saveDraft } from '../drafts.store.ts'
import { startDraft } from '../start-draft.ts'
import { submitDossier } from '../submit-dossier.ts'
import { business, dienHong, pleiku, refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'
import { choosableAgencies, decidesItself } from './deciding-agency.ts'

const birth = '1.001193'

suite('a procedure that is handled whatever the boundary in the province', () => {
let office!: SmallOffice
before(async () => {
  office = await smallOffice()
  // As if it had been published so: this node is not the author of procedures.
  await office.owner`UPDATE catalogue.procedure_version SET content = jsonb_set(content, '{service,territory}', '"province"'), content_hash = 'free-of-territory ' || code WHERE code IN (${business}, ${birth})`
})
after(() => office.stop())

async function draft(who: Sitting, placeCode: string): Promise<string> {
  const { node } = office
  const id = await startDraft(who.ctx, who.ctx.actor as Person, business)
  const form = (await findForm(node.db, 'household-business'))!
  const answers = { ...sampleAnswers(form, 5, { now: node.now(), fixed: { founder: 'individual' }, communes: [{ code: placeCode, province: '52' }] }), ownerAddress: { province: '52', commune: dienHong, street: '1 Trần Phú' } }
  await transact(who.ctx, (tx) => saveDraft(tx, id, { answers, filled: [], visited: form.definition.pages.map((p) => p.id), at: node.now() }))
  return id
}
const filedBy = async (id: string) => (await findDossier(office.node.db, (await office.node.db<{ id: string }[]>`SELECT dossier_id AS id FROM dossiers.draft WHERE id = ${id}`)[0]!.id))!

test('who files online chooses among the agencies of the level: that of the place first, that of the home next, no other office and no other province', async () => {
  const who = await office.person()
  const id = await draft(who, pleiku)
  const url = `/nop-ho-so/${business}/${id}/kiem-tra`
  const offered = [...(await office.get(who, url)).body.matchAll(/<option value="(H21[^"]*)"( selected)?>/g)].map((m) => m[1]! + (m[2] ?? ''))
  assert.deepEqual(offered.slice(0, 2), [`${office.here} selected`, office.there])
  const [communes] = await office.node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM organisations.agency WHERE parent_code = 'H21' AND level = 'commune' AND kind = 'peoples-committee' AND valid_to IS NULL`
  assert.equal(new Set((await choosable()).map((a) => a.code)).size, communes!.n)
  const wrong = await office.post(who, url, [['returnWay', 'online'], ['agency', 'H21']], url)
  assert.equal(wrong.statusCode, 400)
  assert.match(wrong.body, /id="agency-error"/)
  assert.equal((await office.post(who, url, [['returnWay', 'online'], ['agency', office.there]], url)).statusCode, 303)
  assert.deepEqual([(await filedBy(id)).agencyCode, (await filedBy(id)).placeCode], [office.there, pleiku])
  assert.match((await office.get(await office.officer('one-stop', { agencyCode: office.there }), '/desk?view=incoming')).body, new RegExp((await filedBy(id)).reference), 'and it lies there')
})

async function choosable() {
  const { node } = office
  const { content } = (await getCurrentProcedure(node.db, business, node.now()))!
  return choosableAgencies((await office.officer('one-stop')).ctx, content.service!, { placeCode: pleiku, homeCode: undefined })
}

test('nothing is chosen where the procedure is bound to its place, and nobody chooses what is not of the level', async () => {
  const { node } = office
  const { ctx } = await office.person()
  const procedure = (await getCurrentProcedure(node.db, business, node.now()))!
  const file = (agencyCode: string, of = procedure) => submitDossier(ctx, { procedure: of, form: { key: 'household-business', version: 1 }, answers: {}, applicant: { name: 'x', idNumber: '052090000099', phone: '0900000099' }, files: [], placeCode: pleiku, agencyCode, returnWay: 'online', channel: 'online', filingKey: newId() })
  for (const other of ['H21', 'G01.08', 'H26', 'H99.1']) await assert.rejects(file(other), refusal('NOT_COMPETENT_HERE'), other)
  assert.equal((await findDossier(node.db, (await file(office.there)).id))!.agencyCode, office.there)
  const { territory: _, ...service } = procedure.content.service!
  const bound = { ...procedure, content: { ...procedure.content, service } }
  await assert.rejects(file(office.there, bound), refusal('NOT_COMPETENT_HERE'))
  assert.equal((await findDossier(node.db, (await file(office.here, bound)).id))!.agencyCode, office.here)
  assert.deepEqual(await choosableAgencies(ctx, service, { placeCode: pleiku, homeCode: undefined }), [])
})

test('what is filed at a desk of the level is decided there, whichever the place', async () => {
  const { node, here } = office
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${newId()}, 'subject-at-the-desk', '052090000090', 'Trần Văn Tiếp Nhận', '1990-03-12', '0900000090', 2, now(), now())`
  const desk = await office.officer('one-stop')
  const visit = String((await office.post(desk, '/desk/reception', [['channel', 'desk'], ['query', '052090000090||Trần Văn Tiếp Nhận|12031990|Nam|27 đường Wừu, Pleiku, Gia Lai|01012024||']])).headers.location)
  const started = await office.post(desk, `${visit}/drafts`, [['procedure', birth]])
  const id = /drafts\/([^/]+)\//.exec(String(started.headers.location))![1]!
  const form = (await findForm(node.db, 'birth-registration'))!
  const { applicant } = form.definition
  const answers = sampleAnswers(form, 3, { fixed: { [applicant.citizenId]: '052090000090', [applicant.birthDate!]: '1990-03-12' }, communes: [{ code: dienHong, province: '52' }] })
  await node.db`UPDATE dossiers.draft SET answers = ${node.db.json(answers as never)}, visited = ${node.db.json(form.definition.pages.map((p) => p.id))} WHERE id = ${id}`
  await office.post(desk, `${visit}/drafts/${id}/check`, [['returnWay', 'desk']])
  const dossier = await filedBy(id)
  assert.deepEqual([dossier.agencyCode, dossier.placeCode, dossier.state], [here, dienHong, 'received'])
  assert.equal((await office.get(desk, `/desk/dossiers/${dossier.id}`)).statusCode, 200, 'and handled there')
})

test('a desk of the level decides what it receives itself; the centre of the province leaves it to the agency of the place', async () => {
  const { node, here, there } = office
  const { ctx } = await office.person()
  const { service } = (await getCurrentProcedure(node.db, birth, node.now()))!.content
  assert.equal(await decidesItself(ctx, service, dienHong, here), here)
  assert.equal(await decidesItself(ctx, service, dienHong, there), there)
  assert.equal(await decidesItself(ctx, service, dienHong, 'H21'), undefined)
  assert.equal(await decidesItself(ctx, { ...service!, territory: 'place' }, dienHong, here), undefined)
})
})
