import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleAnswers } from '../../src/modules/forms/index.ts'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { look, officer, open, type Visitor } from './support/browser.ts'
import { country } from './support/country.ts'
import { caseOf, loaded, press } from './support/filing.ts'
import { cardOf, fillIn } from './support/reception.ts'

describe('reception at the desk', () => {
  for (const plan of [{ lang: 'vi', scripts: true, channel: 'desk', width: 1280 }, { lang: 'en', scripts: false, channel: 'post', width: 390 }, { lang: 'en', scripts: true, channel: 'assisted', width: 390 }] as const) {
    test(`an officer files a household business for who comes by ${plan.channel}, in ${plan.lang} ${plan.scripts ? '' : 'without scripts '}at ${plan.width} px`, async (t) => {
      const place = await country()
      const citizen = findCitizen('064188000014')!
      const who = await officer(t, place, 'motcua.pleiku', 'province', plan)
      const { page } = who
      await open(who, place.at('province', '/desk/reception'))
      await look(who)
      await page.locator(`[name=channel][value=${plan.channel}]`).check()
      await press(who, who.t('dossiers.reception.begin'))
      await look(who, 400)
      await page.locator('[name=query]').fill(cardOf(citizen))
      if (plan.channel === 'post') for (const [name, day] of [['postedOn', '2'], ['arrivedOn', '4']]) for (const [box, value] of [['day', day], ['month', '11'], ['year', '2025']]) await page.locator(`[name=${name}-${box}]`).fill(value!)
      await press(who, who.t('dossiers.reception.begin'))
      await page.getByRole('heading', { level: 1, name: citizen.fullName }).waitFor()
      await look(who)
      await page.locator('#search').fill('hộ kinh doanh')
      await loaded(who, () => page.locator('#search').press('Enter'))
      await look(who)
      await loaded(who, () => page.locator('button[name=procedure][value="1.001612"]').click())
      const filing = caseOf('1.001612', citizen, '23575', 14)
      await fillIn(who, filing)
      await look(who)
      if ((await page.locator('[name=returnWay]').count()) > 0) await page.locator('[name=returnWay][value=desk]').check()
      await press(who, who.t(plan.channel === 'assisted' ? 'dossiers.reception.check.help' : 'dossiers.reception.check.accept'))
      await page.getByText(who.t('dossiers.reception.filed')).waitFor()
      await page.getByText(who.t(plan.channel === 'assisted' ? 'dossiers.state.new' : 'dossiers.state.received'), { exact: true }).first().waitFor()
      await look(who)
      await loaded(who, () => page.getByRole('link', { name: who.t('dossiers.reception.receipt.open') }).click())
      await look(who)
      await page.getByText(plan.channel === 'assisted' ? /MC-\w{5}-\w{5}/ : /H21\.[\d.]+-\d{6}-\d{4}/).first().waitFor()
      await loaded(who, () => page.getByRole('link', { name: who.t('dossiers.reception.visit') }).first().click())
      await press(who, who.t('dossiers.reception.close'))
      assert.equal(new URL(page.url()).pathname, '/desk/reception')
    })
  }

  for (const plan of [{ lang: 'vi', scripts: true, width: 390 }, { lang: 'en', scripts: false, width: 1280 }] as const) {
    test(`a filing for a place without an agency waits, is assigned, received, and transferred once more, in ${plan.lang} ${plan.scripts ? '' : 'without scripts '}at ${plan.width} px`, async (t) => {
      const place = await country()
      const citizen = findCitizen('052095000015')!
      const who = await officer(t, place, 'motcua.pleiku', 'province', plan)
      const { page } = who
      await open(who, place.at('province', '/desk/reception'))
      await page.locator('[name=channel][value=assisted]').check()
      await page.locator('[name=query]').fill(cardOf(citizen))
      await press(who, who.t('dossiers.reception.begin'))
      await loaded(who, () => page.locator('button[name=procedure][value="1.001612"]').click())
      const filing = caseOf('1.001612', citizen, '23575', 15)
      const away = sampleAnswers(filing.form, 15, { fixed: Object.fromEntries(Object.entries(filing.answers).filter(([, value]) => typeof value === 'string')), communes: [{ code: '00004', province: '01' }] })
      await fillIn(who, { form: filing.form, answers: away })
      if ((await page.locator('[name=returnWay]').count()) > 0) await page.locator('[name=returnWay]').first().check()
      await press(who, who.t('dossiers.reception.check.help'))
      const reference = /MC-\w{5}-\w{5}/.exec(await page.locator('main').innerText())![0]
      await open(who, place.at('province', '/desk/unplaced'))
      await look(who)
      await loaded(who, () => page.getByRole('link', { name: reference }).click())
      await look(who)
      await press(who, who.t('dossiers.competence.assignButton'))
      await look(who, 400)
      await page.locator('[name=toAgency]').selectOption({ label: await optionOf(who, 'Pleiku') })
      await page.locator('[name=transferReason]').fill('Trụ sở ở phường Pleiku.')
      await press(who, who.t('dossiers.competence.assignButton'))
      await open(who, place.at('province', '/desk?view=incoming'))
      await loaded(who, () => page.getByRole('link', { name: reference }).click())
      await press(who, who.t('dossiers.desk.accept'))
      if (plan.scripts) await page.locator('summary').filter({ hasText: who.t('dossiers.competence.transfer') }).click()
      else await page.locator('details').evaluateAll((all) => all.forEach((d) => d.setAttribute('open', '')))
      await look(who)
      await press(who, who.t('dossiers.competence.transferButton'))
      await look(who, 400)
      await page.locator('[name=toAgency]').selectOption({ label: await optionOf(who, 'Diên Hồng') })
      await page.locator('[name=transferReason]').fill('Địa điểm kinh doanh ở phường Diên Hồng.')
      await press(who, who.t('dossiers.competence.transferButton'))
      assert.equal(new URL(page.url()).pathname, '/desk')
      const other = await officer(t, place, 'motcua.dienhong', 'province', plan)
      await open(other, place.at('province', `/desk?view=all&q=H21`))
      await look(other)
    })
  }
})

/** The first agency on offer whose name has this word. */
async function optionOf({ page }: Visitor, word: string): Promise<string> {
  const labels = await page.locator('[name=toAgency] option').allInnerTexts()
  return labels.find((label) => label.includes(word) && /People|Ủy ban/.test(label)) ?? labels.find((label) => label.includes(word))!
}
