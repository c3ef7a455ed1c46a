import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { newId } from '../../../platform/ids.ts'
import { send } from '../../exchange/index.ts'
import { getForm, loadUnits } from '../../forms/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { allowedActions, type DossierState } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findContent, findDossier, lockDossier } from '../dossiers.store.ts'
import { assertMayAct, maySee } from '../on-behalf.ts'
import { changesOf, checkChanges, knownFacts, type FactChange, type Typed } from './applicant-facts.ts'
import { findOpenChange, insertChange, lockRow, type ChangeWay, type NewChange } from './applicant-change.store.ts'
import { tellOrigin } from './tell-origin.ts'

const running: ReadonlySet<DossierState> = new Set(['new', 'received', 'in-progress', 'supplement-required', 'payment-required'])
/** After the result what it says is corrected, and before that what was declared about the applicant can change. */
export const isChangeable = ({ state }: Pick<Dossier, 'state'>): boolean => running.has(state)
const longestGround = 1000

export interface ChangeInput { dossierId: string; facts: Typed; ground: string }
interface RequestMessage { changes: FactChange[]; ground: string; askedAt: string }

/**
 * The applicant asks that data about him be changed on a running dossier ("thay đổi thông tin người nộp"), each checked as at filing. Nothing changes before an officer confirms.
 * From another node the wish travels to the handling node. Returns what is wrong with the input. @throws NOT_FOUND, NOT_IN_STATE, OUT_OF_MANDATE, CHANGE_WAITS, NOT_HANDLED_HERE
 */
export async function requestChange(ctx: Ctx, input: ChangeInput): Promise<FieldError[]> {
  const seen = await findDossier(ctx.db, input.dossierId)
  if (!seen || ctx.actor.kind !== 'person' || !(await maySee(ctx, ctx.actor, seen))) throw errors.NOT_FOUND()
  await assertMayAct(ctx, ctx.actor, seen)
  const read = await readInput(ctx, seen, input)
  if (read.mistakes.length > 0) return read.mistakes
  const change = newChange(ctx, seen, read, 'online')
  await transact(ctx, async (tx) => {
    await lockRow(tx, seen.id)
    const dossier = await getDossier(tx, seen.id)
    await keepRequest(tx, ctx, dossier, change)
    if (dossier.nodeCode !== ctx.node.config.code) await send(tx, ctx, { to: dossier.nodeCode, service: 'dossier.applicant-request', subject: dossier.id, payload: { id: change.id, changes: change.changes, ground: change.ground, askedAt: ctx.now.toISOString() } })
  })
  return []
}

/** An officer writes down what the applicant tells the desk; a colleague confirms it. Returns what is wrong with the input. @throws NOT_FOUND, NOT_IN_STATE, CHANGE_WAITS */
export async function recordChange(ctx: Ctx, input: ChangeInput & { way: string }): Promise<FieldError[]> {
  const seen = await findDossier(ctx.db, input.dossierId)
  if (!seen) throw errors.NOT_FOUND()
  await assertOfDesk(ctx, seen, 'dossiers.handle')
  const { way } = input
  const read = await readInput(ctx, seen, input)
  const isWay = way === 'in-person' || way === 'in-writing'
  if (!isWay || read.mistakes.length > 0) return [...(isWay ? [] : [{ field: 'way', key: 'dossiers.applicantChange.wayMissing' }]), ...read.mistakes]
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, seen.id, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    await keepRequest(tx, ctx, dossier, newChange(ctx, dossier, read, way))
  })
  return []
}

async function getDossier(tx: Tx, id: string): Promise<Dossier> {
  const dossier = await findDossier(tx, id)
  if (!dossier) throw errors.NOT_FOUND()
  return dossier
}

interface ReadInput { changes: FactChange[]; ground: string; mistakes: FieldError[] }

async function readInput(ctx: Ctx, dossier: Dossier, input: ChangeInput): Promise<ReadInput> {
  const content = await findContent(ctx.db, dossier.id)
  if (!content) throw errors.NOT_HANDLED_HERE({ node: dossier.nodeCode })
  const form = await getForm(ctx.db, content.formKey, content.formVersion)
  const known = knownFacts(form, content.answers, { hasAccount: dossier.ownerSubject !== null })
  const units = await loadUnits(ctx.db, ctx.now, form)
  const changes = changesOf(known, input.facts, units)
  const ground = input.ground.trim()
  const mistakes: FieldError[] = [
    ...(changes.length === 0 ? [{ field: known[0]?.fact ?? 'ground', key: 'dossiers.applicantChange.nothing' }] : checkChanges(form, content.answers, changes, { now: dossier.submittedAt, units }, ctx.lang)),
    ...(ground === '' ? [{ field: 'ground', key: 'dossiers.applicantChange.groundMissing' }] : [...ground].length > longestGround ? [{ field: 'ground', key: 'dossiers.desk.reasonTooLong', params: { max: longestGround } }] : []),
  ]
  return { changes, ground, mistakes }
}

const newChange = (ctx: Ctx, { id }: Dossier, { changes, ground }: ReadInput, way: ChangeWay): NewChange => ({ id: newId(ctx.now.getTime()), dossierId: id, changes, ground, way, askedBy: actorKey(ctx.actor), askedAt: ctx.now })

/** One wish at a time; a repeat of the same is known. */
async function keepRequest(tx: Tx, ctx: Ctx, dossier: Dossier, change: NewChange): Promise<void> {
  if (!isChangeable(dossier)) throw errors.NOT_IN_STATE({ state: dossier.state, action: 'change-applicant', allowed: allowedActions(dossier.state).join(', ') })
  if (await findOpenChange(tx, dossier.id)) throw errors.CHANGE_WAITS()
  if (await insertChange(tx, change)) await appendEvent(tx, ctx, { type: 'applicant.change_requested', subject: dossier.id, data: { node: dossier.nodeCode, origin: dossier.originNode, changeId: change.id, fields: change.changes.map((c) => c.fact), way: change.way } })
}

/** The applicant’s wish from the node of filing (service dossier.applicant-request). What comes too late is answered, not lost. @throws NOT_FOUND */
export async function receiveRequest(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as RequestMessage & { id: string }
  const dossier = await lockDossier(tx, message.subject, ctx.node.config.code)
  if (dossier.originNode !== message.from && message.from !== ctx.node.config.national.code) throw errors.NOT_FOUND()
  const change: NewChange = { id: m.id, dossierId: dossier.id, changes: m.changes, ground: m.ground, way: 'online', askedBy: `node:${message.from}`, askedAt: new Date(m.askedAt) }
  const open = await findOpenChange(tx, dossier.id)
  if (open?.id === change.id) return
  const why = !isChangeable(dossier) ? 'Hồ sơ đã giải quyết xong hoặc đang chờ rút nên không thay đổi thông tin được nữa.' : open ? 'Một yêu cầu thay đổi khác đang chờ xác nhận.' : undefined
  if (why === undefined) return keepRequest(tx, ctx, dossier, change)
  await tellOrigin(tx, ctx, dossier, change, { at: ctx.now, by: `node:${ctx.node.config.code}`, isConfirmed: false, reason: why })
}
