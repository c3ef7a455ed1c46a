import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { mayIssueFor, nameOfActor, type Decision } from './decision.ts'
import { insertDecision } from './decision.store.ts'
import { keyOf } from './open-decision.ts'

export interface DecisionHeading {
  number: string
  /** 'YYYY-MM-DD' */
  issuedOn: string
  /** Identifier code of a ministry (G..) or province (H..). */
  issuer: string
  effectiveOn: string
  title?: string
  /** The signed decision as PDF. */
  file?: { name: string; bytes: Buffer }
  origin?: Decision['origin']
}

/** Opens a draft of a publication decision. Mistakes come back as a list. @throws NOT_AUTHOR, NOT_ISSUER */
export async function draftDecision(ctx: Ctx, heading: DecisionHeading): Promise<{ id: string } | { errors: FieldError[] }> {
  return transact(ctx, (tx) => draftDecisionIn(tx, ctx, heading))
}

/** As draftDecision, in the caller's transaction. */
export async function draftDecisionIn(tx: Tx, ctx: Ctx, heading: DecisionHeading): Promise<{ id: string } | { errors: FieldError[] }> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  const mistakes = checkHeading(heading)
  if (mistakes.length > 0) return { errors: mistakes }
  if (!mayIssueFor(ctx.actor, heading.issuer)) throw errors.NOT_ISSUER({ issuer: heading.issuer })
  const kept = heading.file ? await ctx.node.files.put(heading.file.bytes) : undefined
  const id = newId(ctx.now.getTime())
  const fresh = await insertDecision(tx, {
    id, number: heading.number, issuedOn: heading.issuedOn, issuer: heading.issuer, effectiveOn: heading.effectiveOn, title: heading.title ?? '', origin: heading.origin ?? 'authored', state: 'draft',
    fileId: kept?.id ?? null, fileName: heading.file?.name ?? null, mediaType: heading.file ? 'application/pdf' : null, author: keyOf(ctx), authorName: nameOfActor(ctx.actor),
    checker: null, checkerName: null, checkNote: null, createdAt: ctx.now, checkedAt: null, publishedAt: null,
  })
  if (!fresh) return { errors: [{ field: 'number', key: 'catalogue.decisions.numberTaken' }] }
  await appendEvent(tx, ctx, { type: 'catalogue.decision_drafted', subject: id, data: { number: heading.number, issuer: heading.issuer, state: 'draft', effectiveOn: heading.effectiveOn } })
  return { id }
}

const day = /^\d{4}-\d{2}-\d{2}$/

export function checkHeading(h: DecisionHeading): FieldError[] {
  return [
    ...(h.number.trim() === '' ? [{ field: 'number', key: 'catalogue.decisions.numberMissing' }] : h.number.length > 80 ? [{ field: 'number', key: 'catalogue.decisions.numberLong' }] : []),
    ...(day.test(h.issuedOn) ? [] : [{ field: 'issuedOn', key: 'catalogue.decisions.dateWrong' }]),
    ...(day.test(h.effectiveOn) ? [] : [{ field: 'effectiveOn', key: 'catalogue.decisions.dateWrong' }]),
    ...(day.test(h.issuedOn) && day.test(h.effectiveOn) && h.effectiveOn < h.issuedOn ? [{ field: 'effectiveOn', key: 'catalogue.decisions.effectiveEarly' }] : []),
    ...(/^[GH]\d{2}$/.test(h.issuer) ? [] : [{ field: 'issuer', key: 'catalogue.decisions.issuerMissing' }]),
    ...(h.file && !h.file.bytes.subarray(0, 5).equals(Buffer.from('%PDF-')) ? [{ field: 'file', key: 'catalogue.decisions.fileWrong' }] : []),
  ]
}
