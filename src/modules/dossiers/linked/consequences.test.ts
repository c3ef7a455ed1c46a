import assert from 'node:assert/strict'
import { after, before, suite, test, type TestContext } from 'node:test'
import { newId } from '../../../platform/ids.ts'
import { listDocuments } from '../../documents/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findDossier, listAttachments } from '../dossiers.store.ts'
import { declineWithdrawal } from '../withdrawal/decline-withdrawal.ts'
import { refuseDossier } from '../refuse-dossier.ts'
import { refusal } from '../testing/small-office.ts'
import { requestWithdrawal, stopDossier } from '../withdraw-dossier.ts'
import { answerUndo } from './answer-undo.ts'
import { findChild } from './linked.store.ts'
import { assertSound } from './testing/assert-sound.ts'
import { linkedCountry, type LinkedCountry } from './testing/linked-country.ts'
import { fileAgain, giveUpPart, withdrawLinked } from './withdraw-linked.ts'

const [birthGroup, deathGroup, loanGroup] = ['2.000986', '2.002622', '9.000005'] as const
const at = 'VN'
const day = 86_400_000

suite('linked groups whatever becomes of a part', () => {
let c!: LinkedCountry
const stops: (() => unknown)[] = []
before(async () => {
  c = await linkedCountry({ after: (stop: () => unknown) => void stops.push(stop) } as unknown as TestContext, ['VN', 'H21', 'G01', 'G24'])
}, { timeout: 120_000 })
after(async () => {
  const groups = await assertSound(c.node(at), ['H21', 'G01', 'G24'].map((code) => c.node(code)))
  assert.ok(groups >= 20)
  for (const stop of stops.reverse()) await stop()
})

async function refuse(id: string, part: string): Promise<void> {
  const { ctx, dossierId } = await c.deskOf(at, id, part)
  await refuseDossier(ctx, { dossierId, reason: `Không đủ điều kiện: ${part}` })
  await c.settle()
}
async function decide(id: string, ...parts: string[]): Promise<void> {
  for (const part of parts) { await c.decide(at, id, part); await c.settle() }
}
async function filed(code: string): Promise<string> {
  const id = await c.file(at, code)
  await c.settle()
  return id
}
const statuses = async (id: string): Promise<string[]> => (await c.story(at, id)).map((s) => s.status)
const state = async (id: string): Promise<string> => (await c.group(at, id)).state

/** Each child refused in turn: which were decided before, which is refused, and how everything stands then. */
const refusals: [code: string, before: string[], refused: string, statuses: string[], state: string][] = [
  [birthGroup, [], 'birth', ['refused', 'not-needed', 'not-needed'], 'stopped'],
  [birthGroup, ['birth', 'residence'], 'card', ['finished', 'finished', 'refused'], 'partly'],
  [birthGroup, ['birth', 'card'], 'residence', ['finished', 'refused-waits', 'finished'], 'running'],
  [deathGroup, [], 'death', ['refused', 'not-needed', 'not-needed'], 'stopped'],
  [deathGroup, ['death', 'funeral'], 'removal', ['finished', 'refused', 'finished'], 'partly'],
  [deathGroup, ['death', 'removal'], 'funeral', ['finished', 'finished', 'refused-waits'], 'running'],
  [loanGroup, [], 'confirmation', ['refused', 'not-needed', 'not-needed', 'not-needed'], 'stopped'],
  [loanGroup, ['confirmation'], 'appraisal', ['undo-asked', 'refused', 'not-needed', 'not-needed'], 'compensating'],
  [loanGroup, ['confirmation', 'appraisal'], 'decision', ['undo-asked', 'finished', 'refused', 'not-needed'], 'compensating'],
  [loanGroup, ['confirmation', 'appraisal', 'decision'], 'loan', ['finished', 'finished', 'undo-asked', 'refused'], 'compensating'],
]
const waiting: string[] = []
for (const [code, decided, refused, expected, whole] of refusals) {
  test(`${code}: ${refused} refused after ${decided.join(', ') || 'nothing'}`, { timeout: 120_000 }, async () => {
    const id = await filed(code)
    await decide(id, ...decided)
    await refuse(id, refused)
    assert.deepEqual([await statuses(id), await state(id)], [expected, whole])
    if (whole === 'compensating' || expected.includes('refused-waits')) waiting.push(id)
  })
}

test('what a stopped group did is undone by who did it, the last first; the agency answers, and its answer is told', { timeout: 60_000 }, async () => {
  const id = waiting.at(-1)!
  const { ctx, dossierId, node } = await c.deskOf(at, id, 'decision')
  assert.deepEqual((await answerUndo(ctx, { dossierId, answer: '', reason: ' ' })).map((w) => w.field), ['undoAnswer', 'undoReason'])
  assert.deepEqual(await answerUndo(ctx, { dossierId, answer: 'undone', reason: 'Ngân hàng không cho vay' }), [])
  await assert.rejects(answerUndo(ctx, { dossierId, answer: 'stands', reason: 'x' }), refusal('GROUP_PART_MISSING'), 'once')
  await c.settle()
  for (const one of [node, c.node(at)]) assert.ok((await listDocuments(one.db, dossierId)).filter((d) => d.kind === 'result').every((d) => d.revokedAt), 'out of force everywhere')
  assert.deepEqual([await statuses(id), await state(id)], [['undo-asked', 'finished', 'undone', 'refused'], 'compensating'], 'now the one before it')
  const first = await c.deskOf(at, id, 'confirmation')
  assert.deepEqual(await answerUndo(first.ctx, { dossierId: first.dossierId, answer: 'stands', reason: 'Xác nhận vẫn đúng với dữ liệu' }), [])
  await c.settle()
  assert.deepEqual([await statuses(id), await state(id)], [['stands', 'finished', 'undone', 'refused'], 'stopped'])
  assert.equal((await c.parts(at, id)).find((p) => p.part === 'confirmation')!.undoReason, 'Xác nhận vẫn đúng với dữ liệu')
  for (const open of waiting.slice(0, -1)) {
    if (await state(open) !== 'compensating') continue
    const one = await c.deskOf(at, open, 'confirmation')
    await answerUndo(one.ctx, { dossierId: one.dossierId, answer: 'undone', reason: 'Nhóm dừng' })
    await c.settle()
    assert.equal(await state(open), 'stopped')
  }
})

test('a refused part that may be filed again goes with what was added, is another dossier, and the group is done', { timeout: 60_000 }, async () => {
  const [id] = waiting as [string]
  const before = await c.child(at, id, 'residence')
  const { ctx } = await c.person(at)
  const bytes = Buffer.from('%PDF-1.4 sample')
  const { id: fileId, size } = await c.node(at).files.put(bytes)
  await fileAgain(ctx, { groupId: id, part: 'residence', note: 'Bổ sung ý kiến của chủ hộ', files: [{ id: newId(), field: 'linked:again', fileId, fileName: 'y-kien.pdf', mimeType: 'application/pdf', size }] })
  await assert.rejects(fileAgain(ctx, { groupId: id, part: 'residence', note: 'x', files: [] }), refusal('GROUP_PART_MISSING'), 'once')
  await c.settle()
  const again = await c.child(at, id, 'residence')
  assert.notEqual(again, before)
  assert.deepEqual((await listAttachments(c.node('G01').db, again)).map((f) => f.field).filter((f) => f.startsWith('linked')).sort(), ['linked:again', 'linked:birth'])
  assert.equal((await findChild(c.node('G01').db, again))!.view.note, 'Bổ sung ý kiến của chủ hộ')
  await decide(id, 'residence')
  assert.deepEqual([await statuses(id), await state(id)], [['finished', 'finished', 'finished'], 'done'])
})

test('a refused part that the person leaves out ends the group without it', { timeout: 60_000 }, async () => {
  const id = waiting[1]!
  const { ctx } = await c.person(at)
  await giveUpPart(ctx, { groupId: id, part: 'funeral' })
  await c.settle()
  assert.deepEqual([await statuses(id), await state(id)], [['finished', 'finished', 'refused'], 'partly'])
})

test('one part withdrawn: its siblings go on', { timeout: 60_000 }, async () => {
  const who = await c.person(at)
  const id = await c.file(at, birthGroup, { who })
  await c.settle()
  await decide(id, 'birth')
  await requestWithdrawal(who.ctx, { dossierId: await c.child(at, id, 'card'), reason: 'Làm sau' })
  await c.settle()
  const desk = await c.deskOf(at, id, 'card')
  await stopDossier(desk.ctx, { dossierId: desk.dossierId })
  await decide(id, 'residence')
  assert.deepEqual([await statuses(id), await state(id)], [['finished', 'finished', 'withdrawn'], 'partly'])
})

test('the whole withdrawn before anything is decided: nothing more is filed', { timeout: 60_000 }, async () => {
  const who = await c.person(at)
  const id = await c.file(at, birthGroup, { who })
  await c.settle()
  await withdrawLinked(who.ctx, { groupId: id, reason: 'Khai nhầm' })
  await assert.rejects(withdrawLinked(who.ctx, { groupId: id, reason: 'x' }), refusal('GROUP_PART_MISSING'))
  await c.settle()
  assert.deepEqual(await statuses(id), ['withdrawal-requested', 'waits', 'waits'])
  const desk = await c.deskOf(at, id, 'birth')
  await stopDossier(desk.ctx, { dossierId: desk.dossierId })
  await c.settle()
  assert.deepEqual([await statuses(id), await state(id)], [['withdrawn', 'not-needed', 'not-needed'], 'withdrawn'])
})

test('the whole withdrawn where an agency does not agree: its result comes, and what was to come after is not filed', { timeout: 60_000 }, async () => {
  const who = await c.person(at)
  const id = await c.file(at, birthGroup, { who })
  await c.settle()
  await c.decide(at, id, 'birth', 'accepted')
  await withdrawLinked(who.ctx, { groupId: id, reason: 'Khai nhầm' })
  await c.settle()
  const desk = await c.deskOf(at, id, 'birth')
  await declineWithdrawal(desk.ctx, { dossierId: desk.dossierId, reason: 'Đã trình ký' })
  await c.settle()
  await c.finish(at, id, 'birth')
  await c.settle()
  assert.deepEqual([await statuses(id), await state(id)], [['finished', 'not-filed', 'not-filed'], 'withdrawn'])
})

test('the whole withdrawn after a part has its result: that one stays', { timeout: 60_000 }, async () => {
  const who = await c.person(at)
  const id = await c.file(at, deathGroup, { who })
  await c.settle()
  await decide(id, 'death', 'removal')
  await withdrawLinked(who.ctx, { groupId: id, reason: 'Không nhận hỗ trợ' })
  await c.settle()
  const desk = await c.deskOf(at, id, 'funeral')
  await stopDossier(desk.ctx, { dossierId: desk.dossierId })
  await c.settle()
  assert.deepEqual([await statuses(id), await state(id)], [['finished', 'finished', 'withdrawn'], 'withdrawn'])
})

test('the group’s clock begins with the first receipt and stands while the person is asked; each agency has its own', { timeout: 60_000 }, async () => {
  const id = await filed(birthGroup)
  assert.equal((await c.group(at, id)).dueAt, null, 'filing starts no clock')
  const desk = await c.deskOf(at, id, 'birth')
  const child = await acceptDossier(desk.ctx, { dossierId: desk.dossierId })
  await c.settle()
  const group = await c.group(at, id)
  assert.equal(group.receivedAt!.getTime(), child.receivedAt!.getTime())
  assert.ok(group.dueAt!.getTime() - child.dueAt!.getTime() >= 3 * day, 'four working days for the whole, one for this part')
  const { requestSupplement } = await import('../request-supplement.ts')
  await requestSupplement(c.officer('H21', child.agencyCode), { dossierId: child.id, reason: 'Thiếu', items: ['Giấy chứng sinh'] })
  await c.settle()
  assert.ok((await c.group(at, id)).pausedAt)
  assert.deepEqual((await c.story(at, id))[0]!.whose, 'person')
})

for (const down of ['H21', 'G01', 'G24']) {
  test(`${down} is down for a day: everything that concerns it waits, nothing else does, and afterwards it goes on`, { timeout: 120_000 }, async () => {
    const id = await filed(birthGroup)
    if (down === 'H21') await c.crash('H21')
    else { await c.decide(at, id, 'birth', 'accepted'); await c.settle(); await c.crash(down); await c.finish(at, id, 'birth'); await c.settle() }
    const second = down === 'H21' ? await c.file(at, birthGroup) : id
    await c.settle()
    c.moveClock(day)
    await c.settle()
    const [part, other] = down === 'G01' ? ['residence', 'card'] : down === 'G24' ? ['card', 'residence'] : ['birth', undefined]
    assert.equal((await c.story(at, down === 'H21' ? second : id)).find((s) => s.definition.key === part)!.status, 'sent', 'and so it says')
    if (other) await decide(id, other)
    await c.start(down)
    await c.settle()
    for (const one of new Set([id, second])) for (const key of ['birth', 'residence', 'card']) if ((await c.story(at, one)).find((s) => s.definition.key === key)!.status === 'sent') await decide(one, key)
    assert.deepEqual([await state(id), await state(second)], ['done', 'done'])
  })
}

/** Parts in an order in which they can be decided; of the one that is first decided by the node that is away, the part before it. */
const outages: [code: string, order: string[], down: string, first: string][] = [
  [deathGroup, ['death', 'removal', 'funeral'], 'H21', 'death'], [deathGroup, ['death', 'removal', 'funeral'], 'G01', 'removal'],
  [loanGroup, ['confirmation', 'appraisal', 'decision', 'loan'], 'G24', 'confirmation'], [loanGroup, ['confirmation', 'appraisal', 'decision', 'loan'], 'H21', 'appraisal'],
]
for (const [code, order, down, first] of outages) {
  test(`${code}: ${down} is down for a day when ${first} is to come to it`, { timeout: 120_000 }, async () => {
    const before = order.slice(0, order.indexOf(first))
    const last = before.at(-1)
    let id: string
    if (last === undefined) { await c.crash(down); id = await filed(code) } else {
      id = await filed(code)
      await decide(id, ...before.slice(0, -1))
      await c.decide(at, id, last, 'accepted')
      await c.settle()
      await c.crash(down)
      await c.finish(at, id, last)
    }
    await c.settle()
    c.moveClock(day)
    await c.settle()
    assert.equal((await c.story(at, id)).find((s) => s.definition.key === first)!.status, 'sent', 'and so it says')
    await c.start(down)
    await c.settle()
    await decide(id, ...order.slice(before.length))
    assert.deepEqual([await statuses(id), await state(id)], [order.map(() => 'finished'), 'done'])
  })
}

test('the portal itself is down for a day: what the agencies decided meanwhile arrives', { timeout: 120_000 }, async () => {
  const id = await filed(birthGroup)
  await c.decide(at, id, 'birth', 'accepted')
  await c.settle()
  await c.crash(at)
  await c.finish(at, id, 'birth')
  await c.settle()
  c.moveClock(day)
  await c.settle()
  await c.start(at)
  await c.settle()
  assert.deepEqual(await statuses(id), ['finished', 'sent', 'sent'])
  await decide(id, 'residence', 'card')
  assert.equal(await state(id), 'done')
})

test('a silent agency is seen: the part is late, once, and the group says so', { timeout: 60_000 }, async () => {
  const id = await filed(birthGroup)
  c.moveClock(4 * day)
  await c.settle()
  const [story] = await c.story(at, id)
  assert.ok(story!.last!.lateAt)
  const [{ n }] = (await c.node(at).db<{ n: number }[]>`SELECT count(*)::int AS n FROM ledger.event WHERE subject = ${id} AND type = 'linked.part_late'`) as unknown as [{ n: number }]
  assert.equal(n, 1)
  await decide(id, 'birth')
  assert.equal((await c.story(at, id))[0]!.status, 'finished', 'late and yet done')
})

test('nobody files a refused part again: after thirty days the group goes on without it', { timeout: 60_000 }, async () => {
  const id = await filed(birthGroup)
  await decide(id, 'birth', 'card')
  await refuse(id, 'residence')
  assert.equal(await state(id), 'running')
  c.moveClock(31 * day)
  await c.settle()
  assert.deepEqual([await statuses(id), await state(id)], [['finished', 'refused', 'finished'], 'partly'])
})

test('a procedure that is gone when its turn comes is not filed, and the group goes on as after a refusal', { timeout: 60_000 }, async () => {
  const id = await filed(birthGroup)
  await c.nodes[at]!.database.owner`UPDATE catalogue.procedure_version SET valid_to = '2026-01-01' WHERE code = '1.001939'`
  await decide(id, 'birth')
  await decide(id, 'residence')
  assert.deepEqual([await statuses(id), await state(id)], [['finished', 'finished', 'not-filed'], 'partly'])
  assert.equal((await c.parts(at, id)).find((p) => p.part === 'card')!.why, 'PROCEDURE_NOT_ONLINE')
  assert.equal((await findDossier(c.node('G24').db, id)), undefined)
})
})
