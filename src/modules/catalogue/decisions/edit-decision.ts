import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { updateHeading } from './decision.store.ts'
import { checkHeading, type DecisionHeading } from './draft-decision.ts'
import { openDecision } from './open-decision.ts'

/** Corrects number, dates, title or file of a draft; the issuer stays. A file that is not given stays too. */
export async function editDecision(ctx: Ctx, decisionId: string, heading: Omit<DecisionHeading, 'issuer' | 'origin'>): Promise<FieldError[]> {
  return transact(ctx, async (tx) => {
    const decision = await openDecision(tx, ctx, decisionId, ['draft'])
    const mistakes = checkHeading({ ...heading, issuer: decision.issuer })
    if (mistakes.length > 0) return mistakes
    const file = heading.file && { fileId: (await ctx.node.files.put(heading.file.bytes)).id, fileName: heading.file.name, mediaType: 'application/pdf' }
    const { number, issuedOn, effectiveOn } = heading
    if (!(await updateHeading(tx, { ...decision, number, issuedOn, effectiveOn, title: heading.title ?? '', ...file }))) return [{ field: 'number', key: 'catalogue.decisions.numberTaken' }]
    await appendEvent(tx, ctx, { type: 'catalogue.decision_edited', subject: decision.id, data: { number, issuer: decision.issuer, state: decision.state, effectiveOn } })
    return []
  })
}
