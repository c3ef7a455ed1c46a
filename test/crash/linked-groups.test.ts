import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, mock, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { modules } from '../../src/app.ts'
import { startCountry, type Country } from '../../src/country/start-country.ts'
import { getCurrentProcedure } from '../../src/modules/catalogue/index.ts'
import { acceptDossier } from '../../src/modules/dossiers/accept-dossier.ts'
import { completeStep } from '../../src/modules/dossiers/complete-step.ts'
import { findDossier } from '../../src/modules/dossiers/dossiers.store.ts'
import { answerUndo } from '../../src/modules/dossiers/linked/answer-undo.ts'
import type { PartStory } from '../../src/modules/dossiers/linked/explain-group.ts'
import { findGroup, findUndo } from '../../src/modules/dossiers/linked/linked.store.ts'
import { readGroup } from '../../src/modules/dossiers/linked/read-group.ts'
import { submitLinked } from '../../src/modules/dossiers/linked/submit-linked.ts'
import { assertSound } from '../../src/modules/dossiers/linked/testing/assert-sound.ts'
import { fileAgain } from '../../src/modules/dossiers/linked/withdraw-linked.ts'
import { draftResult } from '../../src/modules/dossiers/papers/build-result.ts'
import { refuseDossier } from '../../src/modules/dossiers/refuse-dossier.ts'
import { signResult } from '../../src/modules/dossiers/sign-result.ts'
import { findForm, sampleAnswers, sampleFiles } from '../../src/modules/forms/index.ts'
import { listTasks } from '../../src/modules/process/index.ts'
import type { Actor, Officer } from '../../src/platform/actor.ts'
import { createCtx, type Ctx } from '../../src/platform/ctx.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { findEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { Refusal } from '../../src/platform/errors.ts'
import { newId } from '../../src/platform/ids.ts'
import { createNode, type Node } from '../../src/platform/node.ts'
import { StartFailure } from '../../src/platform/start-failure.ts'
import { seededRandom, type Random } from './support/random.ts'

const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1_000_000))
const killCount = Number(process.env.LINKED_KILLS ?? 20)
const slugs = ['national', 'province', 'public-security', 'social-insurance'] as const
const victims = [...slugs, 'database'] as const
const groupsOf = { '2.000986': 2, '2.002622': 1, '9.000005': 2 } as const
const fixed: Readonly<Record<string, Record<string, unknown>>> = {
  '2.000986': { evidence: 'electronic', linked: 'yes', consentBy: 'vneid', childBirthDate: new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10), firstFacility: 'commune' },
  '2.002622': { relation: 'child', evidence: 'electronic', lastResidenceKnown: 'yes', payWay: 'cash' },
  '9.000005': { union: 'no' },
}

suite('kill -9 while linked groups run', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'motcua-linked-crash-'))
  let country: Country
  const nodes = new Map<string, Node>()
  before(async () => {
    mock.method(console, 'error', () => {})
    country = await startOnFreePorts(dataDir)
    for (const config of country.configs) nodes.set(config.code, createNode(config, modules, { db: openDatabase(config.databaseUrl, { max: 2, name: 'motcua linked crash test' }), log: pino({ level: 'silent' }) }))
  }, { timeout: 180_000 })
  after(async () => {
    await Promise.all([...nodes.values()].map((node) => node.db.end({ timeout: 2 })))
    await country?.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
    mock.restoreAll()
  })

  test(`${killCount} kills of any process at seeded points: no part is lost, doubled or orphaned, and every group comes to its end`, { timeout: 600_000 }, async (t) => {
    t.diagnostic(`seed ${seed} (CRASH_SEED=${seed} repeats its choices)`)
    const random = seededRandom(seed)
    const national = nodes.get('VN')!
    const ids: string[] = []
    let [done, kills] = [0, 0]
    // So many acts there are at least; the rest of the kills come while nothing can be done but to wait.
    const points = new Set<number>()
    while (points.size < killCount) points.add(1 + random.below(60))
    const killed = new Map<string, number>()
    /** One act, pressed until it is done; at a seeded point some process dies while it runs. */
    const act = async (what: () => Promise<unknown>): Promise<void> => {
      if (points.delete(++done)) {
        // The first of them that lives: another may be just coming back.
        const order = random.shuffled(victims)
        setTimeout(() => {
          const victim = order.find((one) => kill(country, dataDir, one))
          if (victim) { kills++; killed.set(victim, (killed.get(victim) ?? 0) + 1) }
        }, random.below(120))
      }
      await press(what)
    }
    for (const [code, count] of Object.entries(groupsOf)) for (let i = 0; i < count; i++) {
      const [key, who] = [newId(), await press(() => person(national))]
      await act(async () => { ids[ids.length] = await file(national, who, code, key, 1 + random.below(50)) })
    }
    assert.equal(new Set(ids).size, ids.length)
    const end = Date.now() + 400_000
    for (let open = ids; open.length > 0; open = await running(national, open)) {
      assert.ok(Date.now() < end, `still running: ${JSON.stringify(await press(() => statuses(national, open)))}`)
      let moved = false
      for (const id of open) for (const story of await press(async () => (await readGroup(national.db, (await findGroup(national.db, id))!)).parts)) moved = await move(act, nodes, id, story, random) || moved
      if (!moved) {
        // Nothing to do but to wait: what is left to kill dies now.
        const [point] = points
        if (point !== undefined) { points.delete(point); points.add(done + 1); await act(async () => {}) }
        await sleep(150)
      }
    }
    t.diagnostic(`${ids.length} groups, ${done} acts, ${kills} kills: ${[...killed].map(([victim, n]) => `${n} × ${victim}`).join(', ')}`)
    assert.ok(kills >= killCount * 0.8, 'processes were there to be killed')
    for (const deadline = Date.now() + 60_000; ; await sleep(500)) {
      const wrong = await assertSound(national, [...nodes.values()]).then(() => undefined, (error: unknown) => error)
      if (!wrong) break
      if (Date.now() > deadline) throw wrong
    }
  })
})

