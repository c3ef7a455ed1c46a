import type { Person } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import { assertServiceOpen, strengthFor } from '../catalogue/index.ts'
import { findForm, prefill } from '../forms/index.ts'
import { accountContact, demandStrength } from '../identity/index.ts'
import { errors } from './dossiers.errors.ts'
import { insertDraft } from './drafts.store.ts'
import { openProcedure } from './open-procedure.ts'

/**
 * Begins a filing: a draft on today's versions of procedure and form, with what the account knows filled in beforehand.
 * @throws PROCEDURE_NOT_FOUND, PROCEDURE_ABOLISHED, PROCEDURE_NOT_ONLINE; STRONGER_LOG_IN_NEEDED of identity
 */
export async function startDraft(ctx: Ctx, person: Person, procedureCode: string): Promise<string> {
  const procedure = await openProcedure(ctx.db, procedureCode, ctx.now)
  const service = procedure.content.service
  const form = service ? await findForm(ctx.db, service.formKey) : undefined
  if (!service || !form) throw errors.PROCEDURE_NOT_ONLINE()
  await assertServiceOpen(ctx.db, procedureCode, ctx)
  demandStrength(person, strengthFor(service))
  const contact = await accountContact(ctx.db, person.id)
  const known = contact && { name: contact.fullName, citizenId: contact.idNumber, birthDate: contact.birthDate, phone: contact.phone, ...(contact.email ? { email: contact.email } : {}) }
  const { answers, filled } = prefill(form, known ?? {})
  const id = newId(ctx.now.getTime())
  await transact(ctx, (tx) => insertDraft(tx, { id, accountId: person.id, procedureCode: procedure.code, procedureVersion: procedure.version, formKey: form.definition.key, formVersion: form.definition.version, answers, filled, createdAt: ctx.now }))
  return id
}
