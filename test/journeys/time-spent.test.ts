import { describe, test } from 'node:test'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { look, open } from './support/browser.ts'
import { country } from './support/country.ts'
import { accept, deskOf } from './support/desk.ts'
import { loaded, press } from './support/filing.ts'
import { fileForLater } from './support/reception.ts'

describe('where time goes', () => {
  for (const plan of [{ lang: 'vi', scripts: false, axe: true, width: 1280, citizen: '064199000036' }, { lang: 'en', scripts: false, axe: true, width: 390, citizen: '064079000019' }] as const) {
    test(`a leader reads it on a dossier and, from the numbers of its procedure, comes back to the dossier, in ${plan.lang} without scripts at ${plan.width} px`, async (t) => {
      const place = await country()
      const desk = await deskOf(t, place, 'province', 'pleiku', plan)
      const { oneStop, specialist, leader } = desk
      const reference = await fileForLater(oneStop, place, findCitizen(plan.citizen)!)
      const { id, code } = await accept(place, desk, reference)
      for (const who of [oneStop, specialist]) {
        await open(who, place.at('province', `/desk/dossiers/${id}`))
        const form = who.page.locator('form[action*="/tasks/"]').first()
        if ((await form.count()) === 0) continue
        const outcomes = form.locator('[name=outcome]')
        if ((await outcomes.count()) > 0) await outcomes.first().check()
        await loaded(who, () => form.getByRole('button').click())
        break
      }
      await open(leader, place.at('province', `/desk/dossiers/${id}`))
      await leader.page.getByRole('table', { name: leader.t('process.time.title') }).waitFor()
      await look(leader)

      const all = leader.page.getByRole('link', { name: leader.t('dossiers.timeSpent.nav') })
      if (await all.first().isVisible()) await loaded(leader, () => all.first().click())
      else await open(leader, place.at('province', '/desk/time-spent'))
      await look(leader)
      await leader.page.getByLabel(leader.t('dossiers.column.procedure')).selectOption('1.001612')
      await leader.page.getByLabel(leader.t('dossiers.timeSpent.measure')).selectOption('sum')
      await press(leader, leader.t('dossiers.timeSpent.show'))
      await leader.page.getByRole('table', { name: leader.t('dossiers.timeSpent.table') }).waitFor()
      await look(leader)
      await loaded(leader, () => leader.page.getByRole('table', { name: leader.t('dossiers.timeSpent.table') }).getByRole('link').first().click())
      await look(leader)
      await loaded(leader, () => leader.page.getByRole('link', { name: code, exact: true }).click())
      await leader.page.getByRole('heading', { level: 1 }).filter({ hasText: code }).waitFor()
    })
  }
})
