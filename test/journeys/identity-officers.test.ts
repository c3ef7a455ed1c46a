import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { generateSync } from 'otplib'
import type { Lang } from '../../src/platform/i18n.ts'
import { look, officer, open, visitor, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { press } from './support/filing.ts'

const login = (lang: Lang): string => `hanh.trinh.${lang}`
const word = (who: Visitor, key: string): string => who.t(`identity.officers.${key}`)

/** Opens pages and looks them over; each of these has a form whose mistakes are looked over as well when a button is named. */
async function visit(who: Visitor, place: JourneyCountry, pages: readonly (readonly [path: string, button?: string])[]): Promise<void> {
  for (const [path, button] of pages) {
    await open(who, place.at('province', path))
    await look(who)
    if (!button) continue
    await press(who, word(who, button))
    await who.page.locator('.govuk-error-summary').waitFor()
    await look(who, 400)
  }
}

/** A high-level account opens an account, gives it a role and asks for what a second administrator decides. */
async function administer(t: TestContext, place: JourneyCountry, lang: Lang): Promise<void> {
  const who = await officer(t, place, 'quantri.gialai', 'province', { lang })
  const { page } = who
  await visit(who, place, [['/admin/officers'], ['/admin/officers/new'], ['/admin/officers/new?agency=H21.11', 'new.button']])
  await page.locator('[name=name]').fill('Hồ Hành Trình Thử')
  await page.locator('[name=login]').fill(login(lang))
  await press(who, word(who, 'new.button'))
  await page.locator('.mc-code').waitFor()
  await look(who)
  const code = await page.locator('.mc-code').innerText()
  const id = /officers\/([0-9a-f-]{36})/.exec(page.url())![1]!
  await activate(t, place, lang, code)
  const one = `/admin/officers/${id}`
  // One form with a reason is like another: the rest once.
  const more = [[`${one}/leave`], [`${one}/move`], [`${one}/move?agency=H21.11`, 'act.move']] as const
  await visit(who, place, [[one], [`${one}/lock`, 'act.lock'], ...(lang === 'vi' ? more : []), [`${one}/grant`, 'act.grant']])
  await page.locator('[name=role][value=high-level-admin]').check()
  await page.locator('[name=reason]').fill('Quyết định số 01/QĐ-STP')
  await press(who, word(who, 'act.grant'))
  await page.getByText(word(who, 'done.requested')).waitFor()
  await look(who)
  await decide(t, place, lang, page.url())
  await open(who, place.at('province', one))
  await page.locator('a[href*="/withdraw"]').first().click()
  await look(who)
  await visit(who, place, [['/admin/requests'], ['/admin/audit'], ['/admin/account-reviews'], ['/admin/unit-duties?agency=H21.11', 'duties.add'], ['/desk/account'], ['/desk/account/password', 'own.password'], ['/desk/account/generator', 'continue']])
}

async function decide(t: TestContext, place: JourneyCountry, lang: Lang, url: string): Promise<void> {
  const who = await officer(t, place, 'quantri2.gialai', 'province', { lang })
  await open(who, url.split('?')[0]!)
  await press(who, word(who, 'requests.approve'))
  await look(who, 400)
  await who.page.locator('[name=reason]').fill('Đồng ý')
  await press(who, word(who, 'requests.approve'))
  await who.page.getByText(word(who, 'done.approved')).first().waitFor()
  await look(who)
}

/** What the new officer does with the paper; in Vietnamese on a telephone whose browser runs no scripts. */
async function activate(t: TestContext, place: JourneyCountry, lang: Lang, code: string): Promise<void> {
  const who = await visitor(t, lang === 'vi' ? { lang, scripts: false, width: 390 } : { lang })
  const { page } = who
  await open(who, place.at('province', '/desk/activate'))
  await look(who)
  await page.locator('[name=login]').fill(login(lang))
  await page.locator('[name=code]').fill(code)
  await press(who, word(who, 'continue'))
  await page.locator('[name=repeat]').waitFor()
  await look(who)
  assert.ok(await page.getByRole('img', { name: word(who, 'generator.picture') }).isVisible())
  const secret = (await page.locator('code').first().innerText()).replaceAll(' ', '')
  await page.locator('[name=password]').fill('matkhau123')
  await press(who, word(who, 'activate.save'))
  await look(who, 400)
  for (const name of ['password', 'repeat']) await page.locator(`[name=${name}]`).fill('mây trắng bay qua núi')
  await page.locator('[name=code]').fill(generateSync({ secret, epoch: Math.floor(Date.now() / 1000), period: 30 }))
  await press(who, word(who, 'activate.save'))
  await page.getByRole('heading', { name: word(who, 'activate.done') }).waitFor()
  await look(who)
}

async function nameSubstitute(t: TestContext, place: JourneyCountry, lang: Lang): Promise<void> {
  const who = await officer(t, place, 'truongphong.pleiku', 'province', { lang })
  await visit(who, place, [['/desk'], ['/desk/substitutes']])
}

describe('administration of officers', () => {
  for (const lang of ['vi', 'en'] as const) {
    test(`accounts, roles, two persons, review and record of rights (${lang})`, async (t) => {
      const place = await country()
      await administer(t, place, lang)
      await nameSubstitute(t, place, lang)
    })
  }
})
