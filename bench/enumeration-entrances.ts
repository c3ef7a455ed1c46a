import { createCtx, systemCtx, transact } from '../src/platform/ctx.ts'
import type { Person } from '../src/platform/actor.ts'
import { authenticate } from '../src/modules/identity/access/authenticate.ts'
import { createSession } from '../src/modules/identity/access/session.store.ts'
import { findAccountByIdNumber } from '../src/modules/identity/citizens/account.store.ts'
import { offerMandate } from '../src/modules/identity/mandates/offer-mandate.ts'
import { addPasskey, passkeyToMake } from '../src/modules/identity/passkeys/add-passkey.ts'
import { passkeySite } from '../src/modules/identity/passkeys/passkey-site.ts'
import { findOfficerByLogin } from '../src/modules/identity/officers/officer.store.ts'
import { Authenticator } from '../src/modules/identity/testing/authenticator.ts'
import { openWaysTo } from '../src/modules/identity/testing/certificates.ts'
import { smallCountry, type RunningNode, type Scope } from '../src/modules/identity/testing/small-country.tsx'
import { demoCitizens } from '../src/stand-ins/demo-people.ts'

export interface Answer { status: number; location: string; body: string; cookies: string[]; typed: string[] }

/** A place where somebody could ask the node who has an account. */
export interface Entrance {
  name: string
  /** Goes on from try to try; else each begins with nothing counted. */
  countsOn?: true
  before?(): Promise<void>
  /** Everything but the request that is measured. */
  ready(exists: boolean): Promise<() => Promise<Answer>>
}

type Fields = Record<string, string>

/** A small country, and the entrances of its national node and of a province. */
export async function openEntrances(t: Scope): Promise<{ entrances: Entrance[]; between: () => Promise<void> }> {
  const country = await smallCountry(t)
  const { national, province } = country
  await openWaysTo(national.database.owner, 'phone', 'social-insurance', 'token', 'sim', 'passkey', 'identity-provider')
  const accounts = await Promise.all(demoCitizens.map(async (c) => ({ ...c, account: await findAccountByIdNumber(national.node.db, c.idNumber) })))
  const alive = accounts.filter((c) => c.state === 'alive' && Number(c.birthDate.slice(0, 4)) < 2005)
  const [known, offerer] = alive.filter((c) => c.account) as [typeof alive[number], typeof alive[number]]
  const stranger = alive.find((c) => !c.account)!
  const of = (exists: boolean): typeof known => (exists ? known : stranger)
  const registration = (p: typeof known): Fields => { const [y, m, d] = p.birthDate.split('-'); return { fullName: p.fullName, 'birthDate-day': String(Number(d)), 'birthDate-month': String(Number(m)), 'birthDate-year': y!, phone: '0912345678', email: '' } }
  const page = (at: RunningNode, name: string, path: string, fields: (exists: boolean) => Fields, cookie = ''): Entrance => ({ name, ready: (exists) => postForm(at, path, fields(exists), cookie) })
  const keys = await passkeys(national, known.account!.id)
  return {
    between: async () => {
      await country.forgetFailures()
      for (const { database } of [national, province]) await database.owner`TRUNCATE identity.challenge CASCADE`
    },
    entrances: [
      page(national, 'log-in by id number', '/dang-nhap', (exists) => ({ idNumber: of(exists).idNumber })),
      page(national, 'log-in by social-insurance number', '/dang-nhap/so-bao-hiem', (exists) => ({ socialInsurance: of(exists).socialInsurance })),
      page(national, 'registration, both in the register', '/dang-ky', (exists) => ({ idNumber: of(exists).idNumber, ...registration(of(exists)) })),
      page(province, 'officers’ log-in, wrong password', '/desk/login', (exists) => ({ login: exists ? 'motcua.pleiku' : 'motcua.khongco', password: 'khong phai mat khau nay' })),
      page(national, 'report of a problem', '/bao-loi-tai-khoan', (exists) => ({ kind: 'log-in', words: 'Tôi không đăng nhập được vào tài khoản.', contact: '0912345678', idNumber: of(exists).idNumber })),
      { name: 'log-in by passkey, wrong signature', ready: async (exists) => { const form = await openForm(passkeySiteOf(national), '/dang-nhap/khoa-truy-cap'); return () => send(passkeySiteOf(national), '/dang-nhap/khoa-truy-cap', { tiep: '', response: keys(exists, form.html) }, form) } },
      page(national, 'log-in by SIM', '/dang-nhap/sim-ky-so', (exists) => ({ phone: of(exists).phone })),
      { name: 'offer of a mandate', ready: async (exists) => offer(national, offerer.account!.id, of(exists)) },
      await lookUpTooFast(province, of),
    ],
  }
}

interface FormPage { csrf: string; cookie: string; html: string }

/** Passkeys belong to a name, not to a number. */
const passkeySiteOf = (at: RunningNode): At => ({ url: passkeySite(at.node.config).origin })

