import { createSession, recordAccess } from '../../../../src/modules/identity/index.ts'
import { askForExport, makeExport } from '../../../../src/modules/identity/life/own-data/export-own-data.ts'
import { answerProblem } from '../../../../src/modules/identity/life/problems/handle-problem.ts'
import { reportProblem } from '../../../../src/modules/identity/life/problems/report-problem.ts'
import { askForData } from '../../../../src/modules/identity/life/requests/ask-for-data.ts'
import { encrypt } from '../../../../src/modules/identity/secrets.ts'
import { insertPasskey } from '../../../../src/modules/identity/passkeys/passkey.store.ts'
import { registerParty } from '../../../../src/modules/identity/sso/register-party.ts'
import { insertKeptForm } from '../../../../src/modules/identity/strength/kept-form.store.ts'
import { systemCtx, transact } from '../../../../src/platform/ctx.ts'
import { newId, randomToken } from '../../../../src/platform/ids.ts'
import { idOf, markers } from '../seats.ts'
import { next, officer, person, personId, thirdPerson, type Make, type PersonCtx } from './made.ts'

const key = (name: string) => ({ credentialId: randomToken(), name, publicKey: Buffer.from('a key'), counter: 0, transports: [], synced: false, backedUp: false })

const passkey: Make = async (house, side) => {
  const ctx = person(house, side)
  await house.node.db`UPDATE identity.passkey SET removed_at = now() WHERE account_id = ${ctx.actor.id} AND removed_at IS NULL`
  return { id: (await transact(ctx, (tx) => insertPasskey(tx, { kind: 'person', id: ctx.actor.id }, key(`Khóa của ${markers[side].name}`), ctx.now)))! }
}

/** Of the colleague at the one-stop desk of that side. */
const officerPasskey: Make = async (house, side) => {
  const ctx = systemCtx(house.node, 'test')
  return { id: (await transact(ctx, (tx) => insertPasskey(tx, { kind: 'officer', id: idOf(house.seat(`one-stop ${side}`)) }, key('Khóa tại quầy'), ctx.now)))! }
}

/** A session on another device. */
const session: Make = async (house, side) => {
  const ctx = systemCtx(house.node, 'test')
  return { session: (await transact(ctx, (tx) => createSession(tx, { kind: 'person', accountId: personId(house, side), assurance: 2, methods: ['otp'], now: ctx.now }))).sessionId }
}
const officerSession: Make = async (house, side) => {
  const ctx = systemCtx(house.node, 'test')
  return { session: (await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId: idOf(house.seat(`one-stop ${side}`)), assurance: 2, methods: ['pwd', 'otp'], now: ctx.now }))).sessionId }
}

const dataExport: Make = async (house, side) => {
  const id = await askForExport(person(house, side))
  await makeExport(house.node, { id }, undefined as never)
  return { id }
}

const report = async (ctx: PersonCtx) => {
  const made = await reportProblem(ctx, { kind: 'other', words: 'Một sự cố trong bài kiểm thử', contact: '0911000999', idNumber: '', source: newId() })
  if (made.kind !== 'made') throw new Error(JSON.stringify(made))
  const [row] = await ctx.db<{ id: string }[]>`SELECT id FROM identity.account_problem WHERE reference = ${made.reference}`
  return { id: row!.id, ma: made.reference }
}

/** The administration answers everybody's; its words are for who reported it. */
const problem: Make = async (house) => report(await thirdPerson(house))
const ownProblem: Make = async (house, side) => {
  const { id, ma } = await report(person(house, side))
  const secret = `Lời trả lời số ${next()}`
  const wrong = await answerProblem({ ...systemCtx(house.node, 'test'), actor: house.seat('national-admin own')?.ctx.actor ?? house.seat('agency-admin own').ctx.actor }, id, secret)
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong))
  return { ma, secret }
}

const askOf = async (ctx: PersonCtx): Promise<string> => {
  // One of a kind may be open: the one before is over.
  await ctx.db`UPDATE identity.data_request SET state = 'cancelled', ended_at = now() WHERE account_id = ${ctx.actor.id} AND state IN ('asked', 'accepted')`
  const reference = await transact(ctx, (tx) => askForData(tx, ctx, { kind: 'restriction', thirdParties: false, words: `Đề nghị hạn chế xử lý của ${ctx.actor.name}` }))
  const [row] = await ctx.db<{ id: string }[]>`SELECT id FROM identity.data_request WHERE reference = ${reference!}`
  return row!.id
}
const dataRequest: Make = async (house) => ({ id: await askOf(await thirdPerson(house)) })
const ownDataRequest: Make = async (house, side) => ({ id: await askOf(person(house, side)) })

/** The desk of that side has looked at the data of the person. */
const lookedAt: Make = async (house, side) => {
  const ctx = officer(house, 'one-stop', side)
  await recordAccess(ctx.db, ctx, { subjectId: personId(house, side), objectId: newId(), purpose: 'identity.desk.purpose.filing' })
  return { secret: `value="${house.agencies[side]}"` }
}

const party: Make = async (house) => {
  const code = `system-${next()}`
  const outcome = await registerParty(systemCtx(house.node, 'test'), { clientId: code, nameVi: 'Hệ thống thử', nameEn: 'Test system', redirectUris: 'https://system.example/callback', logOutUris: '', backchannelUri: '', authMethod: 'client_secret_basic', scopes: ['person'], strengths: ['2'] })
  if (Array.isArray(outcome)) throw new Error(JSON.stringify(outcome))
  return { code }
}

/** What the person of that side posted when his session had ended; whoever sits at the same browser holds its cookie. */
const keptForm: Make = async (house, side) => {
  const { node } = house
  const [id, token, owner] = [newId(), randomToken(), `person:${personId(house, side)}`]
  // Newer than all that the matrix itself makes the browser keep: of more than ten the oldest go.
  const body = JSON.stringify({ id, owner, action: '/tai-khoan/lien-he', fields: [['phone', markers[side].phone]], hadFiles: false })
  await insertKeptForm(node.db, { id, token, owner, sealed: encrypt(node.config.secret, 'kept-form', body), createdAt: new Date(Date.now() + 86_400_000), expiresAt: new Date(Date.now() + 2 * 86_400_000) })
  return { id, cookie: `mc_form_${node.config.code.toLowerCase()}=${token}` }
}

export const peopleMakers = { passkey, officerPasskey, session, officerSession, dataExport, problem, ownProblem, dataRequest, ownDataRequest, lookedAt, party, keptForm } as const
