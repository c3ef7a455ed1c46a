import { isPermitted } from '../../../../platform/actor.ts'
import type { Db } from '../../../../platform/db.ts'
import type { Req } from '../../../../platform/http/route.ts'
import type { Lang } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import type { Option } from '../../../../ui/index.ts'
import { getProcedureVersion, type ProcedureVersion } from '../../../catalogue/index.ts'
import { findExplanations, type LateExplanation } from '../../late/late.store.ts'
import { findForm } from '../../../forms/index.ts'
import { papersOfCase, type CasePaper } from '../../papers/case-papers.ts'
import type { ByTable } from '../../../decisions/index.ts'
import { listDocuments, type StoredDocument } from '../../../documents/index.ts'
import { calendarOf, loadCalendar, reactionDueAt, ruleSetOf, type Step } from '../../../calendar/index.ts'
import { officerNames, proofState, recordAccess, type ProofState } from '../../../identity/index.ts'
import type { LedgerEvent } from '../../../ledger/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import { diagramFor, listTasks, mayDo, type Diagram, type Task } from '../../../process/index.ts'
import { isFiledOnline, type AttachedFile, type Dossier } from '../../dossier.ts'
import { listAccountRequests, type AccountRequest } from '../../accountability/accountability.store.ts'
import type { StepHolder } from '../../assignment/pages/step-holders.tsx'
import { readHolders } from '../../assignment/read-holders.ts'
import { listTransfers } from '../../competence/competence.store.ts'
import { listReceivers } from '../../competence/list-receivers.ts'
import { isMovable } from '../../competence/transfer-dossier.ts'
import type { ConsultationView, NoteView } from '../../consultation/pages/dossier-parts.tsx'
import { readForDossier } from '../../consultation/read-for-dossier.ts'
import { countExtensions } from '../../clock/clock.store.ts'
import { explainDue } from '../../clock/explain-due.ts'
import { assertOfDesk } from '../../desk-scope.ts'
import type { CorrectionView } from '../../correction/pages/correction-forms.tsx'
import { readCorrection } from '../../correction/read-correction.ts'
import { errors } from '../../dossiers.errors.ts'
import { tableDecisionOf } from '../../table-decisions.ts'
import { allowedActions } from '../../dossier-states.ts'
import { findDuplicates, type Duplicate } from '../../duplicates/find-duplicates.ts'
import { feeOfDossier } from '../../payment/fee-of-answers.ts'
import { listPaymentRequests, type PaymentRequest } from '../../payment/payment.store.ts'
import { findReception, type Reception } from '../../reception/reception.store.ts'
import { findContent, findDossier, findReason, findResultDraft, listAttachments, listPauses, listSupplementRequests, type Content, type Pause, type ResultDraft, type SupplementRequest } from '../../dossiers.store.ts'
import { returnOf, type ReturnShown } from '../../return-way/return-words.tsx'
import { countUnread } from '../../messages/message.store.ts'
import { listSteps } from '../history.tsx'
import { storedSummary, type StoredSection } from '../stored-summary.ts'

/** The dossier in the address, where it belongs to the officer's desk; else not found. */
export async function readDossierOfDesk(req: Req): Promise<Dossier> {
  const dossier = isId(req.params.id) ? await findDossier(req.ctx.db, req.params.id) : undefined
  if (!dossier || dossier.nodeCode !== req.ctx.node.config.code) throw errors.NOT_FOUND()
  await assertOfDesk(req.ctx, dossier)
  return dossier
}

/** Everything the officer has before them on one page. */
export interface DeskView {
  dossier: Dossier
  procedure: ProcedureVersion
  agency: string
  content: Content
  summary: StoredSection[]
  files: AttachedFile[]
  /** What this case asks for, of the components of the published version. */
  papers: CasePaper[]
  documents: StoredDocument[]
  events: LedgerEvent[]
  /** Names of the officers in them. */
  names: ReadonlyMap<string, string>
  supplements: SupplementRequest[]
  pauses: Pause[]
  withdrawal: string | undefined
  /** The open steps that this officer may do. */
  tasks: Task[]
  /** Opinions of other agencies, internal notes, and whom the officer may ask. */
  consultations: ConsultationView[]
  notes: NoteView[]
  asking: Option[]
  /** Why it is late, where somebody who leads has said so. */
  explanation: LateExplanation | undefined
  /** What the person asked to account for. */
  accounts: AccountRequest[]
  /** What can be corrected on an issued result. */
  correction: CorrectionView | undefined
  /** What looks like the same filing once more. */
  duplicates: Duplicate[]
  /** What the applicant must pay before the dossier goes on. */
  payment: PaymentRequest | undefined
  /** The fee by the procedure's decision table, where a payment may be asked for. */
  fee: ByTable<number> | undefined
  /** Who holds the open steps. */
  holders: StepHolder[]
  /** Whether the officer has proved himself lately enough to sign. */
  proof: ProofState | undefined
  diagram: Diagram | undefined
  resultDraft: ResultDraft | undefined
  /** How the date came about. */
  dueStory: Step[]
  /** Where an officer took it in, with that agency's name. */
  reception: (Reception & { agency: string }) | undefined
  /** The decision table by which the agency was chosen. */
  route: { title: string; version: number; ground: string } | undefined
  /** Agencies to which it may be transferred; none where it cannot be. */
  receivers: Option[]
  transfers: { at: Date; from: string; to: string; reason: string }[]
  /** Until when an online filing that nobody has answered yet is to be. */
  reactionDue: Date | undefined
  /** Whether the date may still be put off. */
  mayExtend: boolean
  /** How the result shall come, and where to. */
  returns: ReturnShown
  /** Messages of the person that nobody has opened. */
  newMessages: number
  now: Date
}

