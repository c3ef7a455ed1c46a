import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Lang } from '../../src/platform/i18n.ts'
import { findCitizen, type DemoCitizen } from '../../src/stand-ins/demo-people.ts'
import { logInAsCitizen, look, officer, open, visitor, type Visitor, type VisitorOptions } from './support/browser.ts'
import { codeSentTo, country, type JourneyCountry } from './support/country.ts'
import { loaded, press } from './support/filing.ts'

/** What the scanner types from the card of a person. */
const cardOf = (p: DemoCitizen): string => `${p.idNumber}||${p.fullName}|${p.birthDate.split('-').reverse().join('')}|${p.sex === 'male' ? 'Nam' : 'Nữ'}|${p.residence.text}|01012024||`

/** The officer looks the person up, first without saying what for. */
async function lookUp(who: Visitor, place: JourneyCountry, query: string): Promise<void> {
  const { page, t } = who
  await open(who, place.at('province', '/desk/people'))
  await look(who)
  await press(who, t('identity.desk.find'))
  await look(who, 400)
  await page.locator('[name=reason][value=account]').check()
  await page.locator('[name=query]').fill(query)
  await press(who, t('identity.desk.find'))
  await look(who)
}

async function openAccount(who: Visitor, place: JourneyCountry, person: DemoCitizen, way: 'screen' | 'paper'): Promise<void> {
  const { page, t } = who
  await lookUp(who, place, cardOf(person))
  await page.getByText(t('identity.desk.answer.nobody')).waitFor()
  await loaded(who, () => page.getByRole('link', { name: t('identity.desk.answer.open_account') }).click())
  await look(who)
  assert.equal(await page.locator('[name=fullName]').inputValue(), person.fullName)
  await press(who, t('identity.desk.open.continue'))
  await look(who, 400)
  await page.locator('[name=phone]').fill(person.phone)
  await page.locator(`[name=consent][value=${way}]`).check()
  const since = new Date()
  await press(who, t('identity.desk.open.continue'))
  await look(who)
  await (way === 'screen' ? agreeOnScreen(who, place, person, since) : agreeOnPaper(who))
  for (const end = Date.now() + 15_000; (await page.getByText(t('identity.desk.request.opened'), { exact: true }).count()) === 0;) {
    assert.ok(Date.now() < end, 'the national node answers')
    await page.waitForTimeout(200)
    await page.reload()
  }
  await look(who)
  await open(who, place.at('province', '/desk/people/requests'))
  await look(who)
}

async function agreeOnScreen(who: Visitor, place: JourneyCountry, person: DemoCitizen, since: Date): Promise<void> {
  const code = await codeSentTo(place, person.phone, since)
  await who.page.locator('[name=code]').fill('1')
  await press(who, who.t('identity.desk.screen.agree'))
  await look(who, 400)
  await who.page.locator('[name=code]').fill(code)
  await press(who, who.t('identity.desk.screen.agree'))
}

async function agreeOnPaper(who: Visitor): Promise<void> {
  const { page, t } = who
  await press(who, t('identity.desk.paper.send'))
  await look(who, 400)
  await loaded(who, () => page.getByRole('link', { name: t('identity.desk.paper.print') }).click())
  await look(who)
  await page.getByText(t('identity.desk.form.signature')).waitFor()
  await loaded(who, () => page.getByRole('link', { name: t('ui.back') }).click())
  await page.locator('[name=kept]').check()
  await press(who, t('identity.desk.paper.send'))
}

/** The administrator imports an account from before; the person says at the log-in that it is his; the desk undoes it. */
async function oldAccount(t: TestContext, place: JourneyCountry, desk: Visitor, person: DemoCitizen, options: VisitorOptions): Promise<void> {
  const admin = await officer(t, place, 'quantri.gialai', 'province', options)
  const localId = `cu-${options.lang}`
  await open(admin, place.at('province', '/admin/old-accounts'))
  await look(admin)
  await admin.page.locator('[name=file]').setInputFiles({ name: 'tai-khoan-cu.csv', mimeType: 'text/csv', buffer: Buffer.from(`local_id,id_number,full_name,birth_date\n${localId},${person.idNumber},${person.fullName},${person.birthDate}\nx,1,y,z\n`) })
  await press(admin, admin.t('identity.linking.import.look_over'))
  await look(admin)
  await loaded(admin, () => admin.page.locator('main form button').click())
  await look(admin)
  const citizen = await visitor(t, options)
  await logInAsCitizen(citizen, place, person.idNumber, 'province')
  await citizen.page.getByText(localId).waitFor()
  await look(citizen)
  await press(citizen, citizen.t('identity.linking.own.mine'))
  await open(citizen, place.at('province', '/tai-khoan'))
  await look(citizen)
  await open(desk, place.at('province', '/desk/old-accounts'))
  await look(desk)
  await open(desk, place.at('province', '/desk/old-accounts?view=linked'))
  await look(desk)
  await loaded(desk, () => desk.page.getByRole('link', { name: localId, exact: true }).click())
  await look(desk)
  await press(desk, desk.t('identity.linking.one.unlink'))
  await look(desk, 400)
}

/** Who did not ask for the account objects, with a wrong code first. */
async function object(t: TestContext, place: JourneyCountry, person: DemoCitizen, options: VisitorOptions): Promise<void> {
  const who = await visitor(t, options)
  await open(who, place.at('national', '/phan-doi-mo-tai-khoan'))
  await look(who)
  await press(who, who.t('identity.desk.objection.send'))
  await look(who, 400)
  const code = (await place.messagesTo(person.phone)).map((m) => /mã ([2-9A-HJ-NP-Z]{10})/.exec(m.text)?.[1]).find(Boolean)
  await who.page.locator('[name=code]').fill(code!)
  await press(who, who.t('identity.desk.objection.send'))
  await who.page.getByText(who.t('identity.desk.objection.done_locked')).waitFor()
  await look(who)
}

async function story(t: TestContext, lang: Lang, options: VisitorOptions & { way: 'screen' | 'paper'; idNumber: string }): Promise<void> {
  const [place, person] = [await country(), findCitizen(options.idNumber)!]
  const desk = await officer(t, place, 'motcua.pleiku', 'province', { ...options, lang })
  await openAccount(desk, place, person, options.way)
  await lookUp(desk, place, person.idNumber)
  await desk.page.getByText(person.fullName).waitFor()
  await oldAccount(t, place, desk, person, { ...options, lang })
  await object(t, place, person, { ...options, lang })
  const leader = await officer(t, place, 'lanhdao.pleiku', 'province', { ...options, lang })
  await open(leader, place.at('province', '/desk/people/unusual'))
  await look(leader)
}

describe('at the desk', () => {
  test('without scripts: an account is opened with consent on screen, an old one linked, and the person objects', (t) => story(t, 'vi', { scripts: false, way: 'screen', idNumber: '052058000037' }))
  test('the same in English with consent on paper, at 390 pixels', (t) => story(t, 'en', { scripts: true, width: 390, way: 'paper', idNumber: '064162000038' }))
})
