import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { publicChanged } from '../../../platform/public-state.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import type { ServiceState } from './offer-state.ts'

export interface ServiceChange {
  procedureCode: string
  state: ServiceState
  reasonVi: string
  reasonEn?: string
  /** Number of the written notice. */
  noticeNumber?: string
  /** Now unless told. */
  fromAt?: Date
}

export function checkOfferChange(change: ServiceChange): FieldError[] {
  const invalid: FieldError[] = []
  if (!change.reasonVi.trim()) invalid.push({ field: 'reasonVi', key: 'catalogue.services.invalid.reason' })
  for (const field of ['reasonVi', 'reasonEn', 'noticeNumber'] as const) if ([...(change[field] ?? '')].length > 2000) invalid.push({ field, key: 'catalogue.services.invalid.reasonLong' })
  return invalid
}

/**
 * Suspends a service, stops it, or offers it again (tạm ngưng, dừng, cung cấp trở lại; S4 art. 28.4). Dossiers already filed go on;
 * new ones are refused with the reason. The state travels to every node.
 * @throws NOT_AUTHOR on a local node
 */
export async function changeOffer(ctx: Ctx, change: ServiceChange): Promise<void> {
  if (ctx.node.config.kind !== 'national') throw errors.NOT_AUTHOR()
  await transact(ctx, (tx) => writeOfferChange(tx, ctx, change))
}

/** The rows of the act, for acts that bring a change with them. */
export async function writeOfferChange(tx: Tx, ctx: Ctx, change: ServiceChange): Promise<void> {
  const id = newId(ctx.now.getTime())
  await insertOfferChange(tx, { id, ...change, fromAt: change.fromAt ?? ctx.now, decidedAt: ctx.now, decidedBy: actorKey(ctx.actor) })
  await appendEvent(tx, ctx, { type: 'catalogue.service_changed', subject: change.procedureCode, data: { code: change.procedureCode, state: change.state, change: id } })
}

export interface KeptServiceChange extends ServiceChange { id: string; fromAt: Date; decidedAt: Date; decidedBy: string }

export async function insertOfferChange(tx: Tx, c: KeptServiceChange): Promise<void> {
  await tx`
    INSERT INTO catalogue.service_change (id, procedure_code, state, reason_vi, reason_en, notice_number, from_at, decided_at, decided_by)
    VALUES (${c.id}, ${c.procedureCode}, ${c.state}, ${c.reasonVi.trim()}, ${c.reasonEn?.trim() || null}, ${c.noticeNumber?.trim() || null}, ${c.fromAt}, ${c.decidedAt}, ${c.decidedBy})
    ON CONFLICT (id) DO NOTHING`
  publicChanged(tx)
}
