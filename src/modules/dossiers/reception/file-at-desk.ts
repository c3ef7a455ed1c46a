import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { applicantOf as formApplicant, type Form, type Units } from '../../forms/index.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { accept } from '../accept-dossier.ts'
import { isUnplaced } from '../competence/competence.store.ts'
import { decidesItself } from '../competence/deciding-agency.ts'
import { applicantOf } from '../answers-of.ts'
import { checkDraft, type DraftFiling } from '../check-draft.ts'
import type { ReturnWay } from '../dossier.ts'
import { findDossier, lockDossier } from '../dossiers.store.ts'
import { markSubmitted, type Draft } from '../drafts.store.ts'
import { saveServed } from '../places/places.store.ts'
import { assertDelegated } from '../postal/delegation.ts'
import { submitDossier } from '../submit-dossier.ts'
import { filerOf, inNameOf, ownerOf } from './represented.ts'
import { checkMandate } from './represent-organisation.ts'
import { receivesFor } from './receives-for.ts'
import type { Visit } from './reception.store.ts'

export interface DeskFiling {
  returnWay: ReturnWay
  /** Filed only: the desk, or the agency that decides, looks at it later. */
  later: boolean
}

/**
 * Files what an officer filled in for the person before him, by the same checks as online, and accepts it at once where this node decides: the slip follows.
 * Help with a filing online ("hỗ trợ nộp trực tuyến") ends with the filing. What another node decides goes there and is accepted there. Pressing twice leads to the
 * same dossier. What postal staff take in the desk accepts. @throws NOT_DELEGATED; NOT_RECEIVED_HERE where the procedure binds receipt to another place
 */
export async function fileAtDesk(ctx: OfficerCtx, visit: Visit, draft: Draft, form: Form, input: DeskFiling): Promise<{ dossierId: string } | { errors: FieldError[] }> {
  if (draft.dossierId) return { dossierId: draft.dossierId }
  await assertDelegated(ctx, 'receive')
  const checked = await checkDraft(ctx, draft, form)
  if ('errors' in checked) return checked
  const filed = await fileChecked(ctx, visit, form, checked, input)
  if ('errors' in filed) return filed
  await markSubmitted(ctx.db, draft.id, filed.dossierId)
  return { dossierId: filed.dossierId }
}

/**
 * The same for a filing that was checked already, from a draft or a program. `same`: whether what the filing key first brought said the same.
 * @throws as fileAtDesk
 */
export async function fileChecked(ctx: OfficerCtx, visit: Visit, form: Form, { filing, units }: { filing: DraftFiling; units: Units }, input: DeskFiling): Promise<{ dossierId: string; same: boolean } | { errors: FieldError[] }> {
  // The dossier becomes the person's who was looked up: what is declared has to be about the same person.
  if (visit.person?.citizenId && formApplicant(form, filing.answers).citizenId !== visit.person.citizenId) return { errors: [{ field: form.definition.applicant.citizenId, key: 'dossiers.reception.otherPerson' }] }
  const mandate = await checkMandate(ctx, visit, filing.procedure)
  if (mandate.length > 0) return { errors: mandate }
  const agencyCode = visit.channel === 'assisted' ? undefined : await decidesItself(ctx, filing.procedure.content.service, filing.placeCode, visit.agencyCode)
  const { id, same } = await submitDossier(ctx, {
    ...filing, agencyCode, applicant: inNameOf(visit, applicantOf(form, filing.answers, units, visit.person?.name ?? '')), returnWay: input.returnWay, channel: visit.channel,
    reception: { visit: { ...visit, ...ownerOf(visit) }, filer: filerOf(visit), receives: (dossier) => visit.channel === 'assisted' ? Promise.resolve(true) : receivesFor(ctx, visit.agencyCode, dossier, filing.procedure.content.filingScope) },
  })
  const isDecidedHere = (await findDossier(ctx.db, id))?.nodeCode === ctx.node.config.code && !(await isUnplaced(ctx.db, id))
  if (isDecidedHere && visit.channel !== 'assisted' && !input.later && ctx.actor.permissions.has('dossiers.receive')) await acceptFiled(ctx, id)
  if (visit.channel === 'assisted') await transact(ctx, (tx) => saveServed(tx, id, { what: 'help', agencyCode: visit.agencyCode, officerId: ctx.actor.id, at: ctx.now }))
  return { dossierId: id, same }
}

/** A second press, or a colleague, may have been faster. */
async function acceptFiled(ctx: OfficerCtx, dossierId: string): Promise<void> {
  const calendar = await loadCalendar(ctx.db)
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, dossierId, ctx.node.config.code)
    if (dossier.state !== 'new') return
    await accept(tx, ctx, calendar, dossier, {})
    await saveServed(tx, dossier.id, { what: 'receipt', agencyCode: ctx.actor.agencyCode, officerId: ctx.actor.id, at: ctx.now })
  })
}
