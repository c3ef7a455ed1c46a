import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openDatabase } from '../../src/platform/db.ts'
import { look, logInAsCitizen, officer, open, visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { press } from './support/filing.ts'

const people = { vi: '064188000014', en: '064192000012' } as const

/** As after half an hour without a request, at one node only. */
async function endSessionsAt(place: JourneyCountry, slug: string, idNumber: string): Promise<void> {
  const db = openDatabase(place.configs.find((c) => c.slug === slug)!.ownerUrl!, { max: 1 })
  await db`UPDATE identity.session SET ended_at = now() WHERE ended_at IS NULL AND account_id = (SELECT id FROM identity.account WHERE id_number = ${idNumber})`
  await db.end()
}

describe('single sign-on', { concurrency: 2 }, () => {
  for (const lang of ['vi', 'en'] as const) {
    test(`a person is asked for more, is turned back, and loses nothing when a log-in ends in the middle, in ${lang}`, async (t) => {
      const place = await country()
      const who = await visitor(t, lang === 'vi' ? { lang, width: 390, scripts: false } : { lang })
      await logInAsCitizen(who, place, people[lang], 'province', '/tai-khoan')
      await open(who, place.at('province', '/dang-nhap/nang-muc?muc=3&tiep=/tai-khoan'))
      assert.match(who.page.url(), new RegExp(`^${place.at('national', '/dang-nhap/nang-muc')}`))
      await look(who)
      await who.page.getByRole('link', { name: who.t('identity.strength.leave') }).click()
      await who.page.waitForURL(`${place.at('province', '/dang-nhap/ket-qua')}**`)
      await look(who, 400)
      await open(who, place.at('national', '/dang-nhap/loi?ma=invalid_redirect_uri'))
      await look(who, 400)
      await open(who, place.at('province', '/nop-ho-so/1.001612'))
      await endSessionsAt(place, 'province', people[lang])
      await press(who, who.t('dossiers.start.begin'))
      await who.page.waitForURL('**/lam-tiep/**')
      await look(who)
      await press(who, who.t('identity.strength.resume.button'))
      await who.page.waitForURL(/\/ho-so\/|\/nop-ho-so\//)
      assert.equal(await who.page.getByRole('heading', { level: 1 }).count(), 1)
    })

    test(`who administers the national portal registers a system and sees its keys, in ${lang}`, async (t) => {
      const place = await country()
      const who = await officer(t, place, 'quantri.quocgia', 'national', lang === 'vi' ? { lang, width: 390, scripts: false } : { lang })
      for (const path of ['/admin/sign-on', '/admin/sign-on/keys/replace', '/admin/sign-on/systems/new']) {
        await open(who, place.at('national', path))
        await look(who)
      }
      await press(who, who.t('identity.sso.admin.register'))
      await who.page.locator('.govuk-error-summary').waitFor()
      await look(who, 400)
      const clientId = `treasury-${lang}`
      for (const [name, value] of [['clientId', clientId], ['nameVi', 'Kho bạc thử nghiệm'], ['nameEn', 'Test treasury'], ['redirectUris', 'https://treasury.example/callback']] as const) await who.page.locator(`[name=${name}]`).fill(value)
      await press(who, who.t('identity.sso.admin.register'))
      await who.page.getByText(who.t('identity.sso.admin.once')).waitFor()
      await look(who)
      for (const path of [`/admin/sign-on/systems/${clientId}`, `/admin/sign-on/systems/${clientId}/disable`, '/admin/sign-on']) {
        await open(who, place.at('national', path))
        await look(who)
      }
    })
  }
})
