import type { Person } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import { assertServiceOpen, strengthFor } from '../catalogue/index.ts'
import { findForm } from '../forms/index.ts'
import { demandStrength, type RegisteredRecord } from '../identity/index.ts'
import { errors } from './dossiers.errors.ts'
import { insertDraft } from './drafts.store.ts'
import { assertUnderMandate } from './on-behalf.ts'
import { openProcedure } from './open-procedure.ts'
import { fillIn } from './prefill/fill-in.ts'

/**
 * Begins a filing: a draft on today's versions of procedure and form, with what the account, the register where it was asked, and earlier dossiers know filled in beforehand.
 * Who acts for somebody else prepares it for that party, with the party's data.
 * @throws PROCEDURE_NOT_FOUND, PROCEDURE_ABOLISHED, PROCEDURE_NOT_ONLINE, OUT_OF_MANDATE, MANDATE_ENDED; STRONGER_LOG_IN_NEEDED of identity
 */
export async function startDraft(ctx: Ctx, person: Person, procedureCode: string, register?: RegisteredRecord): Promise<string> {
  const procedure = await openProcedure(ctx.db, procedureCode, ctx.now)
  const service = procedure.content.service
  const form = service ? await findForm(ctx.db, service.formKey) : undefined
  if (!service || !form) throw errors.PROCEDURE_NOT_ONLINE()
  await assertServiceOpen(ctx.db, procedureCode, ctx)
  demandStrength(person, strengthFor(service))
  await assertUnderMandate(ctx, person, 'fill-in', procedureCode)
  const { answers, filled } = await fillIn(ctx, person, form, register)
  const id = newId(ctx.now.getTime())
  await insertDraft(ctx.db, { id, accountId: person.id, mandateId: person.actingFor?.mandateId ?? null, partySubject: person.actingFor?.subject ?? null, procedureCode: procedure.code, procedureVersion: procedure.version, formKey: form.definition.key, formVersion: form.definition.version, answers, filled, createdAt: ctx.now })
  return id
}