/** Who decides by a decision table, in words for the page. */
async function routeOf(db: Db, lang: Lang, dossierId: string): Promise<DeskView['route']> {
  const by = await tableDecisionOf(db, dossierId, 'routing')
  return by && { title: by.title[lang], version: by.version, ground: by.ground }
}

export async function readDeskView(req: Req): Promise<DeskView> {
  const { db, lang, now, actor } = req.ctx
  const dossier = await readDossierOfDesk(req)
  const [procedure, agency, content, files, documents, events, supplements, pauses, withdrawal, tasks, diagram, resultDraft] = await Promise.all([
    getProcedureVersion(db, dossier.procedureCode, dossier.procedureVersion), findAgency(db, dossier.agencyCode, now), findContent(db, dossier.id), listAttachments(db, dossier.id), listDocuments(db, dossier.id),
    listSteps(db, dossier.id, { byOfficers: true }), listSupplementRequests(db, dossier.id), listPauses(db, dossier.id), findReason(db, dossier.id, 'request-withdrawal'), listTasks(db, { subject: dossier.id, open: true }),
    dossier.receivedAt ? loadCalendar(db).then((calendar) => diagramFor(db, dossier.id, lang, { clock: { calendar, now } })) : undefined, findResultDraft(db, dossier.id),
  ])
  const clock = await readClock(req, dossier)
  if (!content) throw errors.NOT_FOUND()
  if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: dossier.procedureCode })
  const [form, proof] = await Promise.all([findForm(db, content.formKey, content.formVersion), actor.kind === 'officer' ? proofState(db, actor, now) : undefined])
  const accounts = await listAccountRequests(db, dossier.id)
  const names = await officerNames(db, [...accounts.map((a) => a.responsibleOfficer), ...events.flatMap((e) => [e.actor, typeof e.data.inPlaceOf === 'string' ? e.data.inPlaceOf : null])])
  return {
    proof, correction: await readCorrection(req.ctx, { dossier, content, form, procedure, isProofStale: proof?.isFresh === false }),
    returns: await returnOf(req.ctx, dossier),
    newMessages: await countUnread(db, dossier.id, 'person'),
    accounts, explanation: (await findExplanations(db, [dossier.id])).get(dossier.id), ...clock, ...await readForDossier(req.ctx, dossier), names, dossier, holders: await readHolders(req.ctx, tasks), duplicates: await findDuplicates(req.ctx, dossier, content), payment: dossier.state === 'payment-required' ? (await listPaymentRequests(req.ctx.db, dossier.id)).at(-1) : undefined, fee: allowedActions(dossier.state).includes('request-payment') && isPermitted(actor, 'dossiers.handle') ? await feeOfDossier(db, req.ctx, dossier) : undefined, reception: await readReception(req, dossier), receivers: isMovable(dossier) && isPermitted(actor, 'dossiers.handle') ? await listReceivers(req.ctx, dossier.agencyCode) : [], transfers: await readTransfers(req, dossier), procedure, content, files, documents, events, supplements, pauses, withdrawal, diagram, resultDraft, now, tasks: tasks.filter((task) => mayDo(actor, task)),
    papers: await papersOfCase(req.ctx, { form, answers: content.answers, procedure, at: dossier.submittedAt }),
    agency: agency ? agencyName(agency, lang) : dossier.agencyCode, route: await routeOf(db, lang, dossier.id), summary: await storedSummary(req.ctx, content),
  }
}

async function readReception({ ctx }: Req, dossier: Dossier): Promise<DeskView['reception']> {
  const reception = await findReception(ctx.db, dossier.id)
  const agency = reception && await findAgency(ctx.db, reception.agencyCode, ctx.now)
  return reception && { ...reception, agency: agency ? agencyName(agency, ctx.lang) : reception.agencyCode }
}

async function readTransfers({ ctx }: Req, dossier: Dossier): Promise<DeskView['transfers']> {
  const nameOf = async (code: string): Promise<string> => {
    const agency = await findAgency(ctx.db, code, ctx.now)
    return agency ? agencyName(agency, ctx.lang) : code
  }
  return Promise.all((await listTransfers(ctx.db, dossier.id)).map(async ({ at, reason, fromAgency, toAgency }) => ({ at, reason, from: await nameOf(fromAgency), to: await nameOf(toAgency) })))
}

async function readClock({ ctx }: Req, dossier: Dossier): Promise<Pick<DeskView, 'dueStory' | 'reactionDue' | 'mayExtend'>> {
  const calendar = await loadCalendar(ctx.db)
  const [dueStory, extensions] = await Promise.all([explainDue(ctx.db, calendar, ctx.node.config.code, dossier, ctx.lang), dossier.receivedAt ? countExtensions(ctx.db, dossier.id) : 0])
  return {
    dueStory, reactionDue: dossier.state === 'new' && isFiledOnline(dossier.channel) ? reactionDueAt(calendarOf(calendar, dossier.agencyCode), dossier.submittedAt) : undefined,
    mayExtend: dossier.receivedAt !== null && extensions < ruleSetOf(calendar, { ruleSet: dossier.ruleSet, receivedAt: dossier.receivedAt }).rules.extensions,
  }
}

/** Writes into the access log that this officer saw the personal data of the dossier's owner. */
export async function recordReading(req: Req, dossier: Dossier): Promise<void> {
  const subjectId = dossier.accountId ?? dossier.ownerSubject ?? undefined
  await recordAccess(req.ctx.db, req.ctx, { ...(subjectId ? { subjectId } : {}), ...(!dossier.accountId && dossier.ownerNode ? { subjectNode: dossier.ownerNode } : {}), objectId: dossier.id, purpose: 'dossiers.handle' })
}
