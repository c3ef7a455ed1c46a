import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { takeEffect } from './change-entry.ts'
import { insertChange, listChanges, lockEntry, type ListChange } from './list-change.store.ts'
import { findList } from './list-definitions.ts'

/** A service whose onboarding was confirmed (S4 art. 27.5). */
export interface ConfirmedService { readonly serviceCode: string; readonly procedureCode: string; readonly agencyCode: string; readonly approvalNumber: string }

/** Enters a confirmed service into the catalogue of online services, unless it stands there. */
export async function declareService(tx: Tx, ctx: Ctx, service: ConfirmedService): Promise<void> {
  const list = findList('online-services')!
  const today = civilDate(ctx.now)
  await lockEntry(tx, list.name, service.serviceCode)
  const [standing, changes, [procedure]] = await Promise.all([
    list.table.find(tx, service.serviceCode, today), listChanges(tx, list.name, service.serviceCode),
    tx<{ nameVi: string; nameEn: string; level: string }[]>`SELECT name_vi AS "nameVi", name_en AS "nameEn", online_level AS level FROM catalogue.procedure WHERE code = ${service.procedureCode}`,
  ])
  if (!procedure || (standing && standing.state !== 'disabled')) return
  const change: ListChange = {
    id: newId(), list: list.name, key: service.serviceCode, revision: (changes[0]?.revision ?? 0) + 1, action: 'add', fromDate: today, before: standing?.values ?? null,
    after: { nameVi: procedure.nameVi, nameEn: procedure.nameEn, procedureCode: service.procedureCode, onlineLevel: procedure.level === 'full' ? 'full' : 'partial', ownerCode: service.agencyCode },
    basis: service.approvalNumber, rightSource: 'Quy chế Cổng Dịch vụ công Quốc gia, Điều 27 khoản 5', actor: actorKey(ctx.actor), agencyCode: service.agencyCode, importId: null, changedAt: ctx.now,
  }
  await insertChange(tx, change)
  await takeEffect(tx, list, change, today)
  await appendEvent(tx, ctx, { type: 'catalogue.list_changed', subject: `${list.name}/${change.key}`, data: { list: list.name, key: change.key, revision: change.revision, action: change.action, fromDate: change.fromDate, agencyCode: change.agencyCode } })
}
