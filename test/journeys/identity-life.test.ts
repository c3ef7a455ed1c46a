import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Lang } from '../../src/platform/i18n.ts'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { assertAccessible, logInAsCitizen, look, officer, open, visitor } from './support/browser.ts'
import { country } from './support/country.ts'
import { press } from './support/filing.ts'

const people: Record<Lang, string> = { vi: '052090000011', en: '064192000012' }

/** A report by somebody who cannot log in, handled by an administrator, followed by number. */
async function reportedProblem(t: TestContext, lang: Lang, scripts: boolean): Promise<void> {
  const place = await country()
  const [who, admin] = await Promise.all([visitor(t, { lang, scripts, width: 390 }), officer(t, place, 'quantri.quocgia', 'national', { lang, scripts })])
  await open(who, place.at('national', '/bao-loi-tai-khoan'))
  await look(who)
  await press(who, who.t('identity.life.problem.send'))
  await who.page.locator('.govuk-error-summary').waitFor()
  await look(who, 400)
  await who.page.locator('[name=kind][value=log-in]').check()
  await who.page.locator('[name=words]').fill('Không nhận được mã xác nhận từ sáng nay')
  await who.page.locator('[name=contact]').fill('0912345671')
  await press(who, who.t('identity.life.problem.send'))
  await who.page.getByRole('heading', { level: 1, name: who.t('identity.life.problem.made') }).waitFor()
  await look(who)
  const reference = new URL(who.page.url()).searchParams.get('ma')!
  await open(admin, place.at('national', '/admin/account-problems'))
  await look(admin)
  await admin.page.getByRole('link', { name: reference }).click()
  await admin.page.locator('[name=parties]').waitFor()
  await look(admin)
  await press(admin, admin.t('identity.life.problem.take'))
  await admin.page.getByText(admin.t('identity.life.problem.done.taken')).waitFor()
  await admin.page.locator('[name=parties]').fill('Nhà mạng')
  await press(admin, admin.t('identity.life.problem.parties.button'))
  await admin.page.getByText(admin.t('identity.life.problem.done.informed')).waitFor()
  await admin.page.locator('summary').filter({ hasText: admin.t('identity.life.problem.close') }).click()
  await admin.page.locator('[name=outcome][value=corrected]').check()
  await admin.page.locator('[name=answer]').fill('Đã mở lại đầu số gửi tin.')
  await press(admin, admin.t('identity.life.problem.close.button'))
  await admin.page.getByText(admin.t('identity.life.problem.done.closed')).waitFor()
  await who.page.reload()
  await who.page.getByText(who.t('identity.life.problem.state.closed'), { exact: true }).waitFor()
}

/** The pages of the account: consents given and taken back, a copy, a code, a deletion asked for and called back. */
async function account(t: TestContext, lang: Lang, scripts: boolean): Promise<void> {
  const place = await country()
  const who = await visitor(t, { lang, scripts, width: lang === 'vi' ? 390 : 1280 })
  const { page } = who
  assert.ok(findCitizen(people[lang]))
  await logInAsCitizen(who, place, people[lang])
  await look(who)
  await open(who, place.at('national', '/tai-khoan/dong-y'))
  await page.getByRole('button', { name: who.t('identity.life.consent.give') }).first().click()
  await page.getByText(who.t('identity.life.consent.done.given')).waitFor()
  await look(who)
  await page.getByRole('link', { name: who.t('identity.life.consent.withdraw') }).first().click()
  await page.getByRole('heading', { level: 1, name: who.t('identity.life.consent.withdraw.title') }).waitFor()
  await look(who)
  await press(who, who.t('identity.life.consent.withdraw'))
  await page.getByText(who.t('identity.life.consent.done.withdrawn')).waitFor()
  await open(who, place.at('national', '/tai-khoan/du-lieu'))
  await look(who)
  await press(who, who.t('identity.life.data.ask'))
  for (const deadline = Date.now() + 15_000; (await page.getByRole('link', { name: who.t('identity.life.data.download') }).count()) === 0; await page.waitForTimeout(300)) {
    assert.ok(Date.now() < deadline, 'the copy is made')
    await page.reload()
  }
  await look(who)
  await open(who, place.at('national', '/tai-khoan/ma-ca-nhan'))
  await press(who, who.t('identity.life.code.make'))
  await page.getByAltText(who.t('identity.life.code.picture')).waitFor()
  await look(who)
  await open(who, place.at('national', '/tai-khoan/xoa-tai-khoan'))
  await look(who)
  await press(who, who.t('identity.life.deletion.ask'))
  await page.locator('.govuk-error-summary').waitFor()
  await page.locator('[name=sure]').check()
  await press(who, who.t('identity.life.deletion.ask'))
  await page.getByText(who.t('identity.life.request.sent')).waitFor()
  await look(who)
  await page.getByRole('button', { name: who.t('identity.life.request.cancel') }).first().click()
  await page.getByText(who.t('identity.life.request.cancelled')).waitFor()
  for (const path of ['/tai-khoan/ai-da-xem', '/dieu-khoan', '/phan-doi-doi-so', '/tai-khoan/du-lieu/in']) {
    await open(who, place.at('national', path))
    await look(who)
  }
}

test('in Vietnamese, without scripts: a problem is reported and answered, and an account is looked after', async (t) => {
  await reportedProblem(t, 'vi', false)
  await account(t, 'vi', false)
})

test('in English, with scripts: the same, and axe finds nothing', async (t) => {
  await reportedProblem(t, 'en', true)
  await account(t, 'en', true)
  const place = await country()
  const [desk, office] = await Promise.all([officer(t, place, 'motcua.pleiku', 'province', { lang: 'en' }), officer(t, place, 'quantri.quocgia', 'national', { lang: 'en' })])
  await open(desk, place.at('province', '/desk/account-recoveries'))
  await look(desk)
  await press(desk, desk.t('identity.life.recovery.start'))
  await desk.page.locator('.govuk-error-summary').waitFor()
  await assertAccessible(desk.page)
  await open(office, place.at('national', '/admin/data-requests'))
  await office.page.locator('tbody a').first().click()
  await look(office)
})
