import type { Ctx } from '../../../platform/ctx.ts'
import { civilDate, translator } from '../../../platform/i18n.ts'
import type { ControlSlip } from '../../documents/index.ts'
import { officerNames } from '../../identity/index.ts'
import { listEvents, type LedgerEvent } from '../../ledger/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { listTasks, roleName } from '../../process/index.ts'
import { edges } from '../dossier-states.ts'
import type { PaperBase } from './paper-base.ts'

type Row = ControlSlip['steps'][number]

/** Names for what the events hold as ids and codes. */
interface Names { officer(key: unknown): string | undefined; agency(code: unknown): string; role(role: unknown): string; step(taskId: unknown): string | null }

const taskDone = 'process.task_completed'
const taskCreated = 'process.task_created'

/** The rows of the control slip ("phiếu kiểm soát"): every hand-over of the dossier as the ledger has it, and whether the step before was done in time. */
export async function controlSlip(ctx: Ctx, { dossier, content, agency }: PaperBase): Promise<Pick<ControlSlip, 'ownerName' | 'receivedAt' | 'dueAt' | 'handlingAgency' | 'coordinating' | 'steps'>> {
  const events = await listEvents(ctx.db, dossier.id)
  const names = await namesOf(ctx, dossier.id, events)
  const others = new Set(events.filter((e) => e.type === taskCreated && e.data.agencyCode !== dossier.agencyCode).map((e) => names.agency(e.data.agencyCode)))
  return {
    ownerName: content.applicant.name, receivedAt: dossier.receivedAt ?? dossier.submittedAt, dueAt: dossier.dueAt, handlingAgency: agency.nameVi,
    coordinating: [...others], steps: handOvers(events, names),
  }
}

export function handOvers(events: readonly LedgerEvent[], names: Names): Row[] {
  const owner = 'Người nộp hồ sơ'
  const at = (e: LedgerEvent): string => [names.officer(e.actor), names.agency(e.data.agency ?? e.data.agencyCode)].filter(Boolean).join(' – ')
  const done = new Map(events.filter((e) => e.type === taskDone).map((e) => [String(e.data.taskId), e]))
  /** Who had the dossier in hand last, and gives it on; steps side by side come from the same hand. */
  let holder = owner
  // The reception writes its steps first and itself last.
  const inOrder = [...events].sort((a, b) => a.at.getTime() - b.at.getTime() || Number(b.type === edges.accept.event) - Number(a.type === edges.accept.event))
  return inOrder.flatMap((e): Row[] => {
    switch (e.type) {
      case edges.accept.event: return [{ from: owner, to: (holder = at(e)), at: e.at, outcome: 'onTime', note: 'Tiếp nhận hồ sơ' }]
      case edges['request-supplement'].event: return [{ from: at(e), to: owner, at: e.at, outcome: 'onTime', note: 'Yêu cầu bổ sung; thời hạn tạm dừng' }]
      case edges['answer-supplement'].event: return [{ from: owner, to: holder, at: e.at, outcome: 'onTime', note: 'Đã bổ sung; thời hạn tính tiếp' }]
      case 'dossier.extended': return [{ from: at(e), to: at(e), at: e.at, outcome: 'late', note: 'Xin lỗi và hẹn lại ngày trả kết quả' }]
      case edges.stop.event: return [{ from: at(e), to: owner, at: e.at, outcome: 'onTime', note: 'Dừng giải quyết' }]
      case edges.return.event: return [{ from: at(e), to: owner, at: e.at, outcome: inTime(e.data.finishedAt, e.data.dueAt), note: 'Trả kết quả' }]
      case taskCreated: {
        const end = done.get(String(e.data.taskId))
        const to = [end && names.officer(end.actor), `${names.role(e.data.role)}, ${names.agency(e.data.agencyCode)}`].filter(Boolean).join(' – ')
        return [{ from: holder, to, at: e.at, outcome: end ? inTime(end.at.toISOString(), end.data.due) : 'open', note: names.step(e.data.taskId) }]
      }
      case taskDone: {
        holder = at(e)
        return []
      }
      default: return []
    }
  })
}

/** Before the day on which it was due, on it, or late; due nowhere is in time. */
function inTime(doneAt: unknown, due: unknown): Row['outcome'] {
  if (typeof doneAt !== 'string' || typeof due !== 'string') return 'onTime'
  const [ended, limit] = [new Date(doneAt), new Date(due)]
  return ended > limit ? 'late' : civilDate(ended) < civilDate(limit) ? 'early' : 'onTime'
}

async function namesOf(ctx: Ctx, dossierId: string, events: readonly LedgerEvent[]): Promise<Names> {
  const codes = [...new Set(events.flatMap((e) => [e.data.agency, e.data.agencyCode]).filter((code) => typeof code === 'string'))]
  const [officers, agencies, tasks] = await Promise.all([
    officerNames(ctx.db, events.map((e) => e.actor)), Promise.all(codes.map((code) => findAgency(ctx.db, code, ctx.now))), listTasks(ctx.db, { subject: dossierId, limit: 1000 }),
  ])
  const steps = new Map(tasks.map((task) => [task.id, task.name.vi]))
  const known = new Map(agencies.flatMap((a) => (a ? [[a.code, agencyName(a, 'vi')] as const] : [])))
  const vi = translator('vi')
  return {
    officer: (key) => (typeof key === 'string' ? officers.get(key.replace(/^officer:/, '')) : undefined),
    agency: (code) => known.get(String(code)) ?? String(code ?? ''), role: (role) => roleName(vi, String(role)), step: (id) => steps.get(String(id)) ?? null,
  }
}
