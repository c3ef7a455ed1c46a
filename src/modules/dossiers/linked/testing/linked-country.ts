import type { TestContext } from 'node:test'
import type { Officer, Person } from '../../../../platform/actor.ts'
import { createCtx, type Ctx } from '../../../../platform/ctx.ts'
import { newId } from '../../../../platform/ids.ts'
import { runDue } from '../../../../platform/jobs.ts'
import type { Node } from '../../../../platform/node.ts'
import { modules } from '../../../../app.ts'
import { getCurrentProcedure } from '../../../catalogue/index.ts'
import { exchangeCountry, type TestNode } from '../../../exchange/testing/exchange-country.ts'
import { findForm, sampleAnswers, sampleFiles } from '../../../forms/index.ts'
import { drainFollowers } from '../../../ledger/index.ts'
import { fireDueTimers, listTasks } from '../../../process/index.ts'
import { acceptDossier } from '../../accept-dossier.ts'
import { completeStep } from '../../complete-step.ts'
import { findDossier } from '../../dossiers.store.ts'
import { contributionRegister } from '../../insured/testing.ts'
import { draftResult } from '../../papers/build-result.ts'
import { signResult } from '../../sign-result.ts'
import { findGroup, listParts, type GroupPart, type LinkedGroup } from '../linked.store.ts'
import { readGroup } from '../read-group.ts'
import type { PartStory } from '../explain-group.ts'
import { submitLinked } from '../submit-linked.ts'

export const pleiku = '23575'

/** Choices that keep a sample of each group free of files and in one commune. */
const fixedOf: Readonly<Record<string, Record<string, unknown>>> = {
  '2.000986': { evidence: 'electronic', linked: 'yes', consentBy: 'vneid', childBirthDate: '2026-11-10', parents: 'married', relation: 'mother', headRelation: 'child', firstFacility: 'commune' },
  '2.002622': { relation: 'child', evidence: 'electronic', lastResidenceKnown: 'yes', payWay: 'cash', deathDate: '2026-11-20' },
  '9.000005': { union: 'no' },
}

export interface LinkedCountry {
  readonly nodes: Readonly<Record<string, TestNode>>
  node(code: string): Node
  /** The clock of all nodes. */
  moveClock(ms: number): void
  now(): Date
  person(at: string): Promise<{ ctx: Ctx; person: Person }>
  /** Files a group at a node; its id. */
  file(at: string, code: string, options?: { key?: string; seed?: number; who?: { ctx: Ctx } }): Promise<string>
  officer(at: string, agencyCode: string): Ctx
  /** Until nothing moves any more by itself; nodes that are down stay out. */
  settle(): Promise<void>
  crash(code: string): Promise<void>
  start(code: string): Promise<void>
  group(at: string, id: string): Promise<LinkedGroup>
  parts(at: string, id: string): Promise<GroupPart[]>
  story(at: string, id: string): Promise<PartStory[]>
  /** The dossier of a part's last attempt. */
  child(at: string, id: string, part: string): Promise<string>
  /** An officer of the deciding agency accepts a part and takes it to its signed result; `to` stops it earlier. */
  decide(at: string, id: string, part: string, to?: 'accepted' | 'signed'): Promise<void>
  /** The same for one that was accepted before. */
  finish(at: string, id: string, part: string): Promise<void>
  deskOf(at: string, id: string, part: string): Promise<{ ctx: Ctx; dossierId: string; node: Node }>
}

/** Nodes with all their modules, talking by the real exchange over HTTP; the clock is that of the test. */
export async function linkedCountry(t: TestContext, codes: readonly string[]): Promise<LinkedCountry> {
  // Monday, 23 November 2026, 08:00 in Vietnam.
  let now = new Date('2026-11-23T01:00:00Z').getTime()
  // The exchange's own moments must go on, or its retries would never be due.
  const begun = Date.now()
  const clock = (): Date => new Date(now + (Date.now() - begun))
  const others = modules.filter((module) => module.name !== 'exchange')
  const nodes = await exchangeCountry(t, { codes, now: clock, modules: () => others })
  const register = await contributionRegister(Object.values(nodes).map((n) => n.node))
  t.after(() => register.stop())
  for (const n of Object.values(nodes)) {
    for (const module of n.node.modules) await module.seed?.(n.node)
    await drainFollowers(n.node)
    await n.start()
  }
  const up = new Set(codes)
  const node = (code: string): Node => nodes[code]!.node

  const settle = settler(node, up)

  const self: LinkedCountry = {
    nodes, node, settle,
    moveClock: (ms) => void (now += ms),
    now: clock,
    async person(at) {
      const person = await newPerson(node(at))
      return { person, get ctx() { return createCtx(node(at), { actor: person }) } }
    },
    async file(at, code, options = {}) {
      return fileGroup(node(at), (options.who ?? await self.person(at)).ctx, code, options)
    },
    officer(at, agencyCode) {
      const actor: Officer = { kind: 'officer', id: newId(), name: 'Cán Bộ Thử', agencyCode, unitId: null, roles: ['one-stop', 'specialist', 'leader'], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: clock(), sessionId: newId() }
      return createCtx(node(at), { actor })
    },
    async crash(code) {
      up.delete(code)
      await nodes[code]!.crash()
    },
    async start(code) {
      await nodes[code]!.start()
      up.add(code)
    },
    async group(at, id) { return (await findGroup(node(at).db, id))! },
    parts: (at, id) => listParts(node(at).db, id),
    async story(at, id) { return (await readGroup(node(at).db, await self.group(at, id))).parts },
    async child(at, id, part) {
      const found = (await self.parts(at, id)).filter((p) => p.part === part).at(-1)
      if (!found?.dossierId) throw new Error(`the part ${part} has no dossier`)
      return found.dossierId
    },
    async deskOf(at, id, part) {
      const dossierId = await self.child(at, id, part)
      const mirror = (await findDossier(node(at).db, dossierId))!
      return { ctx: self.officer(mirror.nodeCode, mirror.agencyCode), dossierId, node: node(mirror.nodeCode) }
    },
    decide: (at, id, part, to = 'signed') => decidePart(self, at, id, part, to),
    finish: (at, id, part) => finishPart(self, at, id, part),
  }
  return self
}

