import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { pino } from 'pino'
import { createCtx } from '../../platform/ctx.ts'
import type { Person } from '../../platform/actor.ts'
import type { Sql } from '../../platform/db.ts'
import { runDue } from '../../platform/jobs.ts'
import { demoCitizens } from '../../stand-ins/demo-people.ts'
import { drainFollowers } from '../ledger/index.ts'
import { findAccountByIdNumber } from './citizens/account.store.ts'
import { offerMandate } from './mandates/offer-mandate.ts'
import { TestBrowser } from './testing/browser.ts'
import { openWaysTo } from './testing/certificates.ts'
import { smallCountry, type RunningNode, type SmallCountry } from './testing/small-country.tsx'
import { acceptTermsIfAsked, codeFor, known, logIn, logInOfficer, wrongCode } from './testing/stories.ts'

/** Somebody whom the register knows and who has no account yet: name, numbers, telephone and mail are like nobody else's. */
const newcomer = demoCitizens.find((c) => c.idNumber.endsWith('20'))!
const birth = newcomer.birthDate.split('-')
const moved = { phone: '0987650431', email: 'dau.rieng.cua.toi@example.com' }
const taxCode = '0100109106'
const words = 'lời kể chỉ một mình tôi biết'

/** As written, and as a careless program would write them: small letters, international, encoded. */
const markers = [newcomer.fullName, newcomer.idNumber, newcomer.socialInsurance, newcomer.phone, newcomer.email, moved.phone, moved.email, known.idNumber, known.phone, taxCode, words]
const forms = [...new Set(markers.flatMap((m) => [m, m.toLowerCase(), m.replace(/^0(?=9)/, '+84'), encodeURIComponent(m), new URLSearchParams({ m }).toString().slice(2), Buffer.from(m).toString('base64').replace(/=+$/, '').slice(0, -1)]))]
const found = (text: string): string[] => forms.filter((form) => text.includes(form))

