import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findOfficialForm } from '../../documents/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { taxCheckDigit } from '../../numbers/index.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { findContent, findDossier } from '../dossiers.store.ts'
import { buildSlip } from '../papers/build-slip.ts'
import { business, pleiku, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

const taxCode = `590018121${taxCheckDigit('590018121')}`
const card = '052090000091||Trần Văn Giám Đốc|12031990|Nam|27 đường Wừu, Pleiku, Gia Lai|01012024||'

suite('organisations at the desk', () => {
let office!: SmallOffice
let node!: Node
let desk!: Sitting
const accountId = newId()
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
  desk = await office.officer('one-stop')
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at) VALUES (${accountId}, 'subject-of-a-director', '052090000091', 'Trần Văn Giám Đốc', '1990-03-12', '0900000091', 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
})
after(() => office.stop())

const begin = async (): Promise<string> => String((await office.post(desk, '/desk/reception', [['channel', 'desk'], ['query', card]])).headers.location)
const name = (visit: string, fields: Record<string, string>) => office.post(desk, `${visit}/organisation`, Object.entries({ taxCode, ...fields }))

async function fileIn(visit: string) {
  const started = await office.post(desk, `${visit}/drafts`, [['procedure', business]])
  const draft = /drafts\/([^/]+)\//.exec(String(started.headers.location))![1]!
  const procedure = (await getCurrentProcedure(node.db, business, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const answers = sampleAnswers(form, 5, { now: node.now(), fixed: { founder: 'individual', ownerId: '052090000091', ownerBirthDate: '1990-03-12', ownerSex: 'male', ownerName: 'Trần Văn Giám Đốc' }, communes: [{ code: pleiku, province: '52' }] })
  await node.db`UPDATE dossiers.draft SET answers = ${node.db.json(answers as never)}, visited = ${node.db.json(form.definition.pages.map((p) => p.id))} WHERE id = ${draft}`
  const check = await office.get(desk, `${visit}/drafts/${draft}/check`)
  const filed = await office.post(desk, `${visit}/drafts/${draft}/check`, [['returnWay', 'desk']])
  const [row] = await node.db<{ id: string | null }[]>`SELECT dossier_id AS id FROM dossiers.draft WHERE id = ${draft}`
  return { check, filed, id: row!.id! }
}

/** As the national node told it at the last log-in. */
async function giveMandate(scope: string[] = []): Promise<string> {
  const id = newId()
  await node.db`
    INSERT INTO identity.mandate_copy (mandate_id, acting_account_id, kind, represented_kind, subject, name, facts, scope, scope_codes, rights, starts_at, expires_at, learnt_at)
    VALUES (${id}, ${accountId}, 'staff', 'organisation', 'subject-of-a-company', 'Công ty TNHH Thử Nghiệm', ${node.db.json({ taxCode })}, ${scope.length > 0 ? 'procedures' : 'all'}, ${scope}, ${['fill-in', 'submit', 'receive']}, now() - interval '1 day', now() + interval '1 year', now())`
  return id
}

test('on a paper that the officer has seen the dossier is the organisation’s: it stands on the slip, the person beside it, and nobody’s account has it', async () => {
  const visit = await begin()
  const wrong = await name(visit, { taxCode: '5900181210', organisationPaper: 'Giấy giới thiệu số 12' })
  assert.equal(wrong.statusCode, 400)
  assert.match(wrong.body, /Mã số thuế không đúng/)
  assert.match(wrong.body, /value="Giấy giới thiệu số 12"/, 'what was typed stands there again')
  const empty = await name(visit, {})
  assert.match(empty.body, /Ghi tên theo giấy đăng ký/)
  assert.match(empty.body, /Ghi loại, số, ngày của giấy tờ đã xuất trình/)
  assert.equal((await name(visit, { organisationName: 'Công ty TNHH Chưa Biết', organisationPaper: 'Giấy giới thiệu số 12/GGT ngày 20/11/2026' })).statusCode, 303)
  assert.match((await office.get(desk, visit)).body, /Nộp cho Công ty TNHH Chưa Biết/)
  const { check, filed, id } = await fileIn(visit)
  assert.match(check.body, /Nộp cho Công ty TNHH Chưa Biết/)
  assert.doesNotMatch(check.body, /value="online"/, 'no account, no result online')
  assert.equal(filed.statusCode, 303, filed.body)
  const dossier = (await findDossier(node.db, id))!
  assert.deepEqual([dossier.state, dossier.accountId, dossier.ownerSubject, dossier.mandateId, dossier.filerAccountId], ['received', null, null, null, null])
  const { applicant } = (await findContent(node.db, id))!
  assert.deepEqual([applicant.name, applicant.idNumber, applicant.submittedBy?.name, applicant.submittedBy?.ground], ['Công ty TNHH Chưa Biết', taxCode, 'Trần Văn Giám Đốc', 'paper'])
  const slip = await buildSlip(desk.ctx, 'appointment-slip', dossier, { name: 'x', at: node.now(), sealedAt: node.now() }, (await findOfficialForm(node.db, 'appointment-slip', '2026-11-20'))!) as { submitter: string; owner: { name: string } }
  assert.equal(slip.owner.name, 'Công ty TNHH Chưa Biết')
  assert.match(slip.submitter, /Trần Văn Giám Đốc nộp thay Công ty TNHH Chưa Biết theo giấy tờ xuất trình: Giấy giới thiệu số 12/)
  assert.match((await office.get(desk, `/desk/dossiers/${id}`)).body, /Giấy giới thiệu số 12/)
  const visitId = visit.split('/').at(-1)!
  assert.ok(!(await listEvents(node.db, visitId)).some((e) => /Giấy giới thiệu|Chưa Biết/.test(JSON.stringify(e.data))))
  await office.post(desk, `${visit}/close`, [])
  assert.equal((await node.db<{ organisation: unknown }[]>`SELECT organisation FROM dossiers.visit WHERE id = ${visitId}`)[0]!.organisation, null)
})

test('under a mandate that the node knows no paper is needed, the dossier lies in the organisation’s account, and who filed is told', async () => {
  const mandateId = await giveMandate()
  const visit = await begin()
  assert.equal((await name(visit, {})).statusCode, 303)
  const { filed, id } = await fileIn(visit)
  assert.equal(filed.statusCode, 303, filed.body)
  const dossier = (await findDossier(node.db, id))!
  assert.deepEqual([dossier.accountId, dossier.ownerSubject, dossier.mandateId, dossier.filerAccountId], [null, 'subject-of-a-company', mandateId, accountId])
  assert.equal((await findContent(node.db, id))!.applicant.name, 'Công ty TNHH Thử Nghiệm')
  await drainFollowers(node)
  assert.ok((await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${accountId}`).some((n) => n.event === 'dossier-accepted'))
  await node.db`UPDATE identity.mandate_copy SET expires_at = now() - interval '1 hour' WHERE mandate_id = ${mandateId}`
  const ended = await fileIn(visit)
  assert.equal(ended.filed.statusCode, 400)
  assert.match(ended.filed.body, /Ủy quyền của tổ chức cho người này đã chấm dứt/)
})

test('a mandate for other procedures files nothing; and the person may file for himself again', async () => {
  await giveMandate(['1.001193'])
  const visit = await begin()
  await name(visit, {})
  const outside = await fileIn(visit)
  assert.equal(outside.filed.statusCode, 400)
  assert.match(outside.filed.body, /không gồm việc nộp hồ sơ của thủ tục này/)
  assert.equal((await office.post(desk, `${visit}/organisation/end`, [])).statusCode, 303)
  const own = await fileIn(visit)
  assert.deepEqual([(await findDossier(node.db, own.id))!.ownerSubject, (await findContent(node.db, own.id))!.applicant.name], ['subject-of-a-director', 'Trần Văn Giám Đốc'])
})
})
