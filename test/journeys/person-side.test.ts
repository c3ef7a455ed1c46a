import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { logInAsCitizen, look, open, visitor, type Visitor, type VisitorOptions } from './support/browser.ts'
import { reloadUntil } from './support/citizen.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { accept, deskOf, type Desk } from './support/desk.ts'
import { answerForm, caseOf, loaded, press } from './support/filing.ts'
import { download } from './support/paper.ts'

const procedure = '1.001612'
const commune = '23575'

/** Two fill in one filing: the host invites, the guest sees one part only and confirms it. */
async function fillInTogether(place: JourneyCountry, host: Visitor, guest: Visitor, idNumbers: { host: string; guest: string }): Promise<void> {
  const { page, t } = host
  const invited = findCitizen(idNumbers.guest)!
  await logInAsCitizen(host, place, idNumbers.host, 'province', '/ho-so')
  await open(host, place.at('province', `/nop-ho-so/${procedure}`))
  await page.getByText(t('dossiers.start.fee'), { exact: true }).waitFor()
  await press(host, t('dossiers.start.begin'))
  await answerForm(host, caseOf(procedure, findCitizen(idNumbers.host)!, commune, 7))
  await loaded(host, () => page.getByRole('link', { name: t('dossiers.together.open') }).click())
  await look(host)
  await page.locator('[name=name]').fill(invited.fullName)
  await page.locator('[name=idNumber]').fill('12')
  await press(host, t('dossiers.together.invite'))
  await look(host, 400)
  await page.locator('[name=idNumber]').fill(invited.idNumber)
  await page.locator('[name=pages][value=name]').check()
  await press(host, t('dossiers.together.invite'))
  await page.getByText(t('dossiers.together.state.open')).waitFor()
  await look(host)
  await loaded(host, () => page.locator('.govuk-back-link').click())
  await page.locator('[name=returnWay][value=online]').check()
  // What was filled in beforehand is confirmed once; the page keeps it.
  await page.locator('[name=confirmed]').check()
  await press(host, t('dossiers.check.submit'))
  await page.getByRole('link', { name: t('dossiers.together.waiting', { name: invited.fullName }) }).waitFor()
  await look(host, 400)
  const check = page.url()

  await logInAsCitizen(guest, place, idNumbers.guest, 'province', '/ho-so')
  await guest.page.getByText(t('dossiers.own.yourMove')).waitFor()
  await look(guest)
  await loaded(guest, () => guest.page.locator('a[href^="/loi-moi/"]').first().click())
  await look(guest)
  assert.equal(await guest.page.getByText(idNumbers.host).count(), 0, 'the guest sees nothing of the host')
  await loaded(guest, () => guest.page.locator('a[href*="/trang/"]').last().click())
  await look(guest)
  await press(guest, t('forms.page.continue'))
  await press(guest, t('dossiers.together.confirm'))
  await guest.page.getByText(t('dossiers.together.state.confirmed')).waitFor()
  await open(host, check)
}

/** The result goes by post; a missing address is said, and the way may be changed after the filing. */
async function chooseReturn(host: Visitor, place: JourneyCountry): Promise<string> {
  const { page, t } = host
  await page.locator('[name=returnWay][value=post]').check()
  await page.locator('[name=returnAddress]').fill('')
  await page.locator('[name=confirmed]').check()
  await press(host, t('dossiers.check.submit'))
  await page.getByRole('link', { name: t('dossiers.returnWay.addressShort') }).waitFor()
  await look(host, 400)
  await page.locator('[name=returnPhone]').fill('0905123456')
  await page.locator('[name=returnAddress]').fill('27 đường Wừu, phường Pleiku, tỉnh Gia Lai')
  await press(host, t('dossiers.check.submit'))
  await page.getByRole('img', { name: /MC-/ }).waitFor()
  await look(host)
  const id = new URL(page.url()).pathname.split('/')[2]!
  await open(host, place.at('province', `/ho-so/${id}/cach-nhan`))
  await look(host)
  await page.locator('[name=returnPhone]').fill('12')
  await press(host, t('dossiers.returnWay.save'))
  await look(host, 400)
  await page.locator('[name=returnWay][value=desk]').check()
  await page.locator('[name=returnDesk]').selectOption({ index: 2 })
  await press(host, t('dossiers.returnWay.save'))
  await page.getByText(t('dossiers.returnWay.saved')).waitFor()
  await look(host)
  return id
}

