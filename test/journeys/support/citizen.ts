import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { NodeSlug } from '../../../src/nodes.ts'
import { demoRegistered, type DemoCitizen } from '../../../src/stand-ins/demo-people.ts'
import { logInAsCitizen, look, open, type Visitor } from './browser.ts'
import { codeSentTo, type JourneyCountry } from './country.ts'
import { loaded, press, type WholeStory } from './filing.ts'

/** What a person would type: without diacritics in Vietnamese. */
const searches: Readonly<Record<WholeStory, { vi: string; en: string }>> = {
  '3.000347': { vi: 'doi giay phep lai xe', en: 'driving licence' },
  '1.001193': { vi: 'dang ky khai sinh', en: 'birth registration' },
  '1.001612': { vi: 'dang ky ho kinh doanh', en: 'household business' },
}

/** Finds the procedure by search and goes to the page where filing begins. */
export async function findProcedure(who: Visitor, place: JourneyCountry, node: NodeSlug, procedure: WholeStory): Promise<void> {
  const { page, lang, t } = who
  await open(who, place.at(node))
  await look(who)
  // With scripts the box offers suggestions, which makes it a combobox.
  const box = { name: t('catalogue.search.label') }
  await page.getByRole('searchbox', box).or(page.getByRole('combobox', box)).fill(searches[procedure][lang])
  await loaded(who, () => page.getByRole('search').getByRole('button', { name: t('ui.search.button') }).first().click())
  await look(who)
  await loaded(who, () => page.locator(`main a[href="/thu-tuc/${procedure}"]`).first().click())
  await look(who)
  await loaded(who, () => page.getByRole('button', { name: t('catalogue.procedure.file') }).or(page.getByRole('link', { name: t('catalogue.procedure.file') })).first().click())
  await look(who)
}

/** Who has an account in this run: from the start, or since an earlier journey. */
const registered = new Set(demoRegistered)

/** From the start page of a filing to the first page of the form; whoever is not known yet logs in, or registers first. */
export async function beginFiling(who: Visitor, place: JourneyCountry, node: NodeSlug, procedure: string, citizen: DemoCitizen): Promise<void> {
  const { page, t } = who
  await page.getByText(t('dossiers.start.logIn')).waitFor()
  if (registered.has(citizen.idNumber)) await logInAsCitizen(who, place, citizen.idNumber, node, `/nop-ho-so/${procedure}`, () => page.getByRole('link', { name: t('dossiers.start.logInButton') }).click())
  else {
    await register(who, place, citizen)
    await open(who, place.at(node, `/dang-nhap?tiep=/nop-ho-so/${procedure}`))
    await page.waitForURL(`**/nop-ho-so/${procedure}`)
  }
  await look(who)
  await press(who, t('dossiers.start.begin'))
}

/** Opens an account at the national node and is logged in there. */
export async function register(who: Visitor, place: JourneyCountry, citizen: DemoCitizen): Promise<void> {
  const { page, t } = who
  await open(who, place.at('national', '/dang-ky'))
  await look(who)
  const [year, month, day] = citizen.birthDate.split('-')
  for (const [name, value] of Object.entries({ idNumber: citizen.idNumber, fullName: citizen.fullName, 'birthDate-day': day!, 'birthDate-month': month!, 'birthDate-year': year!, phone: citizen.phone, email: citizen.email })) {
    await page.locator(`[name="${name}"]`).fill(value)
  }
  const since = new Date()
  await press(who, t('identity.register.continue'))
  await look(who)
  await page.getByLabel(t('identity.field.code')).fill(await codeSentTo(place, citizen.phone, since))
  await press(who, t('identity.code.confirm'))
  await acceptTerms(who)
  await page.waitForURL('**/tai-khoan')
  await look(who)
  registered.add(citizen.idNumber)
}

/** The page of the terms of use, which stands before everything else the first time: nothing is ticked. */
export async function acceptTerms(who: Visitor): Promise<void> {
  const { page, t } = who
  await page.waitForURL('**/tai-khoan/dieu-khoan?**')
  await look(who)
  assert.equal(await page.locator('[name=accept]').isChecked(), false)
  await page.locator('[name=accept]').check()
  await press(who, t('identity.life.continue'))
}

/** Chooses how the result comes and presses the button twice; the reference on the receipt. */
export async function submitTwice(who: Visitor): Promise<{ reference: string; id: string }> {
  const { page, t } = who
  await page.getByRole('heading', { level: 1, name: t('dossiers.check.title') }).waitFor()
  await look(who)
  const again = await who.context.newPage()
  await again.goto(page.url())
  // Where the form has asked already how the result comes, this page does not ask again.
  for (const tab of [page, again]) for (const box of await tab.locator('[name=returnWay][value=online], [name=confirmed]').all()) await box.check()
  await page.getByRole('button', { name: t('dossiers.check.submit') }).dblclick({ noWaitAfter: true })
  await arrive(page, '/da-nop')
  await again.getByRole('button', { name: t('dossiers.check.submit') }).click()
  await arrive(again, '/da-nop')
  assert.equal(again.url(), page.url(), 'pressed twice, in two tabs: one dossier')
  await again.close()
  await page.getByRole('heading', { name: t('dossiers.receipt.title') }).waitFor()
  await look(who)
  const reference = /MC-[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(await page.locator('main').innerText())?.[0]
  assert.ok(reference, 'the receipt shows a reference')
  return { reference, id: page.url().split('/').at(-2)! }
}

/** Waits for an address. A second press breaks the first one's navigation off, which is no fault here. */
async function arrive(page: Page, ending: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; !page.url().endsWith(ending); await page.waitForTimeout(50)) assert.ok(Date.now() < deadline, `${page.url()} becomes ${ending}`)
  await page.waitForLoadState()
}

/** Loads the page again until it shows the words. */
export async function reloadUntil(who: Visitor, text: string, patience = 15_000): Promise<void> {
  for (const deadline = Date.now() + patience; (await who.page.locator('main').getByText(text).count()) === 0; await who.page.waitForTimeout(250)) {
    assert.ok(Date.now() < deadline, `"${text}" appears on ${who.page.url()}`)
    await who.page.reload()
  }
}
