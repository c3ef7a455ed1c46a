import { describe, test, type TestContext } from 'node:test'
import { civilDate, type Lang } from '../../src/platform/i18n.ts'
import { officerCertificate, pem } from '../../src/stand-ins/demo-certificates.ts'
import { findOfficer } from '../../src/stand-ins/demo-people.ts'
import { look, officer, open, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { press } from './support/filing.ts'

const word = (who: Visitor, key: string): string => who.t(`identity.${key}`)

async function fillRule({ page }: Visitor, inDays: number): Promise<void> {
  const [year, month, day] = civilDate(new Date(Date.now() + inDays * 86_400_000)).split('-').map(Number)
  for (const [part, value] of Object.entries({ day, month, year })) await page.locator(`[name=from-${part}]`).fill(String(value))
  await page.locator('[name=basis]').fill('Quyết định số 12/QĐ-UBND')
  await page.locator('[name=confirmed]').check()
}

/** Pressed with nothing filled in, the form says what is missing. */
async function pressEmpty(who: Visitor, button: string): Promise<void> {
  await press(who, button)
  await who.page.locator('.govuk-error-summary').waitFor()
  await look(who, 400)
}

/** One administrator proposes, the other decides. */
async function changeLimits(one: Visitor, two: Visitor, place: JourneyCountry): Promise<void> {
  await open(one, place.at('province', '/admin/access-rules'))
  await look(one)
  await open(one, place.at('province', '/admin/access-rules/new?audience=officer'))
  await look(one)
  await pressEmpty(one, word(one, 'rules.propose'))
  await fillRule(one, 3)
  await press(one, word(one, 'rules.propose'))
  await one.page.getByText('Quyết định số 12/QĐ-UBND').first().waitFor()
  await look(one)
  await open(two, place.at('province', '/admin/access-rules'))
  await look(two)
  await two.page.locator('button[name=decision][value=refused]').first().click()
  await two.page.getByText('Quyết định số 12/QĐ-UBND').waitFor({ state: 'detached' })
  await look(two)
}

async function trustAuthorities(who: Visitor, place: JourneyCountry): Promise<void> {
  await open(who, place.at('province', '/admin/trusted-authorities'))
  await look(who)
  await open(who, place.at('province', '/admin/trusted-authorities/new'))
  await look(who)
  await pressEmpty(who, word(who, 'rules.propose'))
  await open(who, place.at('province', '/admin/trusted-authorities'))
  await who.page.locator('a[href$="/close"]').first().click()
  await look(who)
  await pressEmpty(who, word(who, 'rules.propose'))
}

/** The certificate of an officer is bound by two administrators and unbound by one. */
async function bindCertificate(one: Visitor, two: Visitor, place: JourneyCountry, login: string): Promise<void> {
  await open(one, place.at('province', `/admin/officers?q=${encodeURIComponent(findOfficer(login)!.name)}`))
  await one.page.locator('main a[href^="/admin/officers/0"]').first().click()
  await look(one)
  const account = one.page.url()
  await open(one, `${account}/certificates`)
  await look(one)
  await pressEmpty(one, word(one, 'certificate.bind.button'))
  await one.page.locator('[name=certificate]').setInputFiles({ name: 'can-bo.cer', mimeType: 'application/pkix-cert', buffer: Buffer.from(pem(officerCertificate(findOfficer(login)!).certificate)) })
  await one.page.locator('[name=reason]').fill('Theo giấy cấp chứng thư')
  await press(one, word(one, 'certificate.bind.button'))
  await one.page.getByText('SHA-256').first().waitFor()
  await look(one)
  await open(two, one.page.url().split('?')[0]!)
  await look(two)
  await two.page.locator('[name=reason]').fill('Đã đối chiếu')
  await press(two, word(two, 'officers.requests.approve'))
  await look(two)
  await open(two, account)
  await look(two)
  await two.page.locator('a[href$="/unbind"]').first().click()
  await look(two)
  await pressEmpty(two, word(two, 'certificate.unbind.title'))
  await two.page.locator('[name=reason]').fill('Chứng thư đã thu hồi')
  await press(two, word(two, 'certificate.unbind.title'))
  await two.page.locator('a[href$="/unbind"]').waitFor({ state: 'detached' })
}

async function operate(t: TestContext, lang: Lang, scripts: boolean, login: string): Promise<void> {
  const place = await country()
  const [one, two] = [await officer(t, place, 'quantri.gialai', 'province', { lang, scripts }), await officer(t, place, 'quantri2.gialai', 'province', { lang, scripts })]
  await changeLimits(one, two, place)
  await trustAuthorities(one, place)
  await bindCertificate(one, two, place, login)
}

describe('limits, trusted authorities and certificates of officers', () => {
  test('in Vietnamese', async (t) => operate(t, 'vi', true, 'chuyenmon.dienhong'))
  test('in English', async (t) => operate(t, 'en', true, 'motcua.dienhong'))
  test('without scripts', async (t) => operate(t, 'vi', false, 'lanhdao.dienhong'))
})