suite('personal data stay where they belong', () => {
  let country!: SmallCountry
  const log: string[] = []
  const addresses: string[] = []
  const stops: (() => unknown)[] = []
  before(async () => {
    country = await smallCountry({ after: (stop) => void stops.push(stop) }, { log: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }) })
    await openWaysTo(country.national.database.owner, 'phone', 'social-insurance')
    for (const { database } of all()) for (const table of ['platform.job', 'exchange.outbox']) await keepCopies(database.owner, table)
    await country.connect()
    await live()
  })
  after(async () => { for (const stop of stops.reverse()) await stop() })

  const note = (browser: TestBrowser): void => void addresses.push(...browser.page.hops, browser.page.url)
  const all = (): RunningNode[] => [country.national, country.province, country.ministry]

  /** What was done or delivered is erased: a copy of each row as it was written stays for this test. */
  async function keepCopies(owner: Sql, table: string): Promise<void> {
    const name = table.replace('.', '_')
    await owner.unsafe(`CREATE TABLE public.seen_${name} (LIKE ${table})`)
    await owner.unsafe(`CREATE FUNCTION public.keep_${name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN INSERT INTO public.seen_${name} SELECT NEW.*; RETURN NULL; END $$`)
    await owner.unsafe(`CREATE TRIGGER keep AFTER INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION public.keep_${name}()`)
  }

  /** What people do with their accounts in a day, with what goes wrong. */
  async function live(): Promise<void> {
    const { national, province } = country
    const [person, desk, stranger] = [new TestBrowser(), new TestBrowser(), new TestBrowser()]
    const send = async (browser: TestBrowser, values: Record<string, string>, action: string): Promise<void> => {
      await browser.submit(values, action)
      note(browser)
    }
    const register = { idNumber: newcomer.idNumber, fullName: newcomer.fullName, 'birthDate-day': birth[2]!, 'birthDate-month': birth[1]!, 'birthDate-year': birth[0]!, phone: newcomer.phone, email: newcomer.email }
    await person.open(`${national.url}/dang-ky?tiep=/tai-khoan`)
    await send(person, { ...register, fullName: `${newcomer.fullName} Khác` }, '/dang-ky')
    await send(person, register, '/dang-ky')
    await send(person, { code: wrongCode(await codeFor(country, newcomer.phone)) }, '/dang-nhap/ma-xac-nhan')
    await send(person, { code: await codeFor(country, newcomer.phone) }, '/dang-nhap/ma-xac-nhan')
    await acceptTermsIfAsked(person)
    await person.open(`${province.url}/dang-nhap?tiep=/tai-khoan`)
    note(person)
    await person.open(`${national.url}/tai-khoan`)
    await send(person, moved, '/tai-khoan/lien-he')
    await send(person, { code: await codeFor(country, moved.phone) }, '/dang-nhap/ma-xac-nhan')
    await stranger.open(`${national.url}/dang-nhap/so-bao-hiem`)
    await send(stranger, { socialInsurance: newcomer.socialInsurance }, '/dang-nhap/so-bao-hiem')
    await stranger.open(`${national.url}/bao-loi-tai-khoan`)
    await send(stranger, { kind: 'misuse', words, contact: newcomer.email, idNumber: newcomer.idNumber }, '/bao-loi-tai-khoan')
    await logIn(country, stranger, { at: province.url })
    note(stranger)
    await offer(national)
    await logInOfficer(province, desk, 'motcua.pleiku')
    for (const query of [newcomer.idNumber, known.idNumber, taxCode, `${newcomer.idNumber}||${newcomer.fullName}|${[...birth].reverse().join('')}|Nam|Gia Lai|01012024`]) {
      await desk.open(`${province.url}/desk/people`)
      await send(desk, { reason: 'filing', query }, '/desk/people')
    }
    await person.open(`${national.url}/dang-xuat`)
    note(person)
    for (const { node } of all()) {
      for (let round = 0; round < 3; round++) {
        await drainFollowers(node)
        while (await runDue(node) > 0);
      }
    }
  }

  async function offer({ node }: RunningNode): Promise<void> {
    const account = (await findAccountByIdNumber(node.db, known.idNumber))!
    const actor: Person = { kind: 'person', id: account.id, subject: account.subject, name: account.fullName, assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: account.id }
    const day = (years: number): string => new Date(node.now().getTime() + 7 * 3_600_000 + years * 365 * 86_400_000).toISOString().slice(0, 10)
    const outcome = await offerMandate(createCtx(node, { actor }), actor, { kind: 'person', side: 'represented', idNumber: newcomer.idNumber, fullName: newcomer.fullName, relation: 'other', scope: { kind: 'all', codes: [] }, rights: ['submit'], from: day(0), to: day(1) })
    assert.equal(outcome.kind, 'offered')
  }

  const rows = async (at: RunningNode, table: string, where = ''): Promise<string[]> => (await at.database.owner.unsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${table} t ${where}`)).map((r) => r.row)

  test('the day was lived: the account is there with all its data', async () => {
    const account = await findAccountByIdNumber(country.national.node.db, newcomer.idNumber)
    assert.equal(account?.fullName, newcomer.fullName)
    assert.ok((await rows(country.national, 'identity.account')).some((row) => row.includes(moved.phone)), 'the new telephone')
    assert.ok((await rows(country.province, 'identity.look_up')).length >= 3)
    assert.ok(found(`x ${newcomer.fullName} y`).length > 0 && found(encodeURIComponent(moved.email)).length > 0, 'the search finds')
  })

  test('not in the log, at the finest level', () => {
    assert.ok(log.length > 40, `${log.length} lines`)
    for (const line of log) assert.deepEqual(found(line), [], line)
  })

  test('not in addresses that a browser, a proxy or a history sees', () => {
    assert.ok(addresses.length > 15)
    for (const address of addresses) assert.deepEqual(found(address), [], address)
  })

  test('not in the ledger, not in the payloads or errors of jobs', async () => {
    for (const at of all()) for (const table of ['ledger.event', 'platform.job', 'public.seen_platform_job']) {
      const written = await rows(at, table)
      assert.ok(at !== country.national || table === 'platform.job' || written.length > 5, `${at.node.config.code} ${table}`)
      for (const row of written) assert.deepEqual(found(row), [], `${at.node.config.code} ${table} ${row}`)
    }
  })

  test('not in messages to nodes that have nothing to do with the person', async () => {
    for (const at of [country.national, country.province]) for (const row of await rows(at, 'public.seen_exchange_outbox', `WHERE to_node NOT IN ('VN', 'H21')`)) assert.deepEqual(found(row), [], row)
    for (const table of ['identity.account', 'exchange.inbox', 'public.seen_exchange_outbox']) for (const row of await rows(country.ministry, table)) assert.deepEqual(found(row), [], `${table} ${row}`)
  })

  test('in the database only in the tables that are there for it', async () => {
    const seen = new Set<string>()
    for (const at of all()) {
      const tables = await at.database.owner<{ name: string }[]>`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public')`
      for (const { name } of tables) for (const row of await rows(at, name)) if (found(row).length > 0) seen.add(name)
    }
    assert.ok(seen.has('identity.account'))
    assert.deepEqual([...seen].filter((name) => !(name in allowed)), [])
  })
})

/** Where personal data stand in clear, and why. Statements of problems and requests are sealed, look-ups keep a keyed hash, messages are erased when they are sent. */
const allowed: Readonly<Record<string, string>> = {
  'identity.account': 'the account itself',
  'identity.challenge': 'what somebody who registers typed, until the code is confirmed or five minutes are over',
  'identity.mandate': 'whom a mandate is offered to, until he accepts',
}
