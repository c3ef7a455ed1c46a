import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { assertServiceOpen, isAbolished, ownerOfCode, strengthFor, type ProcedureVersion } from '../catalogue/index.ts'
import { routeByTable, type ByTable, type DecisionInputs } from '../decisions/index.ts'
import { send } from '../exchange/index.ts'
import { accountContact, demandStrength, partySubjectForNode, subjectForNode } from '../identity/index.ts'
import { sealingOf } from '../ledger/index.ts'
import { agencyName, competentAgency, findAgency, nodeOfAgency, type Agency } from '../organisations/index.ts'
import { insertUnplaced } from './competence/competence.store.ts'
import { decidingAgency } from './competence/deciding-agency.ts'
import { factsOf, newReference, type Applicant, type AttachedFile, type Channel, type Dossier, type ReturnWay } from './dossier.ts'
import { errors } from './dossiers.errors.ts'
import { file, fileTogether, type Kept, type Submitted } from './file-dossiers.ts'
import { saveReturnChoice, type ReturnChoice } from './return-way/return-choice.ts'
import { assertUnderMandate } from './on-behalf.ts'
import { insertReception, type Reception, type Visit } from './reception/reception.store.ts'
import { recordTableDecision } from './table-decisions.ts'

export interface Submission {
  procedure: ProcedureVersion
  form: { key: string; version: number }
  /** Already validated against the form. */
  answers: Record<string, unknown>
  /** Questions and answers as they stood on the screen; absent for filings by API, where it follows from form and answers. */
  summary?: unknown
  applicant: Applicant
  files: readonly AttachedFile[]
  placeCode: string | null
  /** Who is to decide, where the procedure leaves the choice; the agency of the place when absent. */
  agencyCode?: string | undefined
  returnWay: ReturnWay
  /** The desk or the address, where the way needs one. */
  returnTo?: Pick<ReturnChoice, 'deskCode' | 'recipient'> | undefined
  channel: Channel
  /** Makes a repeated submission lead to the same dossier, for ever. */
  filingKey: string
  /** For what an officer files for the person of a visit: whose it is, where it was taken in, and whether that desk may take it in for the deciding agency. */
  reception?: { visit: Visit; /** Who stands there for its owner. */ filer?: { mandateId: string; accountId: string } | undefined; receives: (dossier: Dossier) => Promise<boolean> }
}

/**
 * Submits a dossier ("nộp hồ sơ"): routes it by competence, keeps it, tells the handling node. Submission does not start the clock.
 * One statement where this node decides, shared with what others file at the same moment; elsewhere the same statement and the message to the deciding node in one transaction.
 * @throws PROCEDURE_NOT_ONLINE, PROCEDURE_ABOLISHED, NOT_COMPETENT_HERE; SERVICE_CLOSED of the catalogue while the service is suspended or stopped;
 * NOT_SEALED while no witness has seen the transparency log for four hours; OUT_OF_MANDATE, MANDATE_ENDED, NOT_RECEIVED_HERE; STRONGER_LOG_IN_NEEDED of identity
 */
export async function submitDossier(ctx: Ctx, s: Submission): Promise<Submitted> {
  const { dossier, isUnplaced, route } = await prepare(ctx, s)
  if (s.reception && !isUnplaced && !(await s.reception.receives(dossier))) throw errors.NOT_RECEIVED_HERE({ agency: await nameOfAgency(ctx, dossier.agencyCode) })
  const applicant = await withFiler(ctx, s.applicant)
  const kept = { ...s, applicant }
  const own = ctx.node.config.code
  const choice = s.returnTo && (s.returnTo.deskCode || s.returnTo.recipient) ? { way: s.returnWay, ...s.returnTo } : undefined
  const reception = s.reception && receptionOf(s.reception.visit)
  if (dossier.nodeCode === own && !reception && !isUnplaced && !choice && !route) {
    const submitted = await fileTogether(ctx, kept, dossier)
    ctx.node.nudge('ledger')
    return submitted
  }
  const files = dossier.nodeCode === own ? [] : await withBytes(ctx, s.files)
  return transact(ctx, (tx) => keepAndTell(tx, ctx, kept, { dossier, isUnplaced, route }, { files, reception, choice }))
}

