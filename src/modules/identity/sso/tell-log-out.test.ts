import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { runDue } from '../../../platform/jobs.ts'
import { TestBrowser } from '../testing/browser.ts'
import { foreignParty } from '../testing/foreign-party.ts'
import { smallCountry } from '../testing/small-country.tsx'
import { logIn, proveAt, whoIs } from '../testing/stories.ts'
import { tellLogOut } from './tell-log-out.ts'

const country = await smallCountry({ after })
const { national, province, ministry } = country

async function logOutAtNational(browser: TestBrowser): Promise<void> {
  await browser.open(`${national.url}/dang-xuat`)
  await browser.submit({}, '/dang-xuat')
}

test('a node that was down when a person logged out is told when it is back', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  await browser.open(`${ministry.url}/dang-nhap`)
  const [atProvince, atMinistry] = [browser.cookie('mc_session_h21'), browser.cookie('mc_session_g01')]
  await ministry.stop()
  await logOutAtNational(browser)
  assert.equal(await whoIs(province, atProvince), 'anonymous', 'who is there is told at once')
  assert.equal(await whoIs(ministry, atMinistry), 'person', 'who is down does not know yet')
  assert.deepEqual(await notices(), [{ client: 'G01', told: false, attempts: 1 }, { client: 'H21', told: true, attempts: 1 }])
  country.moveClock(6)
  await runDue(national.node)
  assert.equal((await notices())[0]!.attempts, 2, 'tried again, and again later')
  await ministry.start()
  country.moveClock(60)
  while (await runDue(national.node) > 0);
  assert.equal(await whoIs(ministry, atMinistry), 'anonymous')
  assert.deepEqual((await notices()).map((n) => n.told), [true, true])
})

test('after two hours of attempts it is given up, and stays to be seen', async () => {
  const party = await foreignParty({ after }, country, 'sleeping-system')
  const browser = new TestBrowser()
  await proveAt(country, browser, 2)
  await party.logIn(browser)
  party.refuse = true
  await logOutAtNational(browser)
  const [notice] = await national.node.db<{ id: string }[]>`SELECT id FROM identity.log_out_notice WHERE client_id = 'sleeping-system'`
  for (let n = 0; n < 11; n++) await assert.rejects(tellLogOut(national.node, notice!.id))
  const [row] = await national.node.db`SELECT attempts, given_up_at IS NOT NULL AS "isGivenUp", last_error AS "lastError" FROM identity.log_out_notice WHERE id = ${notice!.id}`
  assert.deepEqual([row!.attempts, row!.isGivenUp], [12, true])
  assert.match(String(row!.lastError), /503/)
  party.refuse = false
  await tellLogOut(national.node, notice!.id)
  assert.equal(party.notices.length, 0)
})

test('a system that was disabled meanwhile is not told, and not asked again', async () => {
  const party = await foreignParty({ after }, country, 'former-system')
  const browser = new TestBrowser()
  await proveAt(country, browser, 2)
  await party.logIn(browser)
  await national.node.db`UPDATE identity.relying_party SET disabled_at = now() WHERE client_id = 'former-system'`
  await logOutAtNational(browser)
  assert.equal(party.notices.length, 0)
  const [row] = await national.node.db`SELECT given_up_at IS NOT NULL AS "isGivenUp" FROM identity.log_out_notice WHERE client_id = 'former-system'`
  assert.equal(row!.isGivenUp, true)
})

async function notices(): Promise<{ client: string; told: boolean; attempts: number }[]> {
  return [...await national.node.db<{ client: string; told: boolean; attempts: number }[]>`SELECT client_id AS client, told_at IS NOT NULL AS told, attempts FROM identity.log_out_notice ORDER BY client_id`]
}
