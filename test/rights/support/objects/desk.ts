import { insertRequest } from '../../../../src/modules/identity/desk/account-request.store.ts'
import { insertLookUp } from '../../../../src/modules/identity/desk/look-up.store.ts'
import { sendConsentCode } from '../../../../src/modules/identity/desk/send-consent-code.ts'
import { startRecovery } from '../../../../src/modules/identity/life/recovery/start-recovery.ts'
import { insertImport, insertOldAccounts } from '../../../../src/modules/identity/linking/old-account-import.store.ts'
import { systemCtx, transact } from '../../../../src/platform/ctx.ts'
import { newId, randomToken } from '../../../../src/platform/ids.ts'
import { idOf, markers, type Side } from '../seats.ts'
import type { House } from '../house.ts'
import { addColleague } from './officers.ts'
import { idNumber, next, officer, type Make, type MakeFor, type OfficerCtx } from './made.ts'

const lookUpOf = async (house: House, side: Side): Promise<string> => {
  const { actor, now } = officer(house, 'one-stop', side)
  const number = idNumber()
  const ctx = systemCtx(house.node, 'test')
  return transact(ctx, (tx) => insertLookUp(tx, house.node, { officerId: actor.id, agencyCode: actor.agencyCode, way: 'page', query: { kind: 'id-number', idNumber: number }, numberKey: Buffer.from(number), purpose: { reason: 'account' }, accountId: null, organisationId: null }, now))
}
/** The answer that an officer has before him. */
const lookUp: Make = async (house, side) => ({ id: await lookUpOf(house, side) })

/** An account that the desk of that side asks for on behalf of somebody who stands before it. */
async function ask(house: House, side: Side, consentKind: 'screen' | 'paper'): Promise<string> {
  const ctx = officer(house, 'one-stop', side)
  const [id, lookUpId] = [newId(), await lookUpOf(house, side)]
  const person = { idNumber: idNumber(), fullName: markers[side].name, birthDate: '1990-03-12', phone: markers[side].phone, email: undefined }
  await transact(ctx, async (tx) => {
    await insertRequest(tx, house.node, { id, lookUpId, officerId: ctx.actor.id, agencyCode: ctx.actor.agencyCode, person, consentKind, consentNumber: `${house.agencies[side]}-${next()}` }, ctx.now)
    if (consentKind === 'screen') await sendConsentCode(tx, ctx, id)
  })
  return id
}
const accountRequest: Make = async (house, side) => ({ id: await ask(house, side, 'screen') })
const paperRequest: Make = async (house, side) => ({ id: await ask(house, side, 'paper'), kept: 'yes' })
const scannedRequest: Make = async (house, side) => {
  const id = await ask(house, side, 'paper')
  const scan = await house.node.files.put(Buffer.from('%PDF-1.7 a signed form of the rights test'))
  await house.node.db`UPDATE identity.account_request SET consent_file = ${scan.id}, consent_file_type = 'application/pdf' WHERE id = ${id}`
  return { id }
}

async function alertAbout(house: House, officerId: string, agencyCode: string): Promise<string> {
  const id = newId()
  // One a day and officer.
  const day = new Date(Date.now() - next() * 86_400_000).toISOString().slice(0, 10)
  await house.node.db`INSERT INTO identity.unusual_look_ups (id, officer_id, agency_code, day, at, people, dossiers, hours) VALUES (${id}, ${officerId}, ${agencyCode}, ${day}, now(), 40, 2, 24)`
  return id
}
const finding = { finding: 'explained', note: 'Đã hỏi và được giải thích' }
const unusual: Make = async (house, side) => ({ id: await alertAbout(house, await addColleague(house, side), house.agencies[side]), ...finding })
const unusualOfMine: MakeFor = async (house, seat) => ({ id: await alertAbout(house, idOf(seat), seat.agencyCode!), ...finding })

const recover = async (ctx: OfficerCtx, phone: string): Promise<string> => {
  const number = idNumber()
  const wrong = await startRecovery(ctx, { idNumber: number, phone, card: 'Thẻ căn cước', seen: true })
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong))
  const [row] = await ctx.db<{ id: string }[]>`SELECT id FROM identity.recovery WHERE started_by = ${`officer:${ctx.actor.id}`} ORDER BY id DESC LIMIT 1`
  return row!.id
}
const recovery: Make = async (house, side) => ({ id: await recover(officer(house, 'one-stop', side), markers[side].phone) })
const recoveryOfMine: MakeFor = async (house, seat) => ({ id: await recover({ ...seat.ctx, now: new Date() } as OfficerCtx, '0911000999') })

const oldRow = (more: Record<string, string> = {}) => ({ localId: `cu.${next()}.${randomToken(4)}`, idNumber: idNumber(), oldIdNumber: null, fullName: 'Bùi Văn Người Ngoài', birthDate: '1985-01-01', phone: null, ...more })
async function importOf(house: House, rows: ReturnType<typeof oldRow>[]): Promise<string> {
  const ctx = systemCtx(house.node, 'test')
  return transact(ctx, (tx) => insertImport(tx, house.node, { officerId: idOf(house.seat('agency-admin own')), fileName: 'cu.csv', rows, fresh: rows.length, known: 0, mistakes: [] }, ctx.now))
}
const oldImport: Make = async (house) => ({ id: await importOf(house, [oldRow()]) })

async function keepOld(house: House, row: ReturnType<typeof oldRow>): Promise<string> {
  const ctx = systemCtx(house.node, 'test')
  const importId = await importOf(house, [row])
  await transact(ctx, (tx) => insertOldAccounts(tx, importId, [row], ctx.now))
  const [kept] = await house.node.db<{ id: string }[]>`SELECT id FROM identity.old_account WHERE local_id = ${row.localId}`
  return kept!.id
}
/** Of somebody whom the desk does not know: any desk of the system may look. */
const oldAccount: Make = async (house) => ({ id: await keepOld(house, oldRow()), judgement: 'close', reason: 'Không tìm thấy chủ tài khoản' })
/** One that agrees with the person of that side in everything. */
const ownOldAccount: Make = async (house, side) => ({ id: await keepOld(house, oldRow({ idNumber: markers[side].idNumber, fullName: markers[side].name, birthDate: '1990-03-12' })), answer: 'mine' })

export const deskMakers = { lookUp, accountRequest, paperRequest, scannedRequest, unusual, recovery, oldImport, oldAccount, ownOldAccount } as const
export const deskMakersFor = { unusualOfMine, recoveryOfMine } as const