/** Files with their bytes as base64, as a message carries them. */
export const withBytes = (ctx: Ctx, files: readonly AttachedFile[]): Promise<(AttachedFile & { bytes: string })[]> => Promise.all(files.map(async (f) => ({ ...f, bytes: (await ctx.node.files.get(f.fileId)).toString('base64') })))

/** Keeps a filing in the caller's transaction and sends it to the node that decides; a known filing key answers with the first dossier and changes nothing. `files`: those of the filing with their bytes as base64, where another node decides. */
export async function keepAndTell(tx: Tx, ctx: Ctx, kept: Kept & Pick<Submission, 'returnWay' | 'returnTo'>, { dossier, isUnplaced, route }: Prepared, { files, reception, choice }: { files: readonly (AttachedFile & { bytes: string })[]; reception?: Reception | undefined; choice?: ReturnChoice | undefined }): Promise<Submitted> {
  const own = ctx.node.config.code
  const submitted = await file(tx, ctx, kept, dossier)
  if (!submitted.fresh) return submitted
  if (reception) await insertReception(tx, dossier.id, reception)
  if (choice) await saveReturnChoice(tx, dossier.id, choice, ctx.now)
  if (isUnplaced) await insertUnplaced(tx, dossier.id, ctx.now)
  if (route) await recordTableDecision(tx, ctx, dossier.id, 'routing', route, ctx.now)
  if (dossier.nodeCode !== own) await send(tx, ctx, { to: dossier.nodeCode, service: 'dossier.file', subject: dossier.id, payload: { facts: factsOf(dossier), returnWay: kept.returnWay, ...(choice ? { returnTo: kept.returnTo } : {}), owner: await ownerFor(tx, ctx, dossier), form: kept.form, answers: kept.answers, summary: kept.summary ?? null, applicant: kept.applicant, files, reception: reception ? { ...reception, visitId: null } : null, unplaced: isUnplaced } })
  return submitted
}

const receptionOf = ({ id, agencyCode, postedOn, arrivedOn }: Visit): Reception => ({ visitId: id, agencyCode, postedOn, arrivedOn })

async function nameOfAgency(ctx: Ctx, code: string): Promise<string> {
  const agency = await findAgency(ctx.db, code, ctx.now)
  return agency ? agencyName(agency, ctx.lang) : code
}

/** How another node may know the owner: by the subject of the node whose relying party the person is; the national node gives each node its own. */
async function ownerFor(tx: Tx, ctx: Ctx, d: Dossier): Promise<{ node: string; subject: string } | null> {
  if (!d.ownerSubject) return null
  if (ctx.node.config.kind === 'national') {
    const subject = d.accountId ? await subjectForNode(tx, d.accountId, d.nodeCode) : await partySubjectForNode(tx, d.ownerSubject, d.nodeCode)
    return subject ? { node: d.nodeCode, subject } : null
  }
  return { node: ctx.node.config.code, subject: d.ownerSubject }
}

interface Prepared { dossier: Dossier; isUnplaced: boolean; route: ByTable<string> | undefined }

/** A receipt that nobody else has seen proves nothing. @throws NOT_SEALED while no witness has seen the transparency log for four hours */
export async function assertSealed(ctx: Ctx): Promise<void> {
  if ((await sealingOf(ctx.node, ctx.db)) === 'closed') throw errors.NOT_SEALED()
}

async function prepare(ctx: Ctx, s: Submission): Promise<Prepared> {
  await assertSealed(ctx)
  if (s.procedure.content.linked) throw errors.FILED_AS_GROUP()
  if (s.procedure.content.service) demandStrength(ctx.actor, strengthFor(s.procedure.content.service))
  const person = ctx.actor.kind === 'person' ? ctx.actor : undefined
  const prepared = await newDossier(ctx, s, ownerOf(ctx, s.reception))
  if (person) await assertUnderMandate(ctx, person, 'submit', s.procedure.code)
  return prepared
}

/** Whose a filing is, and under which mandate somebody files it for its owner. */
export interface FilingOwner { accountId: string | null; ownerSubject: string | null; mandateId: string | null; filerAccountId: string | null }

