import type { Person } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { FieldError } from '../../platform/errors.ts'
import type { Form } from '../forms/index.ts'
import { applicantOf } from './answers-of.ts'
import type { Applicant, ReturnWay } from './dossier.ts'
import { markSubmitted, type Draft } from './drafts.store.ts'
import { checkDraft } from './check-draft.ts'
import { submitLinked } from './linked/submit-linked.ts'
import type { ReturnChoice } from './return-way/return-choice.ts'
import { isConfirmed, listInvitations, type Invitation } from './together/invitation.ts'
import { submitDossier, type Submission } from './submit-dossier.ts'

/**
 * Submits a draft after one more whole check. Pressing twice, in two tabs or after a lost answer, leads to the same dossier:
 * the draft's id is the filing key. Of a linked group the answer is the id of the group. Mistakes come back as a list, each with its field.
 */
export async function submitDraft(ctx: Ctx, person: Person, draft: Draft, form: Form, input: { returnWay: ReturnWay; agencyCode?: string | undefined; returnTo?: Pick<ReturnChoice, 'deskCode' | 'recipient'> }): Promise<{ dossierId: string } | { errors: FieldError[] }> {
  if (draft.dossierId) return { dossierId: draft.dossierId }
  const checked = await checkDraft(ctx, draft, form)
  if ('errors' in checked) return checked
  const { filing, units } = checked
  const invited = await listInvitations(ctx.db, draft.id)
  const waits = invited.find((i) => !isConfirmed(i, form, draft))
  if (waits) return { errors: [{ field: '', key: 'dossiers.together.waiting', params: { name: waits.name } }] }
  const submission: Submission = {
    ...filing, applicant: { ...applicantOf(form, filing.answers, units, (person.actingFor ?? person).name), ...confirmations(form, invited) }, returnWay: input.returnWay, returnTo: input.returnTo, agencyCode: input.agencyCode, channel: 'online',
  }
  const { id } = await (filing.procedure.content.linked ? submitLinked : submitDossier)(ctx, submission)
  await markSubmitted(ctx.db, draft.id, id)
  return { dossierId: id }
}

/** Who else stands behind which part, as the officer reads it. */
function confirmations(form: Form, invited: readonly Invitation[]): Pick<Applicant, 'confirmedBy'> {
  const title = (id: string): string => form.definition.pages.find((p) => p.id === id)?.title.vi ?? id
  return invited.length === 0 ? {} : { confirmedBy: invited.map((i) => ({ name: i.name, idNumber: i.idNumber, pages: i.pages.map(title), at: i.decidedAt!.toISOString() })) }
}
