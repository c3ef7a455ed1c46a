import { describe, test } from 'node:test'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { look, open, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { deskOf } from './support/desk.ts'
import { loaded, press } from './support/filing.ts'
import { fileForLater } from './support/reception.ts'

/** The row of a dossier in the inbox; chooses it. */
async function choose(who: Visitor, place: JourneyCountry, query: string, code: string): Promise<void> {
  await open(who, place.at('province', `/desk?${query}`))
  await who.page.getByRole('row').filter({ hasText: code }).first().locator('[name=row]').check({ force: true })
}

async function order(who: Visitor, action: string): Promise<void> {
  await who.page.locator('[name=action]').selectOption(action)
  await press(who, who.t('dossiers.bulk.button'))
}

describe('an officer’s day', () => {
  for (const plan of [{ lang: 'vi', scripts: true, width: 1280, citizen: '064199000036' }, { lang: 'en', scripts: false, width: 390, citizen: '064079000019' }] as const) {
    test(`rows are chosen, received, taken over, handed on and counted, in ${plan.lang} ${plan.scripts ? '' : 'without scripts '}at ${plan.width} px`, async (t) => {
      const place = await country()
      const { oneStop, specialist, leader } = await deskOf(t, place, 'province', 'pleiku', plan)
      const reference = await fileForLater(oneStop, place, findCitizen(plan.citizen)!)
      await open(oneStop, place.at('province', '/desk?view=incoming'))
      await look(oneStop)
      await press(oneStop, oneStop.t('dossiers.bulk.button'))
      await look(oneStop, 400)
      await choose(oneStop, place, 'view=incoming', reference)
      await order(oneStop, 'accept')
      await look(oneStop)
      await oneStop.page.getByText(oneStop.t('dossiers.bulk.done.accept'), { exact: true }).waitFor()
      const code = /H21\.[\d.]+-\d{6}-\d{4}/.exec(await oneStop.page.locator('main').innerText())![0]

      const view = 'view=tasks&who=nobody&procedure=1.001612'
      await choose(specialist, place, view, code)
      await look(specialist)
      await order(specialist, 'take')
      await specialist.page.getByText(specialist.t('dossiers.bulk.done.take'), { exact: true }).waitFor()
      await open(specialist, place.at('province', '/desk?view=tasks&who=me'))
      await specialist.page.getByText(code).first().waitFor()
      await loaded(specialist, () => specialist.page.getByRole('link', { name: code, exact: true }).first().click())
      if (plan.scripts) await specialist.page.locator('summary').filter({ hasText: specialist.t('dossiers.assignment.title') }).click()
      await look(specialist)

      await open(leader, place.at('province', '/desk/workload'))
      await look(leader)
      await loaded(leader, () => leader.page.locator('.mc-bars a').first().click())
      await look(leader)
      await open(specialist, place.at('province', '/desk/handovers'))
      await look(specialist)
    })
  }
})