/** What is filed for another is that one's from the first moment. */
export function ownerOf(ctx: Ctx, reception?: Submission['reception']): FilingOwner {
  const person = ctx.actor.kind === 'person' ? ctx.actor : undefined
  const { actingFor } = person ?? {}
  const visit = reception?.visit
  return {
    accountId: actingFor ? (actingFor.kind === 'person' ? actingFor.id ?? null : null) : visit?.accountId ?? person?.id ?? null, ownerSubject: visit?.ownerSubject ?? (actingFor ?? person)?.subject ?? null,
    mandateId: (actingFor ?? reception?.filer)?.mandateId ?? null, filerAccountId: actingFor ? person!.id : reception?.filer?.accountId ?? null,
  }
}

/** A dossier of today for whoever is competent; nothing is kept yet. @throws PROCEDURE_NOT_ONLINE, PROCEDURE_ABOLISHED, NOT_COMPETENT_HERE; SERVICE_CLOSED of the catalogue */
export async function newDossier(ctx: Ctx, s: Pick<Submission, 'procedure' | 'answers' | 'placeCode' | 'agencyCode' | 'channel' | 'returnWay'>, owner: FilingOwner): Promise<Prepared> {
  const service = s.procedure.content.service
  if (!service) throw errors.PROCEDURE_NOT_ONLINE()
  if (await isAbolished(ctx.db, s.procedure.code, ctx.now)) throw errors.PROCEDURE_ABOLISHED()
  await assertServiceOpen(ctx.db, s.procedure.code, ctx)
  const route = await routeByTable(ctx.db, ctx, { procedure: s.procedure.code, answers: s.answers as DecisionInputs, at: ctx.now })
  const competent = await decidingAgency(ctx, service, s.placeCode, s.agencyCode, route?.answer)
  const agency = competent ?? await queueOf(ctx, s.placeCode)
  // A province's copy of a procedure is law in that province only.
  const province = s.procedure.baseVersion === null ? undefined : ownerOfCode(s.procedure.code)
  if (!agency || (province && nodeOfAgency(agency.code) !== province)) throw errors.NOT_COMPETENT_HERE({ place: s.placeCode ?? '' })
  const dossier: Dossier = {
    id: newId(ctx.now.getTime()), reference: newReference(), code: null, procedureCode: s.procedure.code, procedureVersion: s.procedure.version,
    nodeCode: nodeOfAgency(agency.code), originNode: ctx.node.config.code, agencyCode: agency.code, placeCode: s.placeCode, channel: s.channel, state: 'new', returnWay: s.returnWay,
    ...owner, ownerNode: owner.ownerSubject === null ? null : ctx.node.config.code,
    limitValue: service.limit.value, limitUnit: service.limit.unit, ruleSet: null, clockOptions: null, isLate: false, submittedAt: ctx.now, receivedAt: null, promisedAt: null, dueAt: null, pausedAt: null, finishedAt: null, returnedAt: null, supplements: 0, eventSeq: 1,
  }
  return { dossier, isUnplaced: !competent, route }
}

/** Where a filing waits whose agency cannot be told: at the People's Committee of the province of its place; where there is none that is connected, at the local node where it was filed. */
async function queueOf(ctx: Ctx, placeCode: string | null): Promise<Agency | undefined> {
  const ofProvince = placeCode ? await competentAgency(ctx.db, { level: 'province', communeCode: placeCode, at: ctx.now }) : undefined
  return ofProvince?.nodeCode ? ofProvince : (ctx.node.config.kind === 'local' ? await findAgency(ctx.db, ctx.node.config.code, ctx.now) : undefined)
}

/** Who filed for the applicant, for the officer and the papers. */
export async function withFiler(ctx: Ctx, applicant: Applicant): Promise<Applicant> {
  const { actor } = ctx
  if (actor.kind !== 'person' || !actor.actingFor) return applicant
  const filer = await accountContact(ctx.db, actor.id)
  return { ...applicant, submittedBy: { name: actor.name, idNumber: filer?.idNumber ?? '', mandateId: actor.actingFor.mandateId, ground: actor.actingFor.ground, represented: actor.actingFor.name } }
}
