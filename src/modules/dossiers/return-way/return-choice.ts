import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { listAgencies, nodeOfAgency, type Agency } from '../../organisations/index.ts'
import type { ReturnWay } from '../dossier.ts'
import type { DossierState } from '../dossier-states.ts'

export interface Recipient { name: string; phone: string; address: string }

/** How the result comes ("cách nhận kết quả"): into the account, at a desk of the province, or by post to an address. */
export interface ReturnChoice {
  way: ReturnWay
  /** Agency at whose desk it is collected; null for the one that handles the dossier. */
  deskCode: string | null
  /** Who gets it by post. Personal data. */
  recipient: Recipient | null
}

export const returnWays: readonly ReturnWay[] = ['online', 'desk', 'post']

/** The choice is open until there is a result. */
const open: ReadonlySet<DossierState> = new Set(['new', 'received', 'in-progress', 'supplement-required', 'payment-required'])
export const isReturnOpen = (d: { state: DossierState }): boolean => open.has(d.state)

/** Desks at which a result of this agency can be collected: any of its province (Decree 118/2025: whatever the boundary within the province); for a ministry its own. */
export async function desksFor({ db, now }: Ctx, agency: Pick<Agency, 'code'>): Promise<Agency[]> {
  const nodeCode = nodeOfAgency(agency.code)
  if (!nodeCode.startsWith('H')) return []
  const [communes, centres] = await Promise.all([listAgencies(db, { nodeCode, level: 'commune', kind: 'peoples-committee', at: now }), listAgencies(db, { nodeCode, kind: 'one-stop-centre', at: now })])
  return [...centres, ...communes]
}

const longest = { name: 100, phone: 20, address: 300 } as const

/** What is wrong with a choice, by the fields of its form. */
export function checkChoice(choice: ReturnChoice, desks: readonly Pick<Agency, 'code'>[]): FieldError[] {
  if (choice.way === 'desk') return choice.deskCode === null || desks.some((d) => d.code === choice.deskCode) ? [] : [{ field: 'returnDesk', key: 'dossiers.returnWay.deskUnknown' }]
  if (choice.way !== 'post') return []
  const { name, phone, address } = choice.recipient ?? { name: '', phone: '', address: '' }
  return [
    ...(name === '' ? [{ field: 'returnName', key: 'dossiers.returnWay.nameMissing' }] : []),
    ...(/^0\d{9}$/.test(phone.replace(/[\s.]/g, '')) ? [] : [{ field: 'returnPhone', key: 'dossiers.returnWay.phoneWrong' }]),
    ...(address.length < 10 ? [{ field: 'returnAddress', key: 'dossiers.returnWay.addressShort' }] : []),
    ...Object.entries({ returnName: name.length > longest.name, returnAddress: address.length > longest.address }).filter(([, isLong]) => isLong).map(([field]) => ({ field, key: 'dossiers.returnWay.tooLong' })),
  ]
}

export async function findReturnChoice(db: Db, dossierId: string): Promise<Pick<ReturnChoice, 'deskCode' | 'recipient'>> {
  const [row] = await db<{ deskCode: string | null; recipient: Recipient | null }[]>`SELECT desk_code AS "deskCode", recipient FROM dossiers.return_choice WHERE dossier_id = ${dossierId}`
  return row ?? { deskCode: null, recipient: null }
}

export async function saveReturnChoice(tx: Tx, dossierId: string, choice: ReturnChoice, at: Date): Promise<void> {
  const recipient = choice.way === 'post' ? choice.recipient : null
  await tx`
    INSERT INTO dossiers.return_choice (dossier_id, desk_code, recipient, chosen_at) VALUES (${dossierId}, ${choice.way === 'desk' ? choice.deskCode : null}, ${recipient ? tx.json(recipient as never) : null}, ${at})
    ON CONFLICT (dossier_id) DO UPDATE SET desk_code = excluded.desk_code, recipient = excluded.recipient, chosen_at = excluded.chosen_at`
}

export async function setReturnWay(tx: Tx, dossierId: string, way: ReturnWay): Promise<void> {
  await tx`UPDATE dossiers.dossier SET return_way = ${way} WHERE id = ${dossierId}`
}
