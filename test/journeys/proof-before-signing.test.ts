import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { openDatabase } from '../../src/platform/db.ts'
import type { Lang } from '../../src/platform/i18n.ts'
import { answersWithoutFiles, callFilingApi } from './support/api.ts'
import { look, officer, open } from './support/browser.ts'
import { country, generatorCode, type JourneyCountry } from './support/country.ts'
import { accept, deskOf, handle } from './support/desk.ts'
import { loaded } from './support/filing.ts'
import { plainCitizen } from './support/plain-browser.ts'

const leader = 'lanhdao.pleiku'

/** Since he logged in he has worked for forty minutes. */
async function letTimePass(place: JourneyCountry): Promise<void> {
  const db = openDatabase(place.configs.find((c) => c.slug === 'province')!.ownerUrl!, { max: 1 })
  await db`UPDATE identity.session s SET authenticated_at = authenticated_at - interval '40 minutes' FROM identity.officer o WHERE o.id = s.officer_id AND o.login = ${leader} AND s.ended_at IS NULL`
  await db.end({ timeout: 2 })
}

/** A leader with an old proof before the step of signing: without a code, with a wrong one, with the right one. */
async function sign(t: TestContext, place: JourneyCountry, lang: Lang, scripts: boolean): Promise<void> {
  const { body } = await callFilingApi(place, await plainCitizen(place, '064188000014', 'province'), { procedure: '1.001612', answers: answersWithoutFiles() })
  const desk = await deskOf(t, place, 'province', 'pleiku', { lang, scripts })
  const { id } = await accept(place, desk, body.reference!)
  await handle(place, desk, id, { until: 'leader' })
  const who = await officer(t, place, leader, 'province', { lang, scripts, width: scripts ? 1280 : 390 })
  await letTimePass(place)
  const { page } = who
  await open(who, place.at('province', `/desk/dossiers/${id}`))
  const form = page.locator('form[action*="/tasks/"]').first()
  await form.locator('[name=code]').waitFor()
  await look(who)
  const words = 'Đồng ý ban hành'
  await form.locator('[name=note]').fill(words)
  if ((await form.locator('[name=outcome]').count()) > 0) await form.locator('[name=outcome]').first().check()
  const press = (code: string) => loaded(who, async () => {
    await form.locator('[name=code]').fill(code)
    await form.getByRole('button').first().click()
  })
  for (const wrong of ['', '12']) {
    await press(wrong)
    await page.locator('.govuk-error-summary').waitFor()
    await look(who, 400)
    assert.equal(await form.locator('[name=note]').inputValue(), words, 'nothing typed is lost')
  }
  await press(await generatorCode(leader))
  await page.getByRole('heading', { level: 1 }).getByText(who.t('dossiers.state.finished')).or(page.getByText(who.t('dossiers.event.finished')).first()).first().waitFor()
  await look(who)
  assert.equal(await form.locator('[name=code]').count(), 0, 'signed')
}

describe('a leader who has worked for long proves himself again before he signs', () => {
  for (const [lang, scripts] of [['vi', true], ['en', false]] as const) test(`${lang}, scripts ${scripts ? 'on' : 'off'}`, async (t) => sign(t, await country(), lang, scripts))
})