/** What is to be done for a part where it stands; false where it is somebody else's turn. */
async function move(act: (what: () => Promise<unknown>) => Promise<void>, nodes: ReadonlyMap<string, Node>, groupId: string, { status, dossier: mirror, definition }: PartStory, random: Random): Promise<boolean> {
  const national = nodes.get('VN')!
  if (status === 'refused-waits') { await act(() => fileAgain(createCtx(national), { groupId, part: definition.key, note: 'Bổ sung', files: [] })); return true }
  const there = mirror && nodes.get(mirror.nodeCode)
  if (!there) return false
  const dossier = await press(() => findDossier(there.db, mirror.id))
  // Under way: the node has not heard of it yet.
  if (!dossier) return false
  const ctx = officer(there, dossier.agencyCode)
  if (status === 'undo-asked') {
    if ((await press(() => findUndo(there.db, dossier.id)))?.answer !== null) return false
    await act(() => answerUndo(ctx, { dossierId: dossier.id, answer: random.chance(0.5) ? 'undone' : 'stands', reason: 'Nhóm dừng' }))
    return true
  }
  if (dossier.state === 'new') { await act(() => (random.chance(0.15) ? refuseDossier(ctx, { dossierId: dossier.id, reason: 'Không đủ điều kiện' }) : acceptDossier(ctx, { dossierId: dossier.id }))); return true }
  const [task] = await press(() => listTasks(there.db, { subject: dossier.id, open: true }))
  if (!task || task.act === 'return') return false
  const outcome = task.outcomes.find((o) => o.value === 'enough' || o.value === 'approved')?.value
  await act(async () => (task.act === 'sign' ? signResult(ctx, { dossierId: dossier.id, taskId: task.id })
    : completeStep(ctx, { dossierId: dossier.id, taskId: task.id, ...(outcome ? { outcome } : {}), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, dossier, { personalId: '052226000017' }) } : {}) })))
  return true
}

async function startOnFreePorts(dataDir: string): Promise<Country> {
  // Not 5100: the stand-ins would be at 6000, which browsers refuse.
  for (let firstPort = 5120; ; firstPort += 40) {
    try {
      return await startCountry({ fresh: true, nodes: slugs, host: '127.0.0.1', firstPort, dataDir, fsync: true })
    } catch (error) {
      if (!(error instanceof StartFailure) || !error.message.includes('already in use') || firstPort > 5700) throw error
    }
  }
}

function kill(country: Country, dataDir: string, victim: (typeof victims)[number]): boolean {
  const pid = victim === 'database' ? findEmbeddedPostgres(join(dataDir, 'postgres'))?.pid : country.pids()[victim]
  if (!pid) return false
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    // It is just being started again.
    return false
  }
}

/** Pressed again after every failure, as a person does; refused means that it was done before and only its answer was lost. */
async function press<T>(what: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 90_000; ; await sleep(200)) {
    try {
      return await what()
    } catch (error) {
      if (error instanceof Refusal) return undefined as T
      if (Date.now() > deadline) throw error
    }
  }
}

async function person(node: Node): Promise<Ctx> {
  const id = newId()
  const actor: Actor = { kind: 'person', id, subject: newId(), name: 'Nguyễn Thị Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() }
  await node.db`
    INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at)
    VALUES (${id}, ${actor.subject}, ${`0521900${String(Math.floor(Math.random() * 99_999)).padStart(5, '0')}`}, ${actor.name}, '1990-03-12', '0900000099', 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
  return createCtx(node, { actor })
}

function officer(node: Node, agencyCode: string): Ctx {
  const actor: Officer = { kind: 'officer', id: newId(), name: 'Cán Bộ Thử', agencyCode, unitId: null, roles: ['one-stop', 'specialist', 'leader'], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: newId() }
  return createCtx(node, { actor })
}

async function file(node: Node, ctx: Ctx, code: string, key: string, sample: number): Promise<string> {
  const procedure = (await getCurrentProcedure(node.db, code, new Date()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  for (const one of Object.values(sampleFiles)) await node.files.put(one.bytes)
  const answers = sampleAnswers(form, sample, { fixed: fixed[code]!, communes: [{ code: '23575', province: '52' }] })
  return (await submitLinked(ctx, { procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant: { name: 'Nguyễn Thị Thử Nghiệm', idNumber: '052190000099', phone: '0900000099' }, files: [], placeCode: '23575', returnWay: 'online', channel: 'online', filingKey: key })).id
}

async function running(node: Node, ids: readonly string[]): Promise<string[]> {
  return press(async () => (await node.db<{ id: string }[]>`SELECT id FROM dossiers.linked_group WHERE id = ANY(${[...ids]}::uuid[]) AND finished_at IS NULL`).map((row) => row.id))
}

async function statuses(node: Node, ids: readonly string[]): Promise<string[][]> {
  return Promise.all(ids.map(async (id) => (await readGroup(node.db, (await findGroup(node.db, id))!)).parts.map((p) => `${p.definition.key}: ${p.status}`)))
}
