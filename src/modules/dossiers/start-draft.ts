import type { Person } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import { getCurrentProcedure } from '../catalogue/index.ts'
import { findForm } from '../forms/index.ts'
import { accountContact } from '../identity/index.ts'
import { errors } from './dossiers.errors.ts'
import { insertDraft } from './drafts.store.ts'

/**
 * Begins a filing: a draft on today's versions of procedure and form, with what the account knows filled in beforehand.
 * @throws PROCEDURE_NOT_FOUND, PROCEDURE_NOT_ONLINE
 */
export async function startDraft(ctx: Ctx, person: Person, procedureCode: string): Promise<string> {
  const procedure = await getCurrentProcedure(ctx.db, procedureCode, ctx.now)
  if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: procedureCode })
  const service = procedure.content.service
  const form = service ? await findForm(ctx.db, service.formKey) : undefined
  if (!service || !form) throw errors.PROCEDURE_NOT_ONLINE()
  const contact = await accountContact(ctx.db, person.id)
  const { applicant } = form.definition
  const answers: Record<string, unknown> = {}
  const fill = (field: string | undefined, value: unknown): void => {
    if (field && value) answers[field] = value
  }
  fill(applicant.name, contact?.fullName)
  fill(applicant.citizenId, contact?.idNumber)
  fill(applicant.birthDate, contact?.birthDate)
  fill(applicant.phone, contact?.phone)
  fill(applicant.email, contact?.email)
  const id = newId(ctx.now.getTime())
  await transact(ctx, (tx) => insertDraft(tx, { id, accountId: person.id, procedureCode: procedure.code, procedureVersion: procedure.version, formKey: form.definition.key, formVersion: form.definition.version, answers, createdAt: ctx.now }))
  return id
}