/** Works at every node that is up until nothing moves any more. */
function settler(node: (code: string) => Node, up: ReadonlySet<string>): () => Promise<void> {
  const drained = new Map<string, string>()
  /** One look at a node: whether anything moved there, or is on its way from it. */
  const step = async (code: string): Promise<boolean> => {
    const here = node(code)
    await fireDueTimers(here)
    const last = await lastEvent(here)
    const isNew = drained.get(code) !== last
    if (isNew) await drainFollowers(here)
    // What came while it was at it is new at the next look.
    drained.set(code, last)
    let moved = isNew
    while (await runDue(here) > 0) moved = true
    here.nudge('exchange')
    return await waitingMessages(here, up) > 0 || moved
  }
  return async () => {
    for (let quiet = 0, rounds = 0; quiet < 2; rounds++) {
      if (rounds > 2000) throw new Error('the country does not come to rest')
      const moved = (await Promise.all([...up].map(step))).includes(true)
      if (moved) await new Promise((resolve) => setTimeout(resolve, 5))
      quiet = moved ? 0 : quiet + 1
    }
  }
}

async function newPerson(node: Node): Promise<Person> {
  const id = newId()
  const person: Person = { kind: 'person', id, subject: newId(), name: 'Nguyễn Thị Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
  const number = `0521900${String(Math.floor(Math.random() * 99_999)).padStart(5, '0')}`
  await node.db`
    INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at)
    VALUES (${id}, ${person.subject}, ${number}, ${person.name}, '1990-03-12', '0900000099', 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
  return person
}

async function fileGroup(node: Node, ctx: Ctx, code: string, { key = newId(), seed = 5 }: { key?: string; seed?: number }): Promise<string> {
  const procedure = (await getCurrentProcedure(node.db, code, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const answers = sampleAnswers(form, seed, { now: node.now(), fixed: fixedOf[code]!, communes: [{ code: pleiku, province: '52' }] })
  for (const one of Object.values(sampleFiles)) await node.files.put(one.bytes)
  const { id } = await submitLinked(ctx, { procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant: { name: 'Nguyễn Thị Thử Nghiệm', idNumber: '052190000099', phone: '0900000099' }, files: [], placeCode: pleiku, returnWay: 'online', channel: 'online', filingKey: key })
  return id
}

async function decidePart(c: LinkedCountry, at: string, id: string, part: string, to: 'accepted' | 'signed'): Promise<void> {
  const { ctx, dossierId } = await c.deskOf(at, id, part)
  await acceptDossier(ctx, { dossierId })
  if (to === 'signed') await finishPart(c, at, id, part)
}

async function finishPart(c: LinkedCountry, at: string, id: string, part: string): Promise<void> {
  const { dossierId, node } = await c.deskOf(at, id, part)
  const open = async () => (await listTasks(node.db, { subject: dossierId, open: true }))[0]
  for (;;) {
    let task = await open()
    // A process may begin with work that needs nobody.
    while (!task && await runDue(node) > 0) task = await open()
    if (!task || task.act === 'return') return
    const { ctx: who } = await c.deskOf(at, id, part)
    if (task.act === 'sign') return void await signResult(who, { dossierId, taskId: task.id })
    const draft = task.act === 'draft-result' ? { draft: await draftResult(who, (await findDossier(node.db, dossierId))!, { personalId: '052226000017' }) } : {}
    const outcome = task.outcomes.find((o) => o.value === 'enough' || o.value === 'approved')?.value
    await completeStep(who, { dossierId, taskId: task.id, ...(outcome ? { outcome } : {}), ...draft })
  }
}

async function lastEvent(node: Node): Promise<string> {
  const [row] = await node.db<{ n: string }[]>`SELECT coalesce(max(id), 0)::text AS n FROM ledger.event`
  return row!.n
}

/** Messages that are on their way to a node that is there; what is dead or set aside is an error. */
async function waitingMessages(node: Node, up: ReadonlySet<string>): Promise<number> {
  const rows = await node.db<{ to: string; state: string; service: string; code: string | null }[]>`SELECT to_node AS to, state, service, last_code AS code FROM exchange.outbox WHERE state <> 'delivered'`
  const broken = rows.find((row) => row.state !== 'queued')
  if (broken) throw new Error(`a message ${broken.service} from ${node.config.code} to ${broken.to} is ${broken.state}: ${broken.code ?? ''}`)
  return rows.filter((row) => up.has(row.to)).length
}
