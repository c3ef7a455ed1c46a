import type { Officer, Person } from '../../../src/platform/actor.ts'
import { systemCtx, transact, type Ctx } from '../../../src/platform/ctx.ts'
import { insertLookUp } from '../../../src/modules/identity/desk/look-up.store.ts'
import { lookUpPerson } from '../../../src/modules/identity/desk/look-up-person.ts'
import { insertRequest } from '../../../src/modules/identity/desk/account-request.store.ts'
import { reportProblem } from '../../../src/modules/identity/life/problems/report-problem.ts'
import { startRecovery } from '../../../src/modules/identity/life/recovery/start-recovery.ts'
import { askForData } from '../../../src/modules/identity/life/requests/ask-for-data.ts'
import { insertImport, insertOldAccounts } from '../../../src/modules/identity/linking/old-account-import.store.ts'
import { offerMandate } from '../../../src/modules/identity/mandates/offer-mandate.ts'
import { addOfficer } from '../../../src/modules/identity/index.ts'
import { proposeChange } from '../../../src/modules/identity/officers/rights/propose-change.ts'
import { addPasskey, passkeyToMake } from '../../../src/modules/identity/passkeys/add-passkey.ts'
import { passkeySite } from '../../../src/modules/identity/passkeys/passkey-site.ts'
import { registerParty } from '../../../src/modules/identity/sso/register-party.ts'
import { Authenticator } from '../../../src/modules/identity/testing/authenticator.ts'
import { newId } from '../../../src/platform/ids.ts'
import type { House } from '../../rights/support/house.ts'

type Params = Record<string, string>
type OfficerCtx = Ctx & { actor: Officer }

let count = 0
const as = (house: House, seat: string): OfficerCtx => house.seat(seat).ctx as OfficerCtx
const owner = (house: House) => house.seat('owner').ctx as Ctx & { actor: Person }
const newest = async ({ node }: House, table: string, column = 'id'): Promise<string | undefined> => (await node.db.unsafe<{ id: string }[]>(`SELECT ${column}::text AS id FROM identity.${table} ORDER BY ${column} DESC LIMIT 1`))[0]?.id
const number = (): string => `05209${String(1_000_000 + ++count)}`
const officerOf = async (house: House): Promise<string> => (await addOfficer(systemCtx(house.node, 'test'), { login: `them.${++count}`, password: 'a password of some length', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: 'Cán bộ thêm', agencyCode: house.agencies.own, roles: ['specialist'] }))!

async function lookUp(house: House, idNumber = number()): Promise<string> {
  const outcome = await lookUpPerson(as(house, 'one-stop own'), { query: { kind: 'id-number', idNumber }, purpose: { reason: 'filing' }, way: 'page' })
  if (outcome.kind === 'done') return outcome.lookUpId
  return transact(as(house, 'one-stop own'), (tx) => insertLookUp(tx, house.node, { officerId: as(house, 'one-stop own').actor.id, agencyCode: house.agencies.own, way: 'page', query: { kind: 'id-number', idNumber }, purpose: { reason: 'filing' }, numberKey: Buffer.alloc(32), accountId: null, organisationId: null }, house.node.now()))
}

