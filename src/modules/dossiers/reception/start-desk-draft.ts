import { transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { assertServiceOpen } from '../../catalogue/index.ts'
import { findForm, prefill } from '../../forms/index.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { errors } from '../dossiers.errors.ts'
import { insertDraft, type Draft } from '../drafts.store.ts'
import { openProcedure } from '../open-procedure.ts'
import type { Visit } from './reception.store.ts'

/**
 * Begins a filing for the person of a visit, on the same form as online and with what card and account say filled in.
 * @throws PROCEDURE_NOT_FOUND, PROCEDURE_ABOLISHED, PROCEDURE_NOT_ONLINE
 */
export async function startDeskDraft(ctx: OfficerCtx, visit: Visit, procedureCode: string): Promise<Pick<Draft, 'id'> & { firstPage: string }> {
  const procedure = await openProcedure(ctx.db, procedureCode, ctx.now)
  const form = procedure.content.service ? await findForm(ctx.db, procedure.content.service.formKey) : undefined
  if (!form) throw errors.PROCEDURE_NOT_ONLINE()
  await assertServiceOpen(ctx.db, procedureCode, ctx)
  const { answers, filled } = prefill(form, visit.person ?? {})
  const id = newId(ctx.now.getTime())
  await transact(ctx, (tx) => insertDraft(tx, { id, accountId: null, visitId: visit.id, mandateId: null, partySubject: null, procedureCode: procedure.code, procedureVersion: procedure.version, formKey: form.definition.key, formVersion: form.definition.version, answers, filled: filled.map((field) => ({ field, from: 'card' })), createdAt: ctx.now }))
  return { id, firstPage: form.definition.pages[0]!.path }
}
