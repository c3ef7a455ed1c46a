import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { look, officer, open } from './support/browser.ts'
import { country } from './support/country.ts'
import { loaded, press } from './support/filing.ts'

describe('processes that change while dossiers run', () => {
  for (const plan of [{ lang: 'vi', scripts: false, axe: true, width: 1280 }, { lang: 'en', scripts: false, axe: true, width: 390 }] as const) {
    test(`administrators give a step to another role with four eyes, and see what a move to another version would do, in ${plan.lang} without scripts at ${plan.width} px`, async (t) => {
      const place = await country()
      const admin = await officer(t, place, 'quantri.gialai', 'province', plan)
      const { page } = admin
      await open(admin, place.at('province', '/admin/step-overrides'))
      await look(admin)
      await page.getByLabel(admin.t('process.move.process')).selectOption('wage-loan-decision')
      await press(admin, admin.t('process.override.show'))
      await look(admin)
      await loaded(admin, () => page.getByRole('table', { name: admin.t('process.override.steps') }).getByRole('link').first().click())
      await look(admin)
      await page.getByLabel(admin.t('process.override.role')).selectOption('leader')
      await press(admin, admin.t('process.override.propose'))
      await page.getByText(admin.t('process.override.error.reason')).first().waitFor()
      await look(admin, 400)
      await page.getByLabel(admin.t('process.override.reason')).fill('Quyết định 12/QĐ-UBND')
      await page.getByLabel(admin.t('process.override.open.yes')).check()
      await press(admin, admin.t('process.override.propose'))
      await page.getByText(admin.t('process.override.waits')).waitFor()
      assert.equal(await page.getByRole('button', { name: admin.t('process.override.confirm') }).count(), 0, 'who proposes does not confirm')
      await look(admin)
      if (plan.lang === 'vi') {
        const second = await officer(t, place, 'quantri2.gialai', 'province', plan)
        await open(second, page.url().split('?')[0]!)
        await look(second)
        await press(second, second.t('process.override.confirm'))
        await second.page.getByText(second.t('process.override.state.confirmed'), { exact: true }).waitFor()
        await open(second, place.at('province', '/admin/step-overrides?process=wage-loan-decision'))
        await second.page.getByRole('table', { name: second.t('process.override.steps') }).getByText(second.t('process.role.leader')).first().waitFor()
      } else {
        await press(admin, admin.t('process.override.drop'))
        await page.getByText(admin.t('process.override.state.dropped'), { exact: true }).waitFor()
      }

      await open(admin, place.at('province', '/admin/process-moves'))
      await look(admin)
    })
  }
})
