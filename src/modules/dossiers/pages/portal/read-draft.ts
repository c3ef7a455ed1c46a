import type { Person } from '../../../../platform/actor.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { findForm, type Form } from '../../../forms/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { findDraft, type Draft } from '../../drafts.store.ts'
import { assertUnderMandate, draftHolder } from '../../on-behalf.ts'

/** The person behind a request whose route asks for one. */
export function personOf(req: Req): Person {
  if (req.ctx.actor.kind !== 'person') throw errors.NOT_FOUND()
  return req.ctx.actor
}

/** The draft in the address with its form; another person's is not found. */
export async function readDraft(req: Req, id: string = req.params.draft ?? ''): Promise<{ draft: Draft; form: Form }> {
  if (personOf(req).actingEnded) throw errors.MANDATE_ENDED()
  const draft = isId(id) ? await findDraft(req.ctx.db, id, draftHolder(personOf(req))) : undefined
  const form = draft ? await findForm(req.ctx.db, draft.formKey, draft.formVersion) : undefined
  if (!draft || !form || draft.procedureCode !== req.params.code) throw errors.NOT_FOUND()
  // A draft that is out of the mandate's scope is not this person's to fill in.
  await assertUnderMandate(req.ctx, personOf(req), 'fill-in', draft.procedureCode)
  return { draft, form }
}
