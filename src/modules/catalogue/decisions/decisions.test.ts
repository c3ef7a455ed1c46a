import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Actor } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { listEvents } from '../../ledger/index.ts'
import type { ProcedureInput } from '../content.ts'
import { catalogue, findAbolition, getCurrentProcedure, getProcedureVersion, isAbolished, listVersions, procedureNames, publishProcedure, searchProcedures } from '../index.ts'
import { checkDecision } from './check-decision.ts'
import { findDecision, findItem } from './decision.store.ts'
import { draftDecision, type DecisionHeading } from './draft-decision.ts'
import { confirmCopy, copiesOf, findCopy, listCopies } from './list-copies.ts'
import { groupsOf } from './linked-groups.ts'
import { publishDecision } from './publish-decision.ts'
import { removeDecisionItem, saveDecisionItem, type SaveItem } from './save-decision-item.ts'
import { submitForCheck } from './submit-for-check.ts'
import { withdrawDecision } from './withdraw-decision.ts'

const sample: ProcedureInput = {
  code: '1.000001', name: { vi: 'Cấp thẻ thư viện xã', en: 'Commune library card' }, sector: { code: 'thu-vien', name: { vi: 'Thư viện' } }, owner: { code: 'G16', name: { vi: 'Bộ Văn hóa, Thể thao và Du lịch' } }, levels: ['commune'],
  agencies: { executing: [], competent: [], authorised: [], cooperating: [] }, subjects: ['citizen'], steps: [{ text: { vi: 'Nộp hồ sơ' } }],
  methods: [{ channel: 'desk', limit: { value: 5, unit: 'working-day' }, fees: [{ amount: 20_000 }] }, { channel: 'online', limit: { value: 5, unit: 'working-day' }, fees: [] }], components: [], requirements: [],
  legalBases: [{ number: '46/2019/QH14' }], results: [], onlineLevel: 'partial', filingScope: 'province', related: [], keywords: [], lifeEvents: [],
}
const copy = '1.000001.000.00.00.H21'

interface Office { node: Node; now: { at: Date }; as(issuer: string, who?: string): Ctx; run(issuer: string, items: Omit<SaveItem, 'decisionId' | 'revision'>[], heading?: Partial<DecisionHeading>): Promise<string> }

