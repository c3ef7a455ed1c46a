import assert from 'node:assert/strict'
import type { DemoCitizen } from '../../../src/stand-ins/demo-people.ts'
import { look, open, type Visitor } from './browser.ts'
import type { JourneyCountry } from './country.ts'
import { answerPage, caseOf, loaded, press, type Case } from './filing.ts'

/** What the scanner types from the card of a person. */
export const cardOf = (p: DemoCitizen): string => `${p.idNumber}||${p.fullName}|${p.birthDate.split('-').reverse().join('')}|${p.sex === 'male' ? 'Nam' : 'Nữ'}|${p.residence.text}|01012024||`

/** Answers page after page at the desk until the answers are to be checked. */
export async function fillIn(who: Visitor, { form, answers }: Case): Promise<void> {
  for (let pages = 0; !new URL(who.page.url()).pathname.endsWith('/check'); pages++) {
    const path = new URL(who.page.url()).pathname.split('/pages/')[1]
    const page = form.pages.find((p) => p.page.path === path)?.page
    assert.ok(page && pages < 40, `goes on; now at ${who.page.url()}`)
    await look(who)
    await answerPage(who, form, page, answers)
  }
}

/** The officer files a household business for a person at the desk, to be received later; its reference. */
export async function fileForLater(who: Visitor, place: JourneyCountry, citizen: DemoCitizen): Promise<string> {
  const { page, t } = who
  await open(who, place.at('province', '/desk/reception'))
  await page.locator('[name=query]').fill(cardOf(citizen))
  await press(who, t('dossiers.reception.begin'))
  await loaded(who, () => page.locator('button[name=procedure][value="1.001612"]').click())
  await fillIn(who, caseOf('1.001612', citizen, '23575', Number(citizen.idNumber.slice(-2))))
  if ((await page.locator('[name=returnWay]').count()) > 0) await page.locator('[name=returnWay]').first().check()
  await press(who, t('dossiers.reception.check.later'))
  return /MC-\w{5}-\w{5}/.exec(await page.locator('main').innerText())![0]
}
