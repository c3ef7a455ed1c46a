import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { bodyOfPage, findForm, sampleAnswers, type Form } from '../../forms/index.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { findContent, findDossier } from '../dossiers.store.ts'
import { listDrafts } from '../drafts.store.ts'
import { findOfficialForm } from '../../documents/index.ts'
import { buildSlip } from '../papers/build-slip.ts'
import { findReception } from './reception.store.ts'
import { receivesFor } from './receives-for.ts'
import { dienHong, pleiku, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

const birth = '1.001193'
const card = '052090000090||Trần Văn Tiếp Nhận|12031990|Nam|27 đường Wừu, Pleiku, Gia Lai|01012024||'

suite('reception at the desk', () => {
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${newId()}, 'subject-at-the-desk', '052090000090', 'Trần Văn Tiếp Nhận', '1990-03-12', '0900000090', 2, now(), now())`
})
after(() => office.stop())

const oneStop = (commune: string = pleiku): Promise<Sitting> => office.officer('one-stop', { agencyCode: commune === pleiku ? office.here : office.there })
const begin = async (who: Sitting, fields: Record<string, string>) => office.post(who, '/desk/reception', Object.entries(fields))

/** A birth in a commune, declared by the person of the card; the papers are scanned already. */
async function answersFor(commune: string, fixed: Record<string, unknown> = {}): Promise<{ form: Form; answers: Record<string, unknown> }> {
  const procedure = (await getCurrentProcedure(node.db, birth, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  return { form, answers: sampleAnswers(form, 3, { fixed: { [form.definition.applicant.citizenId]: '052090000090', [form.definition.applicant.birthDate!]: '1990-03-12', ...fixed }, communes: [{ code: commune, province: '52' }] }) }
}

/** Fills in a whole draft behind the pages, and files it on the check page. */
async function fileIn(who: Sitting, visit: string, commune: string, fields: Record<string, string> = {}, fixed = {}) {
  const started = await office.post(who, `${visit}/drafts`, [['procedure', birth]])
  assert.equal(started.statusCode, 303, started.body)
  const draft = /drafts\/([^/]+)\//.exec(String(started.headers.location))![1]!
  const { form, answers } = await answersFor(commune, fixed)
  await node.db`UPDATE dossiers.draft SET answers = ${node.db.json(answers as never)}, visited = ${node.db.json(form.definition.pages.map((p) => p.id))} WHERE id = ${draft}`
  const filed = await office.post(who, `${visit}/drafts/${draft}/check`, Object.entries({ returnWay: 'desk', ...fields }))
  const [row] = await node.db<{ id: string | null }[]>`SELECT dossier_id AS id FROM dossiers.draft WHERE id = ${draft}`
  return { filed, dossierId: row!.id, draft }
}

test('a person with a card: looked up, his form filled in, two dossiers filed and received in one visit, the slip and a receipt at once', async () => {
  const who = await oneStop()
  const begun = await begin(who, { channel: 'desk', query: card })
  assert.equal(begun.statusCode, 303, begun.body)
  const visit = String(begun.headers.location)
  const shown = await office.get(who, `${visit}?q=khai sinh`)
  assert.match(shown.body, /Trần Văn Tiếp Nhận/)
  assert.match(shown.body, /value="1\.001193"/)
  assert.ok(!shown.body.includes('052090000090'), 'the whole number stands on no page of the visit')
  const [purpose] = await node.db<{ purpose: string }[]>`SELECT purpose FROM identity.look_up ORDER BY id DESC LIMIT 1`
  assert.equal(purpose!.purpose, 'filing')
  const started = await office.post(who, `${visit}/drafts`, [['procedure', birth]])
  const draft = /drafts\/([^/]+)\//.exec(String(started.headers.location))![1]!
  const [kept] = await node.db<{ filled: string[] }[]>`SELECT filled FROM dossiers.draft WHERE id = ${draft}`
  assert.ok(kept!.filled.length >= 3, `name, number and birth date come from the card: ${kept!.filled.join()}`)
  await office.post(who, `${visit}/drafts/${draft}/drop`, [])

  const first = await fileIn(who, visit, pleiku)
  const second = await fileIn(who, visit, pleiku)
  assert.deepEqual([first.filed.statusCode, second.filed.statusCode], [303, 303], first.filed.body)
  const dossier = (await findDossier(node.db, first.dossierId!))!
  assert.deepEqual([dossier.channel, dossier.state, dossier.ownerSubject, dossier.returnWay], ['desk', 'received', 'subject-at-the-desk', 'desk'])
  assert.ok(dossier.code && dossier.dueAt && dossier.accountId, 'code, date and owner')
  const again = await office.post(who, `${visit}/drafts/${first.draft}/check`, [['returnWay', 'desk']])
  assert.equal(again.statusCode, 303)
  assert.equal((await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.dossier`)[0]!.n, 2, 'pressed twice, filed once')
  const receipt = await office.get(who, `${visit}/receipt`)
  for (const id of [first.dossierId!, second.dossierId!]) assert.ok(receipt.body.includes((await findDossier(node.db, id))!.code!))

  assert.equal((await office.post(who, `${visit}/close`, [])).statusCode, 303)
  assert.equal((await office.get(who, visit)).statusCode, 410)
  assert.equal((await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.visit WHERE closed_at IS NULL OR person IS NOT NULL`)[0]!.n, 0, 'nothing of the person is left in the visit')
})

test('what is filled in at the desk is in nobody’s account until it is filed, and in no colleague’s hands', async () => {
  const [who, colleague] = [await oneStop(), await oneStop()]
  const visit = String((await begin(who, { channel: 'desk', query: card })).headers.location)
  const started = await office.post(who, `${visit}/drafts`, [['procedure', birth]])
  const [account] = await node.db<{ id: string }[]>`SELECT id FROM identity.account WHERE subject = 'subject-at-the-desk'`
  assert.equal((await listDrafts(node.db, { accountId: account!.id, subjects: ['subject-at-the-desk'], acting: false })).length, 0)
  assert.equal((await office.get(colleague, visit)).statusCode, 410)
  assert.equal((await office.get(colleague, String(started.headers.location))).statusCode, 410)
})

test('a page of the form keeps what is typed, names the mistake, and goes on when it is right', async () => {
  const who = await oneStop()
  const visit = String((await begin(who, { channel: 'desk', query: card })).headers.location)
  const at = String((await office.post(who, `${visit}/drafts`, [['procedure', birth]])).headers.location)
  const wrong = await office.post(who, at, [])
  assert.equal(wrong.statusCode, 400)
  assert.match(wrong.body, /govuk-error-summary/)
  const { form, answers } = await answersFor(pleiku)
  const right = await office.post(who, at, bodyOfPage(form, form.definition.pages[0]!, answers))
  assert.equal(right.statusCode, 303, right.body)
  assert.notEqual(right.headers.location, at)
})

test('a letter needs both its dates, in their order, and keeps them for the receipt, the officer and the register', async () => {
  const who = await oneStop()
  const wrong = await begin(who, { channel: 'post', query: card, 'postedOn-day': '9', 'postedOn-month': '11', 'postedOn-year': '2024', 'arrivedOn-day': '8', 'arrivedOn-month': '11', 'arrivedOn-year': '2024' })
  assert.equal(wrong.statusCode, 400)
  assert.match(wrong.body, /Ghi ngày nhận được/)
  const right = await begin(who, { channel: 'post', query: card, 'postedOn-day': '5', 'postedOn-month': '11', 'postedOn-year': '2024', 'arrivedOn-day': '8', 'arrivedOn-month': '11', 'arrivedOn-year': '2024' })
  const visit = String(right.headers.location)
  const { dossierId } = await fileIn(who, visit, pleiku, { returnWay: 'post' })
  assert.deepEqual((await findDossier(node.db, dossierId!))!.channel, 'post')
  const { visitId: _, ...kept } = (await findReception(node.db, dossierId!))!
  assert.deepEqual(kept, { agencyCode: office.here, postedOn: '2024-11-05', arrivedOn: '2024-11-08' })
  assert.match((await office.get(who, `/desk/dossiers/${dossierId}`)).body, /Gửi qua bưu chính ngày 05\/11\/2024, nhận được ngày 08\/11\/2024/)
})

test('help with a filing online files and leaves the reception to who decides; so does a desk that wants to look later', async () => {
  const who = await oneStop()
  const help = String((await begin(who, { channel: 'assisted', query: card })).headers.location)
  const helped = (await findDossier(node.db, (await fileIn(who, help, dienHong, { returnWay: 'online' })).dossierId!))!
  assert.deepEqual([helped.channel, helped.state, helped.code, helped.agencyCode], ['assisted', 'new', null, office.there])
  const desk = String((await begin(who, { channel: 'desk', query: card })).headers.location)
  const later = (await findDossier(node.db, (await fileIn(who, desk, pleiku, { do: 'later' })).dossierId!))!
  assert.deepEqual([later.channel, later.state], ['desk', 'new'])
})

test('where the procedure is free of territory, the desk receives for another agency, which decides; the result is handed out where it was taken in', async () => {
  const who = await oneStop(pleiku)
  const visit = String((await begin(who, { channel: 'desk', query: card })).headers.location)
  const dossier = (await findDossier(node.db, (await fileIn(who, visit, dienHong)).dossierId!))!
  const { here, there } = office
  assert.deepEqual([dossier.agencyCode, dossier.state, (await findReception(node.db, dossier.id))!.agencyCode], [there, 'received', here])
  assert.ok(dossier.code!.startsWith(`${there}-`), 'the code names who decides')
  await drainFollowers(node)
  const [place] = await node.db<{ name: string }[]>`SELECT name_vi AS name FROM organisations.agency WHERE code = ${here}`
  const slip = await buildSlip(who.ctx, 'appointment-slip', dossier, { name: 'x', at: node.now(), sealedAt: node.now() }, (await findOfficialForm(node.db, 'appointment-slip', '2026-11-20'))!) as { returnPlace: string }
  assert.equal(slip.returnPlace, place!.name)
  assert.equal((await office.get(who, `/desk/dossiers/${dossier.id}`)).statusCode, 404, 'received for them, handled by them')
})

test('how far a desk may receive for others is the procedure’s to say', async () => {
  const seat = (await oneStop()).ctx as OfficerCtx
  const ctx = { ...seat, node: { ...node, config: { ...node.config, provinceCode: '52' } } } as OfficerCtx
  const { here, there } = office
  const table: [string, { agencyCode: string; placeCode: string | null }, 'country' | 'province' | 'competent-office', boolean][] = [
    [here, { agencyCode: here, placeCode: pleiku }, 'competent-office', true],
    [here, { agencyCode: there, placeCode: dienHong }, 'competent-office', false],
    [here, { agencyCode: there, placeCode: dienHong }, 'province', true],
    [here, { agencyCode: 'G01.08', placeCode: dienHong }, 'province', true],
    [here, { agencyCode: 'H01.1', placeCode: null }, 'province', false],
    [here, { agencyCode: 'H01.1', placeCode: null }, 'country', true],
    ['H21', { agencyCode: here, placeCode: pleiku }, 'competent-office', true],
  ]
  for (const [desk, dossier, scope, expected] of table) assert.equal(await receivesFor(ctx, desk, dossier, scope), expected, `${desk} for ${dossier.agencyCode}, ${scope}`)
})

test('a declaration about another person than the one who was looked up is not filed', async () => {
  const who = await oneStop()
  const visit = String((await begin(who, { channel: 'desk', query: card })).headers.location)
  const { form } = await answersFor(pleiku)
  const { filed, dossierId } = await fileIn(who, visit, pleiku, {}, { [form.definition.applicant.citizenId]: '052090000099' })
  assert.equal(filed.statusCode, 400)
  assert.match(filed.body, /khác với người đã kiểm tra danh tính/)
  assert.equal(dossierId, null)
})

test('who has no account is served as well: no owner, no result online', async () => {
  const who = await oneStop()
  const visit = String((await begin(who, { channel: 'desk', query: '052090000087' })).headers.location)
  const { dossierId, filed } = await fileIn(who, visit, pleiku, {}, { [(await answersFor(pleiku)).form.definition.applicant.citizenId]: '052090000087' })
  assert.equal(filed.statusCode, 303, filed.body)
  const dossier = (await findDossier(node.db, dossierId!))!
  assert.deepEqual([dossier.accountId, dossier.ownerSubject, dossier.ownerNode, dossier.state], [null, null, null, 'received'])
  assert.equal((await findContent(node.db, dossierId!))!.applicant.idNumber, '052090000087')
})

test('a tax code is nobody who could stand there', async () => {
  const wrong = await begin(await oneStop(), { channel: 'desk', query: '5900181213' })
  assert.equal(wrong.statusCode, 400)
})
})