/** A question and its answer: seen in the inbox, told to the person, each with its read mark. */
async function talk(host: Visitor, place: JourneyCountry, desk: Desk, id: string): Promise<void> {
  const { page, t } = host
  await loaded(host, () => page.getByRole('link', { name: t('dossiers.messages.open') }).click())
  await look(host)
  await press(host, t('dossiers.messages.send'))
  await look(host, 400)
  await page.locator('[name=body]').fill('Tôi cần mang theo giấy tờ nào khi nhận kết quả?')
  await page.locator('[name=files]').setInputFiles({ name: 'anh.pdf', mimeType: 'application/pdf', buffer: (await import('../../src/modules/forms/index.ts')).sampleFiles.pdf.bytes })
  await press(host, t('dossiers.messages.send'))
  await page.getByText(t('dossiers.messages.sent')).waitFor()
  await look(host)
  const officer = desk.oneStop
  await open(officer, place.at('province', '/desk?view=messages'))
  await look(officer)
  await loaded(officer, () => officer.page.locator(`main a[href="/desk/dossiers/${id}"]`).first().click())
  await loaded(officer, () => officer.page.getByRole('link', { name: t('dossiers.messages.openDesk') }).click())
  await officer.page.getByText('Tôi cần mang theo giấy tờ nào').waitFor()
  await look(officer)
  await press(officer, t('dossiers.messages.send'))
  await look(officer, 400)
  await officer.page.locator('[name=body]').fill('Mang theo thẻ căn cước.')
  await press(officer, t('dossiers.messages.send'))
  await look(officer)
  await open(host, place.at('province', '/ho-so'))
  await loaded(host, () => page.locator(`main a[href="/ho-so/${id}/trao-doi"]`).first().click())
  await page.getByText('Mang theo thẻ căn cước.').waitFor()
  await open(officer, place.at('province', `/desk/dossiers/${id}/messages`))
  assert.equal(await officer.page.getByText(t('dossiers.messages.unread')).count(), 0, 'both sides have read')
}

/** After the reception: what comes next with dates, the calendar file, and the code that leads to the public page. */
async function whatComesNext(host: Visitor, place: JourneyCountry, id: string, code: string): Promise<void> {
  const { page, t } = host
  await open(host, place.at('province', `/ho-so/${id}`))
  await reloadUntil(host, t('dossiers.state.received'))
  await page.getByRole('heading', { name: t('dossiers.next.title') }).waitFor()
  await look(host)
  const calendar = (await download(host, (await page.getByRole('link', { name: t('dossiers.next.calendar') }).getAttribute('href'))!)).toString()
  assert.match(calendar, /BEGIN:VEVENT/)
  await page.locator('summary').filter({ hasText: t('dossiers.next.qrOpen') }).click()
  await page.getByRole('img', { name: code }).waitFor()
  await open(host, (await page.getByRole('link', { name: t('dossiers.next.qrLink') }).getAttribute('href'))!)
  await page.getByText(t('dossiers.track.completion')).first().waitFor()
}

/** The register with its filters, and the same as files. */
async function register(officer: Visitor, place: JourneyCountry, code: string, id: string): Promise<void> {
  const { page, t } = officer
  await open(officer, place.at('province', '/desk/register'))
  await page.getByText(code).waitFor()
  await look(officer)
  const pdf = await download(officer, (await page.locator('a[href*="register/export"][href*="format=pdf"]').getAttribute('href'))!)
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  const xlsx = await download(officer, (await page.locator('a[href*="register/export"][href*="format=xlsx"]').getAttribute('href'))!)
  assert.equal(xlsx.subarray(0, 2).toString(), 'PK')
  await page.locator('[name=from-day]').fill('99')
  await press(officer, t('dossiers.desk.filter'))
  await look(officer, 400)
  assert.equal((await download(officer, place.at('province', `/desk/dossiers/${id}/control-slip`))).subarray(0, 5).toString(), '%PDF-')
  await open(officer, place.at('province', '/desk?view=all'))
  await look(officer)
  assert.equal((await download(officer, (await page.locator('a[href*="/desk/export"][href*="format=xlsx"]').getAttribute('href'))!)).subarray(0, 2).toString(), 'PK')
}

async function journey(t: TestContext, options: VisitorOptions, idNumbers: { host: string; guest: string }): Promise<void> {
  const place = await country()
  const [host, guest, desk] = await Promise.all([visitor(t, options), visitor(t, options), deskOf(t, place, 'province', 'pleiku', { ...options, width: 1280 })])
  await fillInTogether(place, host, guest, idNumbers)
  const id = await chooseReturn(host, place)
  await talk(host, place, desk, id)
  const reference = /MC-[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(await (await host.context.request.get(place.at('province', `/ho-so/${id}`))).text())![0]
  const { code } = await accept(place, desk, reference)
  await whatComesNext(host, place, id, code)
  await register(desk.oneStop, place, code, id)
}

describe('the person’s side of a dossier', { concurrency: 1 }, () => {
  test('two fill in, choose, ask, are answered and see what comes next, in English on a telephone with scripts', async (t) => journey(t, { lang: 'en', scripts: true, width: 390 }, { host: '064188000014', guest: '052090000011' }))
  test('the same in Vietnamese without scripts', async (t) => journey(t, { lang: 'vi', scripts: false }, { host: '064192000012', guest: '064085000013' }))
})