async function office(t: TestContext, code = 'VN'): Promise<Office> {
  const { db } = await testDatabase(t)
  const now = { at: new Date('2026-11-22T03:00:00Z') }
  const node = testNode(db, { code, modules: [catalogue], now: () => now.at })
  const ids = new Map<string, string>()
  const as = (issuer: string, who = 'author'): Ctx => {
    const key = `${issuer} ${who}`
    ids.set(key, ids.get(key) ?? newId())
    const actor: Actor = { kind: 'officer', id: ids.get(key)!, name: `${who} ${issuer}`, agencyCode: issuer, unitId: null, roles: [], permissions: new Set(), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' }
    return createCtx(node, { actor })
  }
  let number = 0
  return { node, now, as, async run(issuer, items, heading = {}) {
    const id = await draft(as(issuer), { number: `${++number}/QĐ`, issuer, ...heading })
    for (const item of items) assert.deepEqual(await saveDecisionItem(as(issuer), { decisionId: id, revision: 0, ...item }), { revision: 1 })
    assert.deepEqual(await submitForCheck(as(issuer), id), [])
    assert.deepEqual(await checkDecision(as(issuer, 'checker'), { decisionId: id, verdict: 'approve', note: '' }), [])
    await publishDecision(as(issuer), id)
    return id
  } }
}

async function draft(ctx: Ctx, heading: Partial<DecisionHeading>): Promise<string> {
  const drafted = await draftDecision(ctx, { number: '1/QĐ', issuedOn: '2026-11-01', effectiveOn: '2026-11-01', issuer: 'G16', ...heading })
  assert.ok('id' in drafted, JSON.stringify(drafted))
  return drafted.id
}

const keysOf = (saved: object): string[] => ('errors' in saved ? (saved.errors as { key: string }[]).map((e) => e.key.replace('catalogue.decisions.', '')) : [JSON.stringify(saved)])

test('a decision goes draft, check, published; nothing of it is public before, and the ledger tells every step', async (t) => {
  const o = await office(t)
  const id = await draft(o.as('G16'), {})
  await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000001', action: 'create', content: sample, revision: 0 })
  await submitForCheck(o.as('G16'), id)
  assert.equal(await getCurrentProcedure(o.node.db, '1.000001', o.now.at), undefined)
  await assert.rejects(publishDecision(o.as('G16'), id), (e) => isRefusal(e, 'DECISION_NOT_IN_STATE'))
  await checkDecision(o.as('G16', 'checker'), { decisionId: id, verdict: 'approve', note: '' })
  assert.equal((await listVersions(o.node.db, '1.000001')).length, 0)
  await publishDecision(o.as('G16'), id)
  const published = await getCurrentProcedure(o.node.db, '1.000001', o.now.at)
  assert.deepEqual([published?.version, published?.decisionNumber, published?.decisionDate, published?.validFrom], [1, '1/QĐ', '2026-11-01', '2026-11-01'])
  assert.deepEqual((await listEvents(o.node.db, id)).map((e) => e.type.replace('catalogue.decision_', '')), ['drafted', 'item_saved', 'submitted', 'checked', 'published'])
  assert.equal((await findItem(o.node.db, id, '1.000001'))?.publishedVersion, 1)
})

test('neither the author nor who saved an entry may check, and returning needs a reason', async (t) => {
  const o = await office(t)
  const id = await draft(o.as('G16'), {})
  await saveDecisionItem(o.as('G16', 'editor'), { decisionId: id, code: '1.000001', action: 'create', content: sample, revision: 0 })
  await submitForCheck(o.as('G16'), id)
  for (const who of ['author', 'editor']) await assert.rejects(checkDecision(o.as('G16', who), { decisionId: id, verdict: 'approve', note: '' }), (e) => isRefusal(e, 'SAME_EYES'))
  assert.deepEqual((await checkDecision(o.as('G16', 'checker'), { decisionId: id, verdict: 'return', note: ' ' })).map((e) => e.field), ['note'])
  await checkDecision(o.as('G16', 'checker'), { decisionId: id, verdict: 'return', note: 'Thiếu căn cứ pháp lý' })
  assert.deepEqual(await findDecision(o.node.db, id).then((d) => [d?.state, d?.checkNote]), ['draft', 'Thiếu căn cứ pháp lý'])
})

test('an office acts only on its own decisions and codes, and only at the national node', async (t) => {
  const o = await office(t)
  await assert.rejects(draft(o.as('G15'), { issuer: 'G16' }), (e) => isRefusal(e, 'NOT_ISSUER'))
  const id = await draft(o.as('G15'), { issuer: 'G15' })
  await assert.rejects(saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000001', action: 'create', content: sample, revision: 0 }), (e) => isRefusal(e, 'NOT_ISSUER'))
  const save = async (decisionId: string, issuer: string, item: Omit<SaveItem, 'decisionId' | 'revision'>) => keysOf(await saveDecisionItem(o.as(issuer), { decisionId, revision: 0, ...item }))
  assert.deepEqual(await save(id, 'G15', { code: '1.000001', action: 'create', content: sample }), ['item.ownerOther'])
  await o.run('G16', [{ code: '1.000001', action: 'create', content: sample }])
  assert.deepEqual(await save(id, 'G15', { code: '1.000001', action: 'abolish' }), ['item.ownerOther'])
  assert.deepEqual(await save(id, 'G15', { code: copy, action: 'localise', content: {} }), ['item.codeOther'])
  const province = await draft(o.as('H21'), { issuer: 'H21', number: 'x' })
  assert.deepEqual(await save(province, 'H21', { code: '1.000001', action: 'abolish' }), ['item.codeOther'])
  assert.deepEqual(await save(province, 'H21', { code: copy, action: 'create', content: { ...sample, code: copy } }), ['item.isCopy'])
  assert.deepEqual(await save(province, 'H21', { code: '1.000001.000.00.00.H01', action: 'localise', content: {} }), ['item.codeOther'])
  assert.deepEqual(await save(province, 'H21', { code: '1.777777.000.00.00.H21', action: 'localise', content: {} }), ['item.noOriginal'])
  assert.deepEqual(await save(province, 'H21', { code: copy, action: 'localise', content: { steps: [] } }), ['item.contentWrong'])
  assert.deepEqual(await save(province, 'H21', { code: copy, action: 'localise', content: { methods: [{ channel: 'post' }] } }), ['item.channelUnknown'])
  const local = await office(t, 'H21')
  await assert.rejects(draft(local.as('H21'), { issuer: 'H21' }), (e) => isRefusal(e, 'NOT_AUTHOR'))
})

test('of two editors on one entry the second learns what changed, and nothing is overwritten', async (t) => {
  const o = await office(t)
  const id = await draft(o.as('G16'), {})
  const save = (who: string, revision: number, content: ProcedureInput) => saveDecisionItem(o.as('G16', who), { decisionId: id, code: '1.000001', action: 'create', content, revision })
  assert.deepEqual(await save('one', 0, sample), { revision: 1 })
  assert.deepEqual(await save('one', 1, { ...sample, name: { vi: 'Tên của người thứ nhất' } }), { revision: 2 })
  const second = await save('two', 1, { ...sample, name: { vi: 'Tên của người thứ hai' } })
  assert.ok('conflict' in second)
  assert.deepEqual([second.conflict.stored.editedName, second.conflict.stored.revision], ['one G16', 2])
  assert.deepEqual(second.conflict.changes, [{ kind: 'changed', path: ['name', 'vi'], before: 'Tên của người thứ nhất', after: 'Tên của người thứ hai' }])
  assert.equal(((await findItem(o.node.db, id, '1.000001'))?.content as ProcedureInput).name.vi, 'Tên của người thứ nhất')
  const both = await Promise.all(['one', 'two', 'three'].map((who) => save(who, 2, { ...sample, keywords: [who] })))
  assert.deepEqual(both.filter((s) => 'revision' in s).length, 1)
  assert.ok('conflict' in await saveDecisionItem(o.as('G16', 'two'), { decisionId: id, code: '1.000001', action: 'create', content: sample, revision: 0 }), 'a second new entry of the same code is a conflict too')
})

test('content is checked when it is saved, field by field; a published decision is closed', async (t) => {
  const o = await office(t)
  const id = await draft(o.as('G16'), { number: 'mở' })
  await assert.rejects(submitForCheck(o.as('G16'), id), (e) => isRefusal(e, 'DECISION_EMPTY'))
  const { sector: _, ...missing } = sample
  const saved = await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000001', action: 'create', content: missing, revision: 0 })
  assert.ok('errors' in saved && saved.errors[0]!.params!.where === 'sector', JSON.stringify(saved))
  assert.deepEqual(keysOf(await saveDecisionItem(o.as('G16'), { decisionId: id, code: 'abc', action: 'create', content: sample, revision: 0 })), ['item.codeWrong'])
  assert.deepEqual(keysOf(await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000002', action: 'create', content: sample, revision: 0 })), ['item.codeDiffers'])
  assert.deepEqual(keysOf(await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000009', action: 'amend', content: sample, revision: 0 })), ['item.unknown'])
  const done = await o.run('G16', [{ code: '1.000001', action: 'create', content: sample }])
  assert.deepEqual(keysOf(await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000001', action: 'create', content: sample, revision: 0 })), ['item.exists'])
  assert.deepEqual(keysOf(await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000001', action: 'amend', content: sample, revision: 0 })), ['item.unchanged'])
  await assert.rejects(removeDecisionItem(o.as('G16'), { decisionId: done, code: '1.000001' }), (e) => isRefusal(e, 'DECISION_NOT_IN_STATE'))
  await assert.rejects(withdrawDecision(o.as('G16'), done), (e) => isRefusal(e, 'DECISION_NOT_IN_STATE'))
  assert.deepEqual(keysOf(await draftDecision(o.as('G16'), { number: 'sớm', issuer: 'G16', issuedOn: '2026-11-01', effectiveOn: '2026-10-01' })), ['effectiveEarly'])
})

test('an amendment with a later day comes into force on that day; one that another overtook is refused', async (t) => {
  const o = await office(t)
  await o.run('G16', [{ code: '1.000001', action: 'create', content: sample }])
  const first = await draft(o.as('G16'), { number: 'a', effectiveOn: '2027-01-01' })
  const second = await draft(o.as('G16'), { number: 'b' })
  for (const [id, vi] of [[first, 'Tên của năm sau'], [second, 'Tên khác']] as const) {
    await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000001', action: 'amend', content: { ...sample, name: { vi } }, revision: 0 })
    await submitForCheck(o.as('G16'), id)
    await checkDecision(o.as('G16', 'checker'), { decisionId: id, verdict: 'approve', note: '' })
  }
  await publishDecision(o.as('G16'), first)
  assert.equal((await getCurrentProcedure(o.node.db, '1.000001', o.now.at))?.version, 1)
  assert.equal((await getCurrentProcedure(o.node.db, '1.000001', '2027-01-01'))?.content.name.vi, 'Tên của năm sau')
  await assert.rejects(publishDecision(o.as('G16'), second), (e) => isRefusal(e, 'ITEMS_STALE') && e.params.codes === '1.000001')
  assert.equal((await listVersions(o.node.db, '1.000001')).length, 2)
})

const part = { methods: [{ channel: 'online' as const, limit: { value: 3, unit: 'working-day' as const } }], receivingPlace: { vi: 'Trung tâm phục vụ hành chính công' } }

test('a province localises; when the ministry amends, the copy follows by itself and says that the original has changed', async (t) => {
  const o = await office(t)
  await o.run('G16', [{ code: '1.000001', action: 'create', content: sample }])
  await o.run('H21', [{ code: copy, action: 'localise', content: part }])
  const first = await getCurrentProcedure(o.node.db, copy, o.now.at)
  assert.deepEqual([first?.version, first?.baseVersion, first?.content.methods.map((m) => m.limit?.value), first?.content.receivingPlace?.vi], [1, 1, [5, 3], part.receivingPlace.vi])
  assert.deepEqual(await copiesOf(o.node.db, '1.000001').then((l) => l.map((c) => ({ ...c }))), [{ code: copy, issuer: 'H21' }])
  await o.run('G16', [{ code: '1.000001', action: 'amend', content: { ...sample, steps: [{ text: { vi: 'Nộp hồ sơ trực tuyến' } }], methods: [{ ...sample.methods[0]!, limit: { value: 4, unit: 'working-day' } }, sample.methods[1]!] } }], { effectiveOn: '2026-11-20' })
  const second = await getCurrentProcedure(o.node.db, copy, o.now.at)
  assert.deepEqual([second?.version, second?.baseVersion, second?.content.steps[0]?.text.vi, second?.content.methods.map((m) => m.limit?.value), second?.validFrom], [2, 2, 'Nộp hồ sơ trực tuyến', [4, 3], '2026-11-20'])
  assert.deepEqual(await findCopy(o.node.db, copy).then((c) => [c?.reviewedVersion, c?.baseVersion, c?.hasChanged]), [1, 2, true])
  assert.deepEqual((await listCopies(o.node.db, { issuer: 'H21', changedOnly: true }, 1)).changed, 1)
  await assert.rejects(confirmCopy(o.as('H01'), { code: copy, baseVersion: 2 }), (e) => isRefusal(e, 'NOT_ISSUER'))
  await confirmCopy(o.as('H21'), { code: copy, baseVersion: 2 })
  assert.equal((await findCopy(o.node.db, copy))?.hasChanged, false)
  assert.deepEqual((await searchProcedures(o.node.db, { q: 'the thu vien xa' })).rows.map((r) => r.code), ['1.000001'], 'a search finds the original once')
  assert.equal((await procedureNames(o.node.db, [copy], 'vi')).get(copy), sample.name.vi)
})

test('a version of the original that is still to come reaches the copy on its day, whichever was published first', async (t) => {
  const o = await office(t)
  await o.run('G16', [{ code: '1.000001', action: 'create', content: sample }])
  await o.run('G16', [{ code: '1.000001', action: 'amend', content: { ...sample, keywords: ['mới'] } }], { effectiveOn: '2027-01-01' })
  await o.run('H21', [{ code: copy, action: 'localise', content: part }])
  await o.run('H21', [{ code: copy, action: 'localise', content: { ...part, levels: ['province'] } }], { effectiveOn: '2027-02-01' })
  const at = async (day: string) => getCurrentProcedure(o.node.db, copy, day).then((p) => [p?.baseVersion, p?.content.keywords.length, p?.content.levels[0]])
  assert.deepEqual([await at('2026-12-31'), await at('2027-01-01'), await at('2027-02-01')], [[1, 0, 'commune'], [2, 1, 'commune'], [2, 1, 'province']])
  await o.run('G16', [{ code: '1.000001', action: 'amend', content: { ...sample, keywords: ['mới', 'nữa'] } }], { effectiveOn: '2027-01-15' })
  assert.deepEqual([await at('2027-01-14'), await at('2027-01-15'), await at('2027-02-01')], [[2, 1, 'commune'], [3, 2, 'commune'], [3, 2, 'province']])
})

test('a procedure that the law leaves to the province is its own: created, found, amended and abolished by it', async (t) => {
  const o = await office(t)
  const own = '2.000009.000.00.00.H21'
  const content: ProcedureInput = { ...sample, code: own, owner: { code: 'H21', name: { vi: 'UBND tỉnh Gia Lai' } } }
  await o.run('H21', [{ code: own, action: 'create', content }])
  assert.deepEqual((await searchProcedures(o.node.db, { q: 'the thu vien xa' })).rows.map((r) => r.code), [own])
  await o.run('H21', [{ code: own, action: 'amend', content: { ...content, keywords: ['thẻ'] } }])
  assert.equal((await getCurrentProcedure(o.node.db, own, o.now.at))?.version, 2)
  await o.run('H21', [{ code: own, action: 'abolish' }])
  assert.equal(await getCurrentProcedure(o.node.db, own, o.now.at), undefined)
})

test('abolition is final and takes every copy along; versions stay readable', async (t) => {
  const o = await office(t)
  await o.run('G16', [{ code: '1.000001', action: 'create', content: sample }])
  await o.run('H21', [{ code: copy, action: 'localise', content: part }])
  await o.run('G16', [{ code: '1.000001', action: 'abolish' }])
  for (const code of ['1.000001', copy]) {
    assert.equal(await getCurrentProcedure(o.node.db, code, o.now.at), undefined)
    assert.equal(await isAbolished(o.node.db, code, o.now.at), true)
    assert.equal(await isAbolished(o.node.db, code, new Date(o.now.at.getTime() - 1)), false, 'what was filed a moment before stays')
    assert.equal((await getProcedureVersion(o.node.db, code, 1))?.content.name.vi, sample.name.vi)
    assert.equal((await listEvents(o.node.db, code)).at(-1)?.type, 'catalogue.procedure_abolished')
  }
  assert.deepEqual(await findAbolition(o.node.db, copy).then((a) => [a?.cascadeOf, a?.abolishedOn]), ['1.000001', '2026-11-22'])
  assert.equal((await searchProcedures(o.node.db, { q: '1.000001' })).total, 0)
  const ctx = systemCtx(o.node, 'test')
  await assert.rejects(transact(ctx, (tx) => publishProcedure(tx, ctx, { content: { ...sample, keywords: ['lại'] } })), (e) => isRefusal(e, 'CODE_ABOLISHED'))
  const id = await draft(o.as('G16'), { number: 'z' })
  assert.deepEqual(keysOf(await saveDecisionItem(o.as('G16'), { decisionId: id, code: '1.000001', action: 'abolish', revision: 0 })), ['item.abolished'])
})

test('an abolition of the future closes on its day, not before, and no version comes after it', async (t) => {
  const o = await office(t)
  await o.run('G16', [{ code: '1.000001', action: 'create', content: sample }])
  await o.run('G16', [{ code: '1.000001', action: 'amend', content: { ...sample, keywords: ['x'] } }], { effectiveOn: '2027-06-01' })
  await o.run('G16', [{ code: '1.000001', action: 'abolish' }], { effectiveOn: '2027-01-01' })
  assert.equal((await getCurrentProcedure(o.node.db, '1.000001', o.now.at))?.version, 1)
  assert.equal((await getCurrentProcedure(o.node.db, '1.000001', '2026-12-31'))?.version, 1)
  for (const day of ['2027-01-01', '2027-06-01', '2027-06-02']) assert.equal(await getCurrentProcedure(o.node.db, '1.000001', day), undefined, day)
  assert.equal((await searchProcedures(o.node.db, { q: '1.000001' })).total, 1)
  o.now.at = new Date('2027-01-01T00:00:00+07:00')
  await o.node.db`UPDATE platform.job SET run_at = now() - interval '1 second'`
  while (await runDue(o.node) > 0);
  assert.equal((await searchProcedures(o.node.db, { q: '1.000001' })).total, 0)
})

test('a linked group holds procedures in their order under one content; members must be in force and come after what they depend on', async (t) => {
  const o = await office(t)
  await o.run('G16', ['1', '2', '3'].map((n) => ({ code: `1.00000${n}`, action: 'create' as const, content: { ...sample, code: `1.00000${n}` } })))
  await o.run('G16', [{ code: '1.000003', action: 'abolish' }])
  const group = (...members: { code: string; after: string[] }[]): ProcedureInput => ({ ...sample, code: '2.000001', name: { vi: 'Liên thông thẻ thư viện' }, linked: { members } })
  const [one, two] = [{ code: '1.000001', after: [] }, { code: '1.000002', after: ['1.000001'] }]
  const id = await draft(o.as('G16'), { number: 'nhóm' })
  const save = async (content: ProcedureInput, action: 'link' | 'create' = 'link') => keysOf(await saveDecisionItem(o.as('G16'), { decisionId: id, code: '2.000001', action, content, revision: 0 }))
  assert.deepEqual(await save(group(one, { code: '1.000003', after: [] })), ['item.memberUnknown'])
  assert.deepEqual(await save(group(one, one)), ['item.memberTwice'])
  assert.deepEqual(await save(group(two, one)), ['item.memberOrder'])
  assert.deepEqual(await save({ ...sample, code: '2.000001' }), ['item.membersMissing'])
  assert.deepEqual(await save(group(one, two), 'create'), ['item.isLink'])
  await o.run('G16', [{ code: '2.000001', action: 'link', content: group(one, two) }])
  assert.deepEqual((await getCurrentProcedure(o.node.db, '2.000001', o.now.at))?.content.linked?.members.map((m) => m.code), ['1.000001', '1.000002'])
  assert.deepEqual(await groupsOf(o.node.db, '1.000002', '2026-11-22', 'vi').then((g) => g.map((x) => x.name)), ['Liên thông thẻ thư viện'])
  await o.run('G16', [{ code: '2.000001', action: 'link', content: { ...group(one, { ...two, after: [] }) } }])
  assert.equal((await getCurrentProcedure(o.node.db, '2.000001', o.now.at))?.version, 2)
  await o.run('G16', [{ code: '2.000001', action: 'abolish' }])
  assert.deepEqual(await groupsOf(o.node.db, '1.000002', '2026-11-22', 'vi').then((g) => [...g]), [])
})
