import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Person } from '../../../platform/actor.ts'
import { createCtx } from '../../../platform/ctx.ts'
import { emptyForm, type FormBody, type Req } from '../../../platform/http/route.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { translator } from '../../../platform/i18n.ts'
import { modules } from '../../../app.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { bodyOfPage, findForm, pathOf, sampleAnswers, valueAt, type Answers, type Form } from '../../forms/index.ts'
import { findDossier } from '../dossiers.store.ts'
import { findDraft, saveDraft, type Draft } from '../drafts.store.ts'
import { draftHolder } from '../on-behalf.ts'
import { checkRoutes } from '../pages/portal/check.page.tsx'
import { draftRoutes } from '../pages/portal/draft.page.tsx'
import { startDraft } from '../start-draft.ts'
import { submitDossier } from '../submit-dossier.ts'
import { sourceWords } from './source.ts'

const [copies, business] = ['2.000815', '1.001612'] as const

// Hooks of a file without a suite would run for every file of the process.
suite('answers filled in beforehand', () => {
let node!: Node
const stops: (() => unknown)[] = []
const now = new Date('2026-11-20T02:00:00Z')
before(async () => {
  const database = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(database.db, { modules, now: () => now })
  for (const m of node.modules) await m.seed?.(node)
})
after(async () => {
  for (const m of node.modules) await m.stop?.(node)
  for (const stop of stops.reverse()) await stop()
})

let people = 0
async function person(): Promise<Person & { idNumber: string }> {
  const id = newId()
  const idNumber = `0520900008${String(++people).padStart(2, '0')}`
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${id}, ${`prefilled-${people}`}, ${idNumber}, 'Đỗ Văn Điền Sẵn', '1990-03-12', '0905123456', 2, now(), now())`
  return { kind: 'person', id, subject: `prefilled-${people}`, name: 'Đỗ Văn Điền Sẵn', assurance: 2, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId(), idNumber }
}

const home = { province: '52', commune: '23575', street: '27 đường Wừu' }
const formOf = async (code: string): Promise<Form> => (await findForm(node.db, (await getCurrentProcedure(node.db, code, now))!.content.service!.formKey))!

/** Files a dossier in which this id number applies, from this home. */
async function file(who: Person, idNumber: string, address: object = home): Promise<string> {
  const form = await formOf(business)
  const { applicant } = form.definition
  const answers = { ...sampleAnswers(form, 5, { now, communes: [{ code: '23575', province: '52' }], fixed: { founder: 'individual' } }), [applicant.citizenId]: idNumber, [applicant.address!]: address }
  const procedure = (await getCurrentProcedure(node.db, business, now))!
  return (await submitDossier(createCtx(node, { actor: who }), { procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant: { name: who.name, idNumber }, files: [], placeCode: '23575', returnWay: 'online', channel: 'online', filingKey: newId() })).id
}

async function begin(who: Person, code: string = copies): Promise<{ draft: Draft; form: Form }> {
  const draft = (await findDraft(node.db, await startDraft(createCtx(node, { actor: who }), who, code), draftHolder(who)))!
  return { draft, form: await formOf(code) }
}
const sourcesOf = (draft: Draft): Record<string, string> => Object.fromEntries(draft.filled.map((f) => [f.field, f.from]))

function request(who: Person, draft: Draft, method: 'GET' | 'POST', fields: readonly (readonly [string, string])[] = [], page = ''): Req {
  const form: FormBody = { ...emptyForm, get: (name) => fields.find(([n]) => n === name)?.[1] ?? '', all: (name) => fields.filter(([n]) => n === name).map(([, v]) => v) }
  return { ctx: createCtx(node, { actor: who }), params: { code: draft.procedureCode, draft: draft.id, page }, query: {}, form, raw: { method } } as unknown as Req
}
const routeOf = (routes: typeof checkRoutes, method: string) => routes.find((r) => r.method === method)!

test('what the account does not know comes from the person’s last dossier, and each answer says from where', async () => {
  const who = await person()
  const id = await file(who, who.idNumber)
  const { draft } = await begin(who)
  assert.deepEqual([valueAt(draft.answers, 'requester.name'), valueAt(draft.answers, 'requester.phone')], ['Đỗ Văn Điền Sẵn', '0905123456'])
  assert.deepEqual(valueAt(draft.answers, 'requester.residence'), home)
  assert.deepEqual([sourcesOf(draft)['requester.name'], sourcesOf(draft)['requester.residence']], ['account', 'dossier'])
  const dossier = (await findDossier(node.db, id))!
  const residence = draft.filled.find((f) => f.field === 'requester.residence')!
  assert.equal(sourceWords(translator('vi'), residence), `Từ hồ sơ ${dossier.reference}, ngày 20/11/2026. Kiểm tra lại trước khi tiếp tục`)
  assert.match(sourceWords(translator('en'), draft.filled[0]!), /^From your account/)
})

test('nothing comes from dossiers of others, from one in which another applied, or from a place that is no more', async () => {
  const [who, other, moved] = [await person(), await person(), await person()]
  await file(other, other.idNumber)
  await file(who, other.idNumber)
  await file(moved, moved.idNumber, { province: '52', commune: '99999', street: 'x' })
  for (const one of [who, moved]) {
    const { draft } = await begin(one)
    assert.deepEqual([valueAt(draft.answers, 'requester.residence'), new Set(Object.values(sourcesOf(draft))).has('dossier') && valueAt(draft.answers, 'requester.residence') !== undefined], [undefined, false])
  }
})

test('what the person changes is his own from then on; what stays has to be confirmed before filing', async () => {
  const who = await person()
  await file(who, who.idNumber)
  const { draft, form } = await begin(who)
  const page = form.definition.pages[0]!
  const changed: Answers = { ...draft.answers, requester: { ...(sampleAnswers(form, 3, { now }).requester as Answers), ...(draft.answers.requester as Answers), sex: 'male', phone: '0912000111' } }
  const reply = await routeOf(draftRoutes, 'POST').handler(request(who, draft, 'POST', bodyOfPage(form, page, changed), page.path))
  assert.equal(reply.status, 303)
  const after = (await findDraft(node.db, draft.id, draftHolder(who)))!
  assert.equal(valueAt(after.answers, 'requester.phone'), '0912000111')
  assert.deepEqual([sourcesOf(draft)['requester.phone'], sourcesOf(after)['requester.phone'], sourcesOf(after)['requester.residence']], ['account', undefined, 'dossier'])

  const answers = { ...sampleAnswers(form, 3, { now, communes: [{ code: '23575', province: '52' }], fixed: { requester: changed.requester } }), requester: changed.requester }
  await node.db.begin((tx) => saveDraft(tx as never, draft.id, { answers, filled: after.filled, visited: pathOf(form, answers).map((p) => p.id), at: now }))
  const post = (more: readonly (readonly [string, string])[]) => routeOf(checkRoutes, 'POST').handler(request(who, draft, 'POST', [['returnWay', 'online'], ...more]))
  assert.equal((await post([])).status, 400, 'not without a word')
  const filed = await post([['confirmed', 'yes']])
  assert.equal(filed.status, 303, JSON.stringify(filed.kind === 'page' ? filed.title : ''))
})

test('a draft without such answers asks for no confirmation', async () => {
  const who = await person()
  const { draft, form } = await begin(who)
  const answers = sampleAnswers(form, 4, { now, communes: [{ code: '23575', province: '52' }] })
  await node.db.begin((tx) => saveDraft(tx as never, draft.id, { answers, filled: [], visited: pathOf(form, answers).map((p) => p.id), at: now }))
  assert.equal((await routeOf(checkRoutes, 'POST').handler(request(who, draft, 'POST', [['returnWay', 'online']]))).status, 303)
})
})