type At = Pick<RunningNode, 'url'>

async function openForm(at: At, path: string, cookie = ''): Promise<FormPage> {
  const reply = await fetch(at.url + path, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' })
  const html = await reply.text()
  const csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1]
  if (!csrf) throw new Error(`${path} shows no form: ${reply.status} ${reply.headers.get('location') ?? ''}`)
  return { csrf, html, cookie: [cookie, ...reply.headers.getSetCookie().map((c) => c.split(';')[0]!)].filter(Boolean).join('; ') }
}

async function send(at: At, path: string, fields: Fields, form: FormPage): Promise<Answer> {
  const reply = await fetch(at.url + path, { method: 'POST', redirect: 'manual', headers: { cookie: form.cookie, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ _csrf: form.csrf, ...fields }).toString() })
  return { status: reply.status, location: reply.headers.get('location') ?? '', body: await reply.text(), cookies: reply.headers.getSetCookie(), typed: Object.values(fields).filter((value) => value.length > 5) }
}

async function postForm(at: At, path: string, fields: Fields, cookie = ''): Promise<() => Promise<Answer>> {
  const form = await openForm(at, path, cookie)
  return () => send(at, path, fields, form)
}

/** A key that the node knows and one that it does not, each with a signature by another key. */
async function passkeys({ node }: RunningNode, accountId: string): Promise<(exists: boolean, html: string) => string> {
  const ctx = systemCtx(node, 'bench')
  const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'person', accountId, assurance: 2, methods: ['otp', 'sms'], now: ctx.now }))
  const person = (await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` })) as Person
  const own = createCtx(node, { actor: person })
  const [kept, unknown, other] = [1, 2, 3].map(() => new Authenticator(passkeySite(node.config))) as [Authenticator, Authenticator, Authenticator]
  await addPasskey(own, person, { name: 'x', response: kept.make(await passkeyToMake(own, person)) })
  return (exists, html) => {
    const challenge = /challenge(?:&quot;|"):(?:&quot;|")([\w-]+)/.exec(html)?.[1]
    if (!challenge) throw new Error('The page of passkeys shows no challenge.')
    const answer = JSON.parse((exists ? kept : unknown).find({ challenge })) as { response: { signature: string } }
    answer.response.signature = (JSON.parse(other.find({ challenge })) as typeof answer).response.signature
    return JSON.stringify(answer)
  }
}

async function offer({ node, database }: RunningNode, accountId: string, to: { idNumber: string; fullName: string }): Promise<() => Promise<Answer>> {
  await database.owner`DELETE FROM identity.mandate WHERE offered_account_id = ${accountId} AND invited_id_number IS NOT NULL AND state = 'offered'`.catch(() => database.owner`UPDATE identity.mandate SET state = 'withdrawn' WHERE state = 'offered'`)
  const person: Person = { kind: 'person', id: accountId, subject: '', name: '', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: accountId }
  const ctx = createCtx(node, { actor: person })
  const day = (years: number): string => new Date(node.now().getTime() + 7 * 3_600_000 + years * 365 * 86_400_000).toISOString().slice(0, 10)
  return async () => {
    const outcome = await offerMandate(ctx, person, { kind: 'person', side: 'represented', idNumber: to.idNumber, fullName: to.fullName, relation: 'other', scope: { kind: 'all', codes: [] }, rights: ['submit'], from: day(0), to: day(1) })
    return { status: 0, location: '', body: outcome.kind + (outcome.kind === 'invalid' ? JSON.stringify(outcome.errors) : ''), cookies: [], typed: [] }
  }
}

/** What a desk that asks too fast gets, about whomever. */
async function lookUpTooFast(at: RunningNode, of: (exists: boolean) => { idNumber: string }): Promise<Entrance> {
  const { node } = at
  const officer = (await findOfficerByLogin(node.db, 'motcua.pleiku'))!
  const ctx = systemCtx(node, 'bench')
  let cookie = ''
  // The other entrances may have taken longer than an officer may be idle.
  const enter = async (): Promise<void> => {
    const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId: officer.id, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
    cookie = `mc_session_${node.config.code.toLowerCase()}=${token}`
  }
  const fields = (exists: boolean): Fields => ({ reason: 'filing', query: of(exists).idNumber })
  return {
    name: 'look-up at a desk that asks too fast',
    countsOn: true,
    async before() {
      if (!cookie) await enter()
      for (let i = 0; i < 25; i++) if ((await (await postForm(at, '/desk/people', fields(i % 2 === 0), cookie))()).status === 429) {
        // The first waits last two seconds: one would be over between the two answers that are compared.
        await at.database.owner`UPDATE identity.throttle SET blocked_until = blocked_until + interval '5 minutes' WHERE blocked_until < now() + interval '2 minutes'`
        return
      }
      throw new Error('The desk was never told to wait.')
    },
    ready: (exists) => postForm(at, '/desk/people', fields(exists), cookie),
  }
}
