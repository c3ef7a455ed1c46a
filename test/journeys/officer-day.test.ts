import assert from 'node:assert/strict'
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
      // Every form of the page stands open before it is looked over.
      if (plan.scripts) await specialist.page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')))
      await look(specialist)
      await noteAndAsk(specialist)

      await open(leader, place.at('province', '/desk/workload'))
      await look(leader)
      await loaded(leader, () => leader.page.locator('.mc-bars a').first().click())
      await look(leader)
      for (const path of ['/desk/handovers', '/desk/consultations', '/desk/accountability']) {
        await open(specialist, place.at('province', path))
        await look(specialist)
      }
      await open(leader, place.at('province', '/desk/late'))
      await look(leader)
    })
  }

  test('a routine dossier asks at most six interactions of an officer who has opened it', async (t) => {
    const place = await country()
    const desk = await deskOf(t, place, 'province', 'pleiku', { lang: 'vi', scripts: true })
    const reference = await fileForLater(desk.oneStop, place, findCitizen('052206000017')!)
    await open(desk.oneStop, place.at('province', '/desk?view=incoming'))
    await loaded(desk.oneStop, () => desk.oneStop.page.getByRole('link', { name: reference, exact: true }).click())
    const address = desk.oneStop.page.url()
    const counts: number[] = []
    for (const sitting of ['oneStop', 'specialist', 'leader', 'oneStop'] as const) counts.push(await sit(desk[sitting], address))
    t.diagnostic(`interactions of each sitting: ${counts.join(', ')}`)
    await desk.oneStop.page.getByText(desk.oneStop.t('dossiers.state.returned'), { exact: true }).first().waitFor()
    assert.ok(counts.every((n) => n > 0 && n <= 6), counts.join(', '))
  })
})

/** An officer opens the dossier and does what is his, as it stands; the number of things pressed or chosen. */
async function sit(who: Visitor, address: string): Promise<number> {
  const { page, t } = who
  let count = 0
  await open(who, address)
  const accept = page.getByRole('button', { name: t('dossiers.desk.accept'), exact: true })
  if ((await accept.count()) > 0) {
    await loaded(who, () => accept.click())
    count++
  }
  for (let form = page.locator('form[action*="/tasks/"]').first(); (await form.count()) > 0; form = page.locator('form[action*="/tasks/"]').first()) {
    const outcome = form.locator('[name=outcome]').first()
    if ((await outcome.count()) > 0 && !(await outcome.isChecked())) {
      await outcome.check()
      count++
    }
    await loaded(who, () => form.getByRole('button').first().click())
    assert.equal(await page.locator('.govuk-error-summary').count(), 0, await page.locator('main').innerText())
    count++
  }
  return count
}

/** A note for colleagues, a question to another agency: first with nothing written. */
async function noteAndAsk(who: Visitor): Promise<void> {
  const { page, t } = who
  if (!who.scripts) return
  const write = page.getByRole('button', { name: t('dossiers.note.write'), exact: true })
  await loaded(who, () => write.click())
  await look(who, 400)
  await page.locator('[name=noteText]').fill('Đã gọi điện hỏi lại.')
  await loaded(who, () => write.click())
  await page.getByText('Đã gọi điện hỏi lại.').waitFor()
  await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')))
  const ask = page.getByRole('button', { name: t('dossiers.consultation.ask'), exact: true })
  await loaded(who, () => ask.click())
  await page.locator('[name=question]').fill('Đề nghị xác nhận địa điểm.')
  await page.locator('[name=askedAgency]').selectOption({ index: 2 })
  const day = new Date(Date.now() + 10 * 86_400_000)
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1)
  for (const [box, value] of [['day', day.getUTCDate()], ['month', day.getUTCMonth() + 1], ['year', day.getUTCFullYear()]] as const) await page.locator(`[name=answerBy-${box}]`).fill(String(value))
  await loaded(who, () => ask.click())
  await page.getByText('Đề nghị xác nhận địa điểm.').waitFor()
  await look(who)
}
