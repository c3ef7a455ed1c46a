import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Lang } from '../../src/platform/i18n.ts'
import { findCitizen, type DemoCitizen } from '../../src/stand-ins/demo-people.ts'
import { demoOrganisations, type DemoOrganisation } from '../../src/stand-ins/demo-organisations.ts'
import { logInAsCitizen, look, officer, open, visitor, type Visitor } from './support/browser.ts'
import { submitTwice } from './support/citizen.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { answerForm, caseOf, press } from './support/filing.ts'

const list = '/tai-khoan/uy-quyen'
const acting = '/tai-khoan/thuc-hien-thay'
const procedure = '1.001612'

interface Cast { organisation: DemoOrganisation; representative: DemoCitizen; staff: DemoCitizen }
const casts: Record<Lang, Cast> = { vi: castOf('5900000019', '064188000014'), en: castOf('5900000033', '052090000011') }

function castOf(taxCode: string, staff: string): Cast {
  const organisation = demoOrganisations.find((o) => o.taxCode === taxCode)!
  return { organisation, representative: findCitizen(organisation.representativeIdNumber)!, staff: findCitizen(staff)! }
}

/** The representative opens the organisation and names somebody of its staff, after a mistake or two. */
async function nameStaff(who: Visitor, place: JourneyCountry, { organisation, staff }: Cast): Promise<string> {
  const { page, t } = who
  await open(who, place.at('national', '/tai-khoan/to-chuc'))
  await press(who, t('identity.mandates.organisations.button'))
  await look(who, 400)
  await page.locator('[name=taxCode]').fill(organisation.taxCode)
  await press(who, t('identity.mandates.organisations.button'))
  await look(who)
  await page.getByRole('link', { name: t('identity.mandates.organisations.name') }).click()
  await page.getByLabel(t('identity.mandates.field.kind.staff', { name: organisation.name })).check()
  await look(who)
  await press(who, t('identity.mandates.continue'))
  await look(who)
  await press(who, t('identity.mandates.continue'))
  await look(who, 400)
  await page.locator('[name=idNumber]').fill(staff.idNumber)
  await page.locator('[name=fullName]').fill(staff.fullName)
  await press(who, t('identity.mandates.continue'))
  await look(who)
  await press(who, t('identity.mandates.continue'))
  await look(who, 400)
  await page.locator('[name=scope][value=procedures]').check()
  await page.locator('[name=procedures]').fill(procedure)
  for (const right of ['fill-in', 'submit', 'receive']) await page.locator(`[name=rights][value=${right}]`).check()
  await press(who, t('identity.mandates.continue'))
  await look(who)
  await press(who, t('identity.mandates.check.send'))
  await page.getByText(t('identity.mandates.done.offered')).waitFor()
  await look(who)
  return new URL(page.url()).pathname.split('/').at(-1)!
}

async function accept(who: Visitor, place: JourneyCountry, id: string): Promise<void> {
  const { page, t } = who
  await open(who, place.at('national', list))
  await look(who)
  await page.locator(`main a[href="${list}/${id}"]`).click()
  await press(who, t('identity.mandates.accept'))
  await page.getByText(t('identity.mandates.done.accepted')).first().waitFor()
  await look(who)
}

/** At the province: chooses the organisation, sees that another procedure is out of reach, files the one that is not. */
async function fileForOrganisation(who: Visitor, place: JourneyCountry, cast: Cast): Promise<string> {
  const { page, t } = who
  await open(who, place.at('province', `/dang-nhap?tiep=${acting}`))
  await page.getByLabel(cast.organisation.name).check()
  await press(who, t('identity.mandates.acting.button'))
  await page.getByRole('alert').getByText(t('identity.mandates.acting.begun', { name: cast.organisation.name })).waitFor()
  await look(who)
  await open(who, place.at('province', '/nop-ho-so/1.001193'))
  await page.getByText(t('dossiers.error.OUT_OF_MANDATE', { name: cast.organisation.name })).waitFor()
  await look(who)
  await open(who, place.at('province', `/nop-ho-so/${procedure}`))
  await page.getByText(t('dossiers.behalf.start', { name: cast.organisation.name })).waitFor()
  await look(who)
  await press(who, t('dossiers.start.begin'))
  await answerForm(who, caseOf(procedure, cast.staff, '23575', 4))
  const { id } = await submitTwice(who)
  await open(who, place.at('province', '/ho-so'))
  await page.getByRole('heading', { level: 1, name: t('dossiers.own.titleFor', { name: cast.organisation.name }) }).waitFor()
  await look(who)
  await page.locator(`main a[href="/ho-so/${id}"]`).first().click()
  await page.getByText(t('dossiers.behalf.byMandate', { filer: cast.staff.fullName, owner: cast.organisation.name })).waitFor()
  await look(who)
  return id
}

/** The desk sees who filed for whom. */
async function seenAtDesk(t: TestContext, place: JourneyCountry, lang: Lang, id: string, cast: Cast): Promise<void> {
  const who = await officer(t, place, 'motcua.pleiku', 'province', { lang })
  await open(who, place.at('province', `/desk/dossiers/${id}`))
  await who.page.getByText(who.t('dossiers.behalf.byMandate', { filer: cast.staff.fullName, owner: cast.organisation.name })).waitFor()
  await look(who)
}

/** Withdrawn at the national node: the session at the province acts no more as soon as the message is there. */
async function withdrawAndSee(representative: Visitor, staff: Visitor, place: JourneyCountry, id: string, dossier: string): Promise<void> {
  await open(representative, place.at('national', `${list}/${id}`))
  await representative.page.getByRole('link', { name: representative.t('identity.mandates.withdraw'), exact: true }).click()
  await look(representative)
  await press(representative, representative.t('identity.mandates.withdrawButton'))
  await representative.page.getByText(representative.t('identity.mandates.done.withdrawn')).waitFor()
  const ended = staff.page.getByText(staff.t('ui.acting.ended'))
  for (const deadline = Date.now() + 15_000; (await ended.count()) === 0; await staff.page.waitForTimeout(200)) {
    assert.ok(Date.now() < deadline, 'the withdrawal arrives at the province')
    await open(staff, place.at('province', '/'))
  }
  const shown = new Promise<number>((done) => staff.page.once('response', (r) => done(r.status())))
  await open(staff, place.at('province', `/ho-so/${dossier}`))
  assert.equal(await shown, 409)
  await look(staff, 409)
  await press(staff, staff.t('ui.acting.understood'))
  await look(staff)
  assert.equal(await staff.page.locator('.mc-acting').count(), 0)
}

describe('acting for an organisation', { concurrency: 2 }, () => {
  for (const [lang, options] of [['vi', { scripts: false, width: 390 }], ['en', { scripts: true, width: 1280 }]] as const) {
    test(`its staff file for it at another node, until its representative withdraws, in ${lang}${options.scripts ? '' : ' without scripts on a telephone'}`, async (t) => {
      const place = await country()
      const cast = casts[lang]
      const [representative, staff] = [await visitor(t, { lang, ...options }), await visitor(t, { lang, ...options })]
      await logInAsCitizen(representative, place, cast.representative.idNumber, 'national', list)
      const mandate = await nameStaff(representative, place, cast)
      await logInAsCitizen(staff, place, cast.staff.idNumber, 'national', list)
      await accept(staff, place, mandate)
      const dossier = await fileForOrganisation(staff, place, cast)
      await seenAtDesk(t, place, lang, dossier, cast)
      await withdrawAndSee(representative, staff, place, mandate, dossier)
    })
  }
})
