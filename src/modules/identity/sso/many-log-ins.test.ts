import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { startJobs } from '../../../platform/jobs.ts'
import { insertAccount } from '../citizens/account.store.ts'
import { acceptTerms, findTerms } from '../life/terms/terms.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry } from '../testing/small-country.tsx'

/** The small sister of `npm run bench:log-ins`. */
test('fifty people who log in at a province, ten at a time, all arrive, each as himself', async () => {
  const country = await smallCountry({ after })
  const { national, province } = country
  const people = Array.from({ length: 50 }, (_, n) => ({ idNumber: `0010900001${String(n).padStart(2, '0')}`, phone: `09100000${String(n).padStart(2, '0')}`, fullName: `Người Thử ${n}`, birthDate: '1990-01-01', assurance: 2 as const }))
  const ctx = systemCtx(national.node, 'test')
  const terms = (await findTerms(national.node.db, { at: ctx.now }))!
  await transact(ctx, async (tx) => { for (const person of people) await acceptTerms(tx, ctx, (await insertAccount(tx, 'VN', person, ctx.now))!.id, terms) })
  const jobs = startJobs(national.node)
  after(() => jobs.stop())
  const waiting = [...people]
  await Promise.all(Array.from({ length: 10 }, async () => {
    for (let person = waiting.pop(); person; person = waiting.pop()) {
      const browser = new TestBrowser()
      await browser.open(`${province.url}/dang-nhap?tiep=/tai-khoan`)
      await browser.submit({ idNumber: person.idNumber }, '/dang-nhap')
      const end = await browser.submit({ code: await codeFor(country.standInsUrl, person.phone) }, '/dang-nhap/ma-xac-nhan')
      assert.equal(end.url, `${province.url}/tai-khoan`)
      assert.match(end.html, new RegExp(`${person.fullName}<`))
    }
  }))
  const [row] = await province.database.owner`SELECT count(DISTINCT account_id)::int AS people, count(*)::int AS sessions FROM identity.session WHERE ended_at IS NULL`
  assert.deepEqual(row, { people: 50, sessions: 50 })
})

async function codeFor(standInsUrl: string, phone: string): Promise<string> {
  for (let tries = 0; tries < 2000; tries++) {
    const [message] = (await (await fetch(`${standInsUrl}/messages?to=${phone}`)).json()) as { text: string }[]
    const code = message && /\b\d{6}\b/.exec(message.text)?.[0]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('no code came')
}