/** Objects that people would have made, by the addresses at which they stand; each call makes another one. */
export const furnishers: readonly { match: RegExp; on?: 'national' | 'province'; make(house: House): Promise<Params | undefined> }[] = [
  { match: /\/admin\/account-problems\/:id/, async make(house) {
    const made = await reportProblem(house.seat('nobody').ctx, { kind: 'misuse', words: 'Có người dùng tài khoản của tôi', contact: '0911000903', idNumber: '', source: `10.9.${count % 250}.${++count % 250}` })
    const id = made.kind === 'made' ? await newest(house, 'account_problem') : undefined
    return id ? { id } : undefined
  } },
  { match: /\/desk\/account-recoveries\/:id/, async make(house) {
    await startRecovery(as(house, 'one-stop own'), { idNumber: number(), phone: '0911000904', card: `Thẻ ${++count}`, seen: true })
    const id = await newest(house, 'recovery')
    return id ? { id } : undefined
  } },
  { match: /\/(tai-khoan\/du-lieu\/yeu-cau|admin\/data-requests)\/:id/, async make(house) {
    await transact(owner(house), (tx) => askForData(tx, owner(house), { kind: (['restriction', 'objection', 'deletion'] as const)[++count % 3]!, thirdParties: false, words: 'Hạn chế xử lý' }))
    const id = await newest(house, 'data_request')
    return id ? { id } : undefined
  } },
  { match: /\/admin\/sign-on\/systems\/:code/, on: 'national', async make(house) {
    const code = `he-thong-${++count}`
    await registerParty(as(house, 'national-admin own'), { clientId: code, nameVi: 'Hệ thống thử', nameEn: 'Test system', redirectUris: 'https://he-thong.example/cb', logOutUris: '', backchannelUri: '', authMethod: 'client_secret_basic', scopes: ['openid', 'person'], strengths: ['1', '2', '3'] })
    return { code }
  } },
  { match: /\/uy-quyen\/:id|\/mandates\/:id/, async make(house) {
    const day = (years: number): string => new Date(house.node.now().getTime() + years * 365 * 86_400_000).toISOString().slice(0, 10)
    const toMe = ++count % 2 === 0
    const from = house.seat(toMe ? 'stranger' : 'owner').ctx as Ctx & { actor: Person }
    await house.node.db`UPDATE identity.mandate SET state = 'withdrawn', ended_at = now() WHERE state = 'offered'`
    const made = await offerMandate(from, from.actor, { kind: 'person', side: 'represented', idNumber: toMe ? '052090000090' : '052090000091', fullName: toMe ? 'Nguyễn Văn Dấu Riêng' : 'Trần Thị Dấu Khác', relation: 'other', scope: { kind: 'all', codes: [] }, rights: ['submit'], from: day(0.01), to: day(1) }).catch(() => undefined)
    const id = made?.kind === 'offered' ? made.mandateId : await newest(house, 'mandate')
    return id ? { id } : undefined
  } },
  { match: /\/admin\/officers\/:id/, make: async (house) => ({ id: await officerOf(house) }) },
  { match: /\/admin\/requests\/:id/, async make(house) {
    await proposeChange(as(house, 'high-level-admin own'), { kind: 'reset-second-factor', officerId: await officerOf(house) }, 'mất điện thoại').catch(() => undefined)
    const id = await newest(house, 'right_request')
    return id ? { id } : undefined
  } },
  { match: /\/desk\/substitutes\/:id/, async make(house) {
    const { actor } = as(house, 'leader own')
    const id = newId()
    await house.node.db`INSERT INTO identity.substitution (id, officer_id, substitute_id, valid_from, valid_to, reason, named_at, named_by) VALUES (${id}, ${actor.id}, ${as(house, 'specialist own').actor.id}, '2026-11-01', '2027-11-01', 'x', now(), ${actor.id})`
    return { id }
  } },
  { match: /\/admin\/unit-duties\/:id/, async make(house) {
    const id = newId()
    await house.node.db`INSERT INTO identity.unit_duty (id, agency_code, unit_id, procedure_code, valid_from, named_by) VALUES (${id}, ${house.agencies.own}, 'x', '1.001612', '2026-11-01', 'x')`
    return { id }
  } },
  { match: /\/(desk\/passkeys|tai-khoan\/khoa-truy-cap)\/:id/, async make(house) {
    const ctx = ++count % 2 === 0 ? as(house, 'one-stop own') : owner(house)
    await addPasskey(ctx, ctx.actor, { name: `Khóa ${count}`, response: new Authenticator(passkeySite(house.node.config)).make(await passkeyToMake(ctx, ctx.actor)) })
    const id = await newest(house, 'passkey')
    return id ? { id } : undefined
  } },
  { match: /\/desk\/people\/:id/, make: async (house) => ({ id: await lookUp(house) }) },
  { match: /\/desk\/people\/requests\/:id/, async make(house) {
    const idNumber = number()
    const [ctx, lookUpId, id] = [as(house, 'one-stop own'), await lookUp(house, idNumber), newId()]
    await transact(ctx, (tx) => insertRequest(tx, house.node, {
      id, lookUpId, officerId: ctx.actor.id, agencyCode: ctx.actor.agencyCode, person: { idNumber, fullName: 'Nguyễn Văn Giả Định', birthDate: '1991-03-12', phone: '0911000905', email: undefined }, consentKind: count % 2 === 0 ? 'paper' : 'screen', consentNumber: `X-${count}`,
    }, ctx.now))
    return { id }
  } },
  { match: /old-accounts\/imports?\/:id|old-accounts\/:id/, on: 'province', async make(house) {
    const officerId = as(house, 'agency-admin own').actor.id
    const rows = [{ localId: `cu-${++count}`, idNumber: '052090000090', oldIdNumber: null, fullName: 'Nguyễn Văn Dấu Riêng', birthDate: '1990-03-12', phone: null }]
    return transact(as(house, 'agency-admin own'), async (tx) => {
      const importId = await insertImport(tx, house.node, { officerId, fileName: 'x.csv', rows, fresh: 1, known: 0, mistakes: [] }, house.node.now())
      await insertOldAccounts(tx, importId, rows, house.node.now())
      const [row] = await tx<{ id: string }[]>`SELECT id FROM identity.old_account ORDER BY id DESC LIMIT 1`
      return { id: count % 3 === 0 ? importId : row!.id }
    })
  } },
]
