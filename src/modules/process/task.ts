import type { Actor } from '../../platform/actor.ts'
import type { Label, Outcome } from './model.ts'

/** A step that a person does (bước xử lý). */
export interface Task {
  id: string
  instanceId: string
  /** Dossier id. */
  subject: string
  elementId: string
  name: Label
  act: string | null
  role: string
  agencyCode: string
  /** Answers it offers; empty when there is nothing to choose. */
  outcomes: Outcome[]
  assignee: string | null
  createdAt: Date
  dueAt: Date
  doneAt: Date | null
  /** Actor key, 'officer:<id>'. */
  doneBy: string | null
  cancelledAt: Date | null
  outcome: string | null
  note: string | null
}

export interface TaskRow {
  id: string; instance_id: string; subject: string; element_id: string; name_vi: string; name_en: string; act: string | null; role: string; agency_code: string
  outcomes: Outcome[]; assignee: string | null; created_at: Date; due_at: Date; done_at: Date | null; done_by: string | null; cancelled_at: Date | null
  outcome: string | null; note: string | null
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id, instanceId: row.instance_id, subject: row.subject, elementId: row.element_id, name: { vi: row.name_vi, en: row.name_en }, act: row.act, role: row.role,
    agencyCode: row.agency_code, outcomes: row.outcomes, assignee: row.assignee, createdAt: row.created_at, dueAt: row.due_at, doneAt: row.done_at, doneBy: row.done_by,
    cancelledAt: row.cancelled_at, outcome: row.outcome, note: row.note,
  }
}

/** Whether an actor may do a task: the program itself, or an officer of its agency with its role. */
export function mayDo(actor: Actor, task: Pick<Task, 'role' | 'agencyCode'>): boolean {
  if (actor.kind === 'system') return true
  return actor.kind === 'officer' && actor.agencyCode === task.agencyCode && actor.roles.includes(task.role)
}
