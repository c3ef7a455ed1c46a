import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import { usePage } from '../../../ui/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import type { Dossier, ReturnWay } from '../dossier.ts'
import { findReturnChoice } from './return-choice.ts'

/** The way of return in words: the way, and the desk or the address. */
export interface ReturnShown { way: ReturnWay; detail: string }

export async function returnOf(ctx: Ctx, d: Dossier): Promise<ReturnShown> {
  const { deskCode, recipient } = await findReturnChoice(ctx.db, d.id)
  const desk = deskCode ? await findAgency(ctx.db, deskCode, ctx.now) : undefined
  const detail = d.returnWay === 'desk' ? (desk ? agencyName(desk, ctx.lang) : '') : d.returnWay === 'post' && recipient ? [recipient.name, recipient.phone, recipient.address].join(', ') : ''
  return { way: d.returnWay, detail }
}

export function ReturnWords({ shown }: { shown: ReturnShown }): VNode {
  const { t } = usePage()
  return <>{t(`dossiers.way.${shown.way}`)}{shown.detail && <><br />{shown.detail}</>}</>
}
