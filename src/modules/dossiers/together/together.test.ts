import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Person } from '../../../platform/actor.ts'
import { createCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { modules } from '../../../app.ts'
import { findForm, sampleAnswers, type Form } from '../../forms/index.ts'
import { drainFollowers } from '../../ledger/index.ts'
import { findContent, findDossier } from '../dossiers.store.ts'
import { draftHolder } from '../on-behalf.ts'
import { deleteDraft, findDraftById, saveDraft } from '../drafts.store.ts'
import { movesOf } from '../next/moves.ts'
import { changeReturnWay } from '../return-way/change-return-way.ts'
import { checkChoice, findReturnChoice } from '../return-way/return-choice.ts'
import { startDraft } from '../start-draft.ts'
import { submitDraft } from '../submit-draft.ts'
import { decidePart, readGuest } from './guest.ts'
import { cancelInvitation, invite } from './invite.ts'

suite('several people prepare one dossier, and how its result comes', () => {
let node!: Node
let form!: Form
const stops: (() => unknown)[] = []
const now = new Date('2026-11-20T02:00:00Z')
before(async () => {
  const database = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(database.db, { modules, now: () => now })
  for (const m of node.modules) await m.seed?.(node)
  await drainFollowers(node)
  form = (await findForm(node.db, 'marriage-registration'))!
})
after(async () => {
  for (const m of node.modules) await m.stop?.(node)
  for (const stop of stops.reverse()) await stop()
})

let people = 0
async function citizen(): Promise<{ ctx: Ctx; person: Person; idNumber: string }> {
  const id = newId()
  const subject = `subject-${++people}`
  const idNumber = `0520900009${String(people).padStart(2, '0')}`
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${id}, ${subject}, ${idNumber}, ${`Người Thứ ${people}`}, '1990-03-12', '0900000099', 2, now(), now())`
  const person: Person = { kind: 'person', id, subject, name: `Người Thứ ${people}`, assurance: 2, methods: ['otp'], authenticatedAt: now, sessionId: newId() }
  return { ctx: createCtx(node, { actor: person }), person, idNumber }
}
/** A whole declaration of marriage in preparation. */
async function prepared(host: { ctx: Ctx; person: Person }) {
  const id = await startDraft(host.ctx, host.person, '1.000894')
  await transact(host.ctx, async (tx) => saveDraft(tx, id, { answers: sampleAnswers(form, 3, { now, fixed: { place: { province: '52', commune: '23575' } } }), filled: [], visited: form.definition.pages.map((p) => p.id), at: now }))
  return async () => (await findDraftById(node.db, id))!
}

test('the filing waits for whom it invited; who confirmed stands with the dossier, and a later change needs a new confirmation', async () => {
  const [host, partner, stranger] = [await citizen(), await citizen(), await citizen()]
  const draft = await prepared(host)
  const id = await invite(host.ctx, await draft(), { idNumber: partner.idNumber, name: 'Người Thứ Hai', pages: ['partner'] })
  assert.deepEqual((await movesOf(partner.ctx, partner.person)).map((m) => [m.kind, m.href]), [['confirm', `/loi-moi/${id}`]])
  assert.equal((await node.db`SELECT 1 FROM notifications.inbox_item WHERE person_id = ${partner.person.id} AND event = 'dossier-invitation'`).length, 1)
  const submit = async () => submitDraft(host.ctx, host.person, await draft(), form, { returnWay: 'online' })
  assert.deepEqual(await submit(), { errors: [{ field: '', key: 'dossiers.together.waiting', params: { name: 'Người Thứ Hai' } }] })
  await assert.rejects(readGuest(stranger.ctx, id), (e) => isRefusal(e, 'NOT_FOUND'), 'nobody else reads it')
  await decidePart(partner.ctx, id, 'confirmed')
  assert.deepEqual(await movesOf(partner.ctx, partner.person), [])
  const { id: draftId, answers, visited } = await draft()
  const changed = { ...answers, partner: { ...(answers.partner as object), name: 'Tên Đã Sửa' } }
  await transact(host.ctx, async (tx) => saveDraft(tx, draftId, { answers: changed, filled: [], visited, at: now }))
  assert.ok('errors' in (await submit()), 'what was confirmed is not what would be filed')
  await decidePart(partner.ctx, id, 'confirmed')
  const filed = await submit()
  assert.ok('dossierId' in filed, JSON.stringify(filed))
  const { applicant } = (await findContent(node.db, filed.dossierId))!
  assert.deepEqual(applicant.confirmedBy?.map((c) => [c.name, c.idNumber, c.pages]), [['Người Thứ Hai', partner.idNumber, ['Người còn lại']]])
  assert.equal((await node.db`SELECT 1 FROM dossiers.invitation WHERE id = ${id}`).length, 0)
  const events = await node.db<{ type: string; data: object }[]>`SELECT type, data FROM ledger.event WHERE type LIKE 'dossier.part%' ORDER BY id`
  assert.deepEqual(events.map((e) => e.type), ['dossier.part_invited', 'dossier.part_confirmed', 'dossier.part_confirmed'])
  assert.doesNotMatch(JSON.stringify(events), new RegExp(`${partner.idNumber}|Người Thứ`))
})

test('an invitation that is taken back hinders nothing; a declined one does; with the draft its invitations go', async () => {
  const [host, partner] = [await citizen(), await citizen()]
  const draft = await prepared(host)
  const id = await invite(host.ctx, await draft(), { idNumber: partner.idNumber, name: 'Bên Kia', pages: ['partner'] })
  await decidePart(partner.ctx, id, 'declined')
  assert.ok('errors' in (await submitDraft(host.ctx, host.person, await draft(), form, { returnWay: 'online' })))
  const other = await prepared(host)
  await assert.rejects(cancelInvitation(host.ctx, await other(), id), (e) => isRefusal(e, 'NOT_FOUND'), 'of another draft')
  await cancelInvitation(host.ctx, await draft(), id)
  await assert.rejects(readGuest(partner.ctx, id), (e) => isRefusal(e, 'NOT_FOUND'))
  assert.ok('dossierId' in (await submitDraft(host.ctx, host.person, await draft(), form, { returnWay: 'online' })))
  const late = await invite(host.ctx, await other(), { idNumber: partner.idNumber, name: 'Bên Kia', pages: ['partner'] })
  await deleteDraft(node.db, (await other()).id, draftHolder(host.person))
  assert.equal((await node.db`SELECT 1 FROM dossiers.invitation WHERE id = ${late}`).length, 0)
})

test('the way of return is kept with the filing and may change until there is a result', async () => {
  const host = await citizen()
  const draft = await prepared(host)
  const to = { name: 'Nguyễn Văn Nhận', phone: '0905123456', address: '27 đường Wừu, phường Pleiku' }
  const filed = await submitDraft(host.ctx, host.person, await draft(), form, { returnWay: 'post', returnTo: { deskCode: null, recipient: to } })
  assert.ok('dossierId' in filed)
  const id = filed.dossierId
  assert.deepEqual([(await findDossier(node.db, id))!.returnWay, await findReturnChoice(node.db, id)], ['post', { deskCode: null, recipient: to }])
  await changeReturnWay(host.ctx, { dossierId: id, choice: { way: 'desk', deskCode: 'H21.101', recipient: null } })
  assert.deepEqual([(await findDossier(node.db, id))!.returnWay, await findReturnChoice(node.db, id)], ['desk', { deskCode: 'H21.101', recipient: null }])
  const [event] = await node.db<{ data: object }[]>`SELECT data FROM ledger.event WHERE subject = ${id} AND type = 'dossier.return_changed'`
  assert.doesNotMatch(JSON.stringify(event), /Wừu|0905/)
  await assert.rejects(changeReturnWay((await citizen()).ctx, { dossierId: id, choice: { way: 'online', deskCode: null, recipient: null } }), (e) => isRefusal(e, 'NOT_FOUND'))
  await node.db`UPDATE dossiers.dossier SET state = 'finished' WHERE id = ${id}`
  await assert.rejects(changeReturnWay(host.ctx, { dossierId: id, choice: { way: 'online', deskCode: null, recipient: null } }), (e) => isRefusal(e, 'RETURN_SETTLED'))
})

test('a choice names a desk of the list or a whole address', () => {
  const wrong = (choice: Parameters<typeof checkChoice>[0]) => checkChoice(choice, [{ code: 'H21.101' }]).map((m) => m.field)
  assert.deepEqual(wrong({ way: 'online', deskCode: null, recipient: null }), [])
  assert.deepEqual(wrong({ way: 'desk', deskCode: null, recipient: null }), [])
  assert.deepEqual(wrong({ way: 'desk', deskCode: 'H99', recipient: null }), ['returnDesk'])
  assert.deepEqual(wrong({ way: 'post', deskCode: null, recipient: { name: '', phone: '12', address: 'x' } }), ['returnName', 'returnPhone', 'returnAddress'])
  assert.deepEqual(wrong({ way: 'post', deskCode: null, recipient: { name: 'A B', phone: '0905 123 456', address: '27 đường Wừu, Pleiku' } }), [])
})
})
