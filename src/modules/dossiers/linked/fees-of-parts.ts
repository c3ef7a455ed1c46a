import type { Ctx } from '../../../platform/ctx.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { feeOf, findForm, visibleAnswers, type Answers, type Form } from '../../forms/index.ts'
import { feeOfAnswers } from '../payment/fee-of-answers.ts'
import { answersOfPart } from './answers-of-part.ts'
import { findGroupDefinition } from './linked.store.ts'

export interface PartFee {
  name: { vi: string; en: string }
  /** Đồng; null where another text sets it, which `note` then names. */
  amount: number | null
  note: { vi: string; en: string } | undefined
}

/** What each part of a group costs for these answers: by the decision table of its procedure, by its form, or as published. */
export async function feesOfParts(ctx: Ctx, code: string, form: Form, merged: Answers): Promise<PartFee[]> {
  const definition = await findGroupDefinition(ctx.db, code, ctx.now)
  const answers = visibleAnswers(form, merged)
  return Promise.all((definition?.parts ?? []).map(async (part): Promise<PartFee> => {
    const procedure = await getCurrentProcedure(ctx.db, part.procedure, ctx.now)
    const service = procedure?.content.service
    const own = service && await findForm(ctx.db, service.formKey)
    if (!service || !own) return { name: part.name, amount: null, note: undefined }
    const given = answersOfPart(part, own, answers, {})
    const decided = await feeOfAnswers(ctx.db, ctx, { procedureCode: part.procedure, form: own, answers: given, at: ctx.now })
    return { name: part.name, amount: decided?.answer ?? feeOf(own, given) ?? service.fee.amount, note: service.fee.note }
  }))
}
