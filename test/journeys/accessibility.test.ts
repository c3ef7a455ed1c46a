import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { nodeSlugs, type NodeSlug } from '../../src/nodes.ts'
import type { Lang } from '../../src/platform/i18n.ts'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { fileByApi } from './support/api.ts'
import { assertAccessible, logInAsCitizen, look, officer, open, visitor, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { answerPage, caseOf, press, type ProcedureCode } from './support/filing.ts'
import { plainCitizen } from './support/plain-browser.ts'

const people: Record<Lang, string> = { vi: '064188000014', en: '064192000012' }

/** Opens pages and looks them over. */
async function visit(who: Visitor, place: JourneyCountry, node: NodeSlug, pages: readonly (readonly [path: string, status?: number])[]): Promise<void> {
  for (const [path, status = 200] of pages) {
    const shown = new Promise<number>((done) => who.page.once('response', (r) => done(r.status())))
    await open(who, place.at(node, path))
    if (status !== 200) assert.equal(await shown, status, path)
    await look(who, status)
  }
}

async function publicPages(who: Visitor, place: JourneyCountry): Promise<void> {
  for (const node of nodeSlugs) {
    await open(who, place.at(node))
    await assertAccessible(who.page)
  }
  await visit(who, place, 'national', [['/thu-tuc'], ['/thu-tuc/1.001193'], ['/thu-tuc/1.001193/phien-ban/1'], ['/thong-tin'], ['/so-lieu'], ['/kiem-tra-van-ban'], ['/don-vi-hanh-chinh?q=00004&ngay=2025-06-30'], ['/tra-cuu'], ['/nop-ho-so/3.000347'], ['/dang-nhap'], ['/dang-ky'], ['/khong-co-trang-nay', 404], ['/thu-tuc/9.999999', 404], ['/tra-cuu?ma=abc', 400], ['/dev/components'], ['/dev/errors/birth-registration']])
  for (const path of ['/thu-tuc?q=zzzzqqqq', '/thu-tuc?q=khai+sinh&cap=commune', '/tra-cuu?ma=H21.101-990101-0001']) {
    await open(who, place.at('national', path))
    await assertAccessible(who.page)
  }
}

/** Pages that were filled in wrongly. */
async function wrongLogIns(who: Visitor, place: JourneyCountry): Promise<void> {
  const { page, t } = who
  for (const [path, button] of [['/dang-nhap', 'identity.log_in.send_code'], ['/dang-ky', 'identity.register.continue'], ['/kiem-tra-van-ban', 'documents.verify.button'], ['/desk/login', 'identity.officer.continue']] as const) {
    await open(who, place.at('national', path))
    await press(who, t(button))
    await page.locator('.govuk-error-summary').waitFor()
    await look(who, 400)
  }
  await page.locator('[name=login]').fill('nobody')
  await page.locator('[name=password]').fill('wrong')
  await press(who, t('identity.officer.continue'))
  await page.locator('.govuk-error-summary').waitFor()
  await assertAccessible(page)
  await open(who, place.at('national', '/dang-nhap'))
  await page.getByLabel(t('identity.field.idNumber')).fill(people[who.lang])
  await press(who, t('identity.log_in.send_code'))
  await look(who)
  await page.getByLabel(t('identity.field.code')).fill('1')
  await press(who, t('identity.code.confirm'))
  await look(who, 400)
}

/** Every page of a form sent as it is first, with its mistakes looked over, then answered. */
async function formWithMistakes(who: Visitor, place: JourneyCountry, procedure: ProcedureCode): Promise<void> {
  const { page, t } = who
  const { form, answers } = caseOf(procedure, findCitizen(people[who.lang])!, '23575', 3)
  await open(who, place.at('province', `/nop-ho-so/${procedure}`))
  await press(who, t('dossiers.start.begin'))
  for (let path = ''; !page.url().includes('/kiem-tra');) {
    path = new URL(page.url()).pathname
    await press(who, t('forms.page.continue'))
    if (new URL(page.url()).pathname !== path) continue
    await look(who, 400)
    await answerPage(who, form, form.pages.find((p) => path.endsWith(`/${p.page.path}`))!.page, answers)
  }
  await look(who)
  if ((await page.locator('[name=returnWay]').count()) > 0) {
    await press(who, t('dossiers.check.submit'))
    await look(who, 400)
  }
}

async function deskPages(t: TestContext, place: JourneyCountry, lang: Lang): Promise<void> {
  const id = await fileByApi(place, await plainCitizen(place, people[lang], 'province'), { communes: ['23575'] })
  const who = await officer(t, place, 'motcua.pleiku', 'province', { lang })
  await visit(who, place, 'province', [['/desk'], [`/desk/dossiers/${id}`], ['/admin/exchange', 403], ['/desk/dossiers/01900000-0000-7000-8000-000000000000', 404]])
  for (const view of ['tasks', 'incoming', 'all']) {
    await open(who, place.at('province', `/desk?view=${view}`))
    await assertAccessible(who.page)
  }
  await open(who, place.at('province', `/desk/dossiers/${id}`))
  for (const [summary, button] of [['dossiers.desk.askSupplement', 'dossiers.desk.askSupplementButton'], ['dossiers.desk.refuse', 'dossiers.desk.refuseButton']] as const) {
    await who.page.locator('summary').filter({ hasText: who.t(summary) }).click()
    await press(who, who.t(button))
    await who.page.locator('.govuk-error-summary').waitFor()
    await assertAccessible(who.page)
  }
  await visit(who, place, 'province', [[`/desk/dossiers/${id}/due-date`]])
  const second = await who.context.newPage()
  await second.goto(place.at('province', `/desk/dossiers/${id}`))
  await open(who, place.at('province', `/desk/dossiers/${id}`))
  for (const tab of [second, who.page]) {
    await tab.getByRole('button', { name: who.t('dossiers.desk.accept'), exact: true }).click()
    await tab.waitForURL(tab === second ? `**/${id}` : '**/accept')
  }
  await look(who, 409)
}

async function adminPages(t: TestContext, place: JourneyCountry, lang: Lang): Promise<void> {
  for (const [login, node] of [['quantri.gialai', 'province'], ['quantri.quocgia', 'national']] as const) {
    const who = await officer(t, place, login, node, { lang })
    await visit(who, place, node, [['/admin'], ['/admin/exchange'], ['/admin/followers'], ['/admin/calendar'], ['/admin/calendar/hours'], ['/admin/process-diagram'], ['/admin/warning-rules'], ['/admin/lists'], ['/admin/lists/payment-providers'], ['/admin/lists/payment-providers/new', 403]])
  }
  const editor = await officer(t, place, 'danhmuc.congan', 'national', { lang })
  await visit(editor, place, 'national', [['/admin/forms'], ['/admin/forms/new'], ['/admin/lists/agencies?q=canh+sat&sort=nameVi'], ['/admin/lists/agencies/new'], ['/admin/lists/agencies/import'], ['/admin/lists/agencies/entries/G01.08/adjust'], ['/admin/lists/agencies/entries/G01.08/disable'], ['/admin/lists/agencies/entries/G01.08'], ['/admin/decisions'], ['/admin/decisions/new'], ['/admin/localisations']])
  const office = await officer(t, place, 'quantri.quocgia', 'national', { lang })
  await visit(office, place, 'national', [['/admin/services'], ['/admin/services/propose'], ['/admin/services/offers/1.001193'], ['/admin/catalogue-sync'], ['/admin/portal-clients'], ['/admin/questions'], ['/admin/quality-of-data'], ['/admin/reports']])
}

describe('axe finds nothing', { concurrency: 2 }, () => {
  for (const lang of ['vi', 'en'] as const) {
    test(`on public pages, log-ins, forms with mistakes, the desk, the administration and failures, in ${lang}`, async (t) => {
      const place = await country()
      const who = await visitor(t, { lang, width: lang === 'vi' ? 1280 : 390 })
      await publicPages(who, place)
      await wrongLogIns(who, place)
      await logInAsCitizen(who, place, people[lang], 'province', '/ho-so')
      await visit(who, place, 'province', [['/ho-so'], ['/hop-thu'], ['/tai-khoan']])
      for (const procedure of ['3.000347', '1.001193', '1.001612'] as const) await formWithMistakes(who, place, procedure)
      await visit(who, place, 'province', [['/ho-so'], ['/nop-ho-so/3.000347']])
      await deskPages(t, place, lang)
      await adminPages(t, place, lang)
    })
  }
})
