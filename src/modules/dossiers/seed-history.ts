import type { Officer, Person } from '../../platform/actor.ts'
import { createCtx, type Ctx } from '../../platform/ctx.ts'
import { civilDate } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import type { Node } from '../../platform/node.ts'
import { isWorkingDay, loadCalendar, type Calendar } from '../calendar/index.ts'
import { getCurrentProcedure } from '../catalogue/index.ts'
import { findForm, placeOf, sampleAnswers } from '../forms/index.ts'
import { listOfficers, permissionsOf } from '../identity/index.ts'
import { findAgency } from '../organisations/index.ts'
import { listTasks } from '../process/index.ts'
import { acceptDossier } from './accept-dossier.ts'
import { completeStep } from './complete-step.ts'
import { findDossier } from './dossiers.store.ts'
import { draftResult } from './papers/build-result.ts'
import { refuseDossier } from './refuse-dossier.ts'
import { requestSupplement } from './request-supplement.ts'
import { signResult } from './sign-result.ts'
import { submitDossier } from './submit-dossier.ts'

type Stage = 'new' | 'accepted' | 'half' | 'supplement' | 'refused' | 'returned' | 'late'

/** How the demo's past looks, a line a dossier: working days ago it was filed, and how far it came. */
const plan: readonly [daysAgo: number, stage: Stage][] = [
  [0, 'new'], [0, 'new'], [0, 'accepted'], [1, 'half'], [1, 'accepted'], [2, 'supplement'], [2, 'half'], [3, 'returned'], [4, 'refused'], [5, 'returned'], [6, 'returned'],
  [8, 'late'], [9, 'returned'], [11, 'returned'], [12, 'late'], [14, 'returned'], [16, 'returned'], [18, 'returned'],
]
const names = ['Nguyễn Văn Thử Nghiệm', 'Trần Thị Thử Nghiệm', 'Lê Văn Ví Dụ', 'Phạm Thị Ví Dụ', 'Hoàng Văn Giả Định', 'Võ Thị Giả Định', 'Đặng Minh Mẫu', 'Bùi Thị Mẫu']
const hour = 3_600_000

/**
 * Gives a demo node a past: dossiers of every state, on time and late, made by the acts themselves with an earlier clock. Only where
 * nothing was filed yet, and only in the demo. Dated from today, so that it never looks old.
 */
export async function seedHistory(node: Node): Promise<void> {
  const { config, db } = node
  if (!config.demo || !config.demoHistory || (await db`SELECT 1 FROM dossiers.dossier LIMIT 1`).length > 0) return
  const procedures = config.code === 'G01' ? ['3.000347'] : config.provinceCode ? ['1.001612', '1.001193'] : []
  const agencies = await agenciesOf(node, config.code === 'G01' ? 'ministry' : 'commune')
  if (procedures.length === 0 || agencies.length === 0) return
  for (const [i, [daysAgo, stage]] of plan.entries()) await makeOne(node, { seed: i + 1, daysAgo, stage, procedure: procedures[i % procedures.length]!, agency: agencies[Math.floor(i / 2) % agencies.length]! })
}

/** The agencies with a one-stop desk at the level that decides the procedures of the demo's past. */
async function agenciesOf(node: Node, level: 'ministry' | 'commune'): Promise<string[]> {
  const codes = [...new Set((await listOfficers(node.db, { role: 'one-stop' })).map((o) => o.agencyCode))]
  const found = await Promise.all(codes.map((code) => findAgency(node.db, code, node.now())))
  return found.filter((agency) => agency?.level === level).map((agency) => agency!.code)
}

interface One { seed: number; daysAgo: number; stage: Stage; procedure: string; agency: string }

async function makeOne(node: Node, one: One): Promise<void> {
  const calendar = await loadCalendar(node.db)
  const day = workingDayBefore(calendar, node.now(), one.daysAgo)
  // Between eight and eleven in the morning, Vietnam time; never in the future.
  let clock = Math.min(new Date(`${day}T01:00:00Z`).getTime() + (one.seed % 6) * (hour / 2), node.now().getTime() - 60_000)
  const at = (actor: Person | Officer): Ctx => ({ ...createCtx(node, { actor }), now: new Date(clock) })
  const id = await fileOne(node, one, at)
  if (one.stage === 'new') return
  clock = Math.min(clock + hour, node.now().getTime() - 30_000)
  const oneStop = await officerOf(node, one.agency, 'one-stop')
  if (one.stage === 'refused') return void (await refuseDossier(at(oneStop), { dossierId: id, reason: 'Thủ tục không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận.' }))
  await acceptDossier(at(oneStop), { dossierId: id })
  if (one.stage === 'accepted') return
  if (one.stage === 'supplement') return void (await requestSupplement(at(oneStop), { dossierId: id, reason: 'Nội dung kê khai chưa thống nhất với giấy tờ đính kèm.', items: ['Nội dung kê khai'] }))
  if (one.stage === 'late') clock += 8 * 24 * hour
  for (let done = 0; done < (one.stage === 'half' ? 1 : 20); done++) {
    const [task] = await listTasks(node.db, { subject: id, open: true, limit: 1 })
    if (!task) return
    clock = Math.min(clock + hour / 2, node.now().getTime() - 10_000)
    const ctx = at(await officerOf(node, one.agency, task.role))
    if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
    else await completeStep(ctx, { dossierId: id, taskId: task.id, outcome: task.outcomes.find((o) => o.value === 'enough' || o.value === 'approved')?.value, ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
  }
}

/** The civil date so many working days back; today itself for 0. */
function workingDayBefore(calendar: Calendar, now: Date, count: number): string {
  let at = now.getTime()
  for (let left = count; left > 0;) {
    at -= 24 * hour
    if (isWorkingDay(calendar, civilDate(new Date(at)))) left--
  }
  return civilDate(new Date(at))
}

async function fileOne(node: Node, one: One, at: (actor: Person) => Ctx): Promise<string> {
  const procedure = (await getCurrentProcedure(node.db, one.procedure))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const name = names[one.seed % names.length]!
  const person: Person = { kind: 'person', id: newId(), subject: `history-${node.config.code}-${one.seed}`, name, assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
  const commune = (await findAgency(node.db, one.agency, node.now()))?.administrativeUnitCode
  const answers = sampleAnswers(form, one.seed, { fixed: { founder: 'individual', [form.definition.applicant.name]: name } })
  if (commune) answers[form.definition.placeField] = { ...(answers[form.definition.placeField] as object), province: node.config.provinceCode, commune }
  const { id } = await submitDossier(at(person), {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant: { name, idNumber: '052090000011' }, files: [], placeCode: placeOf(form, answers) ?? null,
    returnWay: 'online', channel: 'online', filingKey: `history:${one.seed}`,
  })
  return id
}

async function officerOf(node: Node, agencyCode: string, role: string): Promise<Officer> {
  const [officer] = await listOfficers(node.db, { agencyCode, role: role as 'one-stop' })
  if (!officer) throw new Error(`The demo has no ${role} at ${agencyCode}.`)
  return { kind: 'officer', id: officer.id, name: officer.name, agencyCode, unitId: null, roles: [role], permissions: permissionsOf(node, [role]), methods: ['pwd', 'otp'], authenticatedAt: node.now(), sessionId: newId() }
}
