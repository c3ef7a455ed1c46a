import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { assertAccessible, look, officer, open, visitor, type Visitor } from './support/browser.ts'
import { codeSentTo, country, type JourneyCountry } from './support/country.ts'
import { loaded, press } from './support/filing.ts'

const [byIdentity, byInsurance, known] = ['052098000035', '064199000036', '052090000011'].map((n) => findCitizen(n)!) as [Person, Person, Person]
type Person = NonNullable<ReturnType<typeof findCitizen>>

const follow = (who: Visitor, key: string): Promise<void> => loaded(who, () => who.page.getByRole('link', { name: who.t(key), exact: true }).click())

/** From the log-in page to the provider, the choice of a person there, and back to the page that was asked for. */
async function logInByIdentity(who: Visitor, place: JourneyCountry, person: Person): Promise<void> {
  const { page, t } = who
  await look(who)
  await follow(who, 'identity.ways.link.log-in.identity-provider')
  assert.ok(page.url().startsWith(place.configs[0]!.standIns.identityUrl), page.url())
  if (who.scripts) await assertAccessible(page)
  await page.getByRole('button', { name: t('stand-ins.identity.choose', { name: person.fullName }), exact: true }).click()
  await arriveAtAccount(who)
  await page.getByText(person.idNumber).first().waitFor()
  await look(who)
}

/** The account page, of whichever node the person came from. */
async function arriveAtAccount({ page, t }: Visitor): Promise<void> {
  await page.waitForURL((url) => /^\/tai-khoan(\/dieu-khoan)?$/.test(url.pathname))
  if (!page.url().includes('/dieu-khoan')) return
  await page.locator('[name=accept]').check()
  await page.getByRole('main').getByRole('button', { name: t('identity.life.continue') }).click()
  await page.waitForURL((url) => url.pathname === '/tai-khoan')
}

async function giveCode(who: Visitor, place: JourneyCountry, person: Person, send: () => Promise<void>): Promise<void> {
  const since = new Date()
  await send()
  await who.page.getByLabel(who.t('identity.field.code')).fill(await codeSentTo(place, person.phone, since))
  await press(who, who.t('identity.code.confirm'))
  await arriveAtAccount(who)
}

async function logOut(who: Visitor, place: JourneyCountry): Promise<void> {
  await open(who, place.at('national', '/dang-xuat'))
  await loaded(who, () => who.page.getByRole('main').getByRole('button', { name: who.t('identity.log_out.button') }).click())
}

/** Says no at the provider, reads what happened, and comes back to the ways. */
async function changeOnesMind(who: Visitor, place: JourneyCountry): Promise<void> {
  await open(who, place.at('national', '/dang-nhap?tiep=/tai-khoan'))
  await follow(who, 'identity.ways.link.log-in.identity-provider')
  await who.page.getByRole('button', { name: who.t('stand-ins.identity.cancel') }).click()
  await who.page.getByText(who.t('identity.ways.provider.trouble.denied')).waitFor()
  await look(who, 400)
  await follow(who, 'identity.ways.back')
  await look(who)
}

async function registerByInsurance(who: Visitor, place: JourneyCountry): Promise<void> {
  const { page, t } = who
  await open(who, place.at('national', '/dang-ky?tiep=/tai-khoan'))
  await follow(who, 'identity.ways.link.register.social-insurance')
  await look(who)
  await press(who, t('identity.register.continue'))
  await look(who, 400)
  const [year, month, day] = byInsurance.birthDate.split('-')
  for (const [name, value] of Object.entries({ socialInsurance: byInsurance.socialInsurance, fullName: byInsurance.fullName, 'birthDate-day': day!, 'birthDate-month': month!, 'birthDate-year': year!, phone: byInsurance.phone })) await page.locator(`[name="${name}"]`).fill(value)
  await giveCode(who, place, byInsurance, () => press(who, t('identity.register.continue')))
  await follow(who, 'identity.ways.insurance.own_link')
  await page.getByText(byInsurance.socialInsurance).waitFor()
  await look(who)
}

async function logInByInsurance(who: Visitor, place: JourneyCountry, person: Person): Promise<void> {
  await open(who, place.at('national', '/dang-nhap?tiep=/tai-khoan'))
  await follow(who, 'identity.ways.link.log-in.social-insurance')
  await look(who)
  await press(who, who.t('identity.log_in.send_code'))
  await look(who, 400)
  await who.page.getByLabel(who.t('identity.ways.field.socialInsurance')).fill(person.socialInsurance)
  await giveCode(who, place, person, () => press(who, who.t('identity.log_in.send_code')))
}

describe('ways to log in', () => {
  test('electronic identity opens an account at the first log-in, on the way to a province, in vi', async (t) => {
    const place = await country()
    const who = await visitor(t, { lang: 'vi' })
    await open(who, place.at('province', '/dang-nhap?tiep=/tai-khoan'))
    await logInByIdentity(who, place, byIdentity)
    assert.ok(who.page.url().startsWith(place.at('province')), who.page.url())
    await logOut(who, place)
    await changeOnesMind(who, place)
    await logInByInsurance(who, place, known)
  })

  test('a social-insurance number opens an account and logs in, on a telephone, in en', async (t) => {
    const place = await country()
    const who = await visitor(t, { lang: 'en', width: 390 })
    await registerByInsurance(who, place)
    await logOut(who, place)
    await changeOnesMind(who, place)
    await logInByInsurance(who, place, byInsurance)
  })

  test('both ways go without scripts', async (t) => {
    const place = await country()
    const who = await visitor(t, { lang: 'vi', scripts: false, width: 390 })
    await open(who, place.at('national', '/dang-nhap?tiep=/tai-khoan'))
    await logInByIdentity(who, place, known)
    await logOut(who, place)
    await logInByInsurance(who, place, known)
  })

  for (const lang of ['vi', 'en'] as const) {
    test(`the administrator sees which ways are open and is asked for a day, a rule and a confirmation, in ${lang}`, async (t) => {
      const place = await country()
      const who = await officer(t, place, 'quantri.quocgia', 'national', { lang })
      await open(who, place.at('national', '/admin/log-in-ways'))
      await look(who)
      for (const act of ['close', 'take-back']) {
        await open(who, place.at('national', `/admin/log-in-ways/change?act=${act}&way=phone&holder=person${act === 'close' ? '' : '&day=2099-01-01'}`))
        await look(who)
        await press(who, who.t(`identity.ways.admin.change.${act}`))
        await who.page.locator('.govuk-error-summary').waitFor()
        await look(who, 400)
      }
    })
  }
})
