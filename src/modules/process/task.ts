import { handlingAgency, scopesOf, type Actor, type RoleScope } from '../../platform/actor.ts'
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
  /** Where the step is done for each of several things: this one, as the process has it. */
  item: unknown
  /** Unit to which this step was given; null where it is that of the matter. */
  unitId: string | null
  /** With the unit to which the step was given. */
  matter: Matter
}

/** What is handled: decides which officers of a role may do it, where theirs is limited. */
export interface Matter { procedureCode: string | null; sectorCode: string | null; unitId: string | null }

export interface TaskRow {
  id: string; instance_id: string; subject: string; element_id: string; name_vi: string; name_en: string; act: string | null; role: string; agency_code: string
  outcomes: Outcome[]; assignee: string | null; created_at: Date; due_at: Date; done_at: Date | null; done_by: string | null; cancelled_at: Date | null
  outcome: string | null; note: string | null; token: number | null; item: unknown; procedure_code: string | null; sector_code: string | null; unit_id: string | null; given_unit: string | null
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id, instanceId: row.instance_id, subject: row.subject, elementId: row.element_id, name: { vi: row.name_vi, en: row.name_en }, act: row.act, role: row.role,
    agencyCode: row.agency_code, outcomes: row.outcomes, assignee: row.assignee, createdAt: row.created_at, dueAt: row.due_at, doneAt: row.done_at, doneBy: row.done_by,
    cancelledAt: row.cancelled_at, outcome: row.outcome, note: row.note, item: row.item, unitId: row.given_unit, matter: { procedureCode: row.procedure_code, sectorCode: row.sector_code, unitId: row.given_unit ?? row.unit_id },
  }
}

type Limits = Pick<Task, 'role' | 'agencyCode' | 'matter'> & { assignee?: string | null }

/** Whether an actor may do a task: the program itself, or an officer of its agency whose role reaches the matter. */
export function mayDo(actor: Actor, task: Limits): boolean {
  return actor.kind === 'system' || scopeFor(actor, task) !== undefined
}

/** By which of an officer's scopes a task is his: his own first, then one that he has in another's place; his own tasks are not another's. */
export function scopeFor(actor: Actor, task: Limits): RoleScope | undefined {
  if (actor.kind !== 'officer') return undefined
  const fitting = scopesOf(actor).filter((scope) => scope.role === task.role && handlingAgency(actor, scope) === task.agencyCode && reaches(scope, task.matter))
  const own = fitting.filter((scope) => scope.inPlaceOf === undefined)
  if (task.assignee && task.assignee !== actor.id) return fitting.find((scope) => scope.inPlaceOf === task.assignee) ?? own[0]
  return own[0] ?? fitting[0]
}

/** A limit that the matter does not meet shuts it out, also where the matter is not known. */
export function reaches(scope: RoleScope, matter: Matter): boolean {
  return (scope.procedureCode === null || scope.procedureCode === matter.procedureCode) && (scope.sectorCode === null || scope.sectorCode === matter.sectorCode) && (scope.unitId === null || scope.unitId === matter.unitId)
}
