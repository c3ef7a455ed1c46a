import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { NodeSlug } from '../../src/nodes.ts'
import { civilDate } from '../../src/platform/i18n.ts'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { look, open, visitor, type Visitor, type VisitorOptions } from './support/browser.ts'
import { beginFiling } from './support/citizen.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { accept, deskOf, handle, type Desk } from './support/desk.ts'
import { answerForm, caseOfForm, loaded, press } from './support/filing.ts'
import { download, signaturesBy } from './support/paper.ts'

interface Plan { code: string; form: string; citizen: string; portal: 'national' | 'province'; lang: 'vi' | 'en'; width: number; /** Who decides each part, in their order: the node and the end of its officers' log-ins. */ desks: [name: { vi: string; en: string }, NodeSlug, string][]; fixed: Record<string, unknown>; /** The part that is refused once and filed again. */ refused?: string }

const yesterday = civilDate(new Date(Date.now() - 5 * 86_400_000))
const plans: readonly Plan[] = [
  {
    code: '2.000986', form: 'linked-birth', citizen: '052194000047', portal: 'national', lang: 'vi', width: 390, fixed: { childBirthDate: yesterday, evidence: 'paper', linked: 'yes' }, refused: 'Đăng ký thường trú',
    desks: [[{ vi: 'Đăng ký khai sinh', en: 'Birth registration' }, 'province', 'pleiku'], [{ vi: 'Đăng ký thường trú', en: 'Permanent residence' }, 'public-security', 'caxa'], [{ vi: 'Cấp thẻ bảo hiểm y tế', en: 'Health-insurance card' }, 'social-insurance', 'baohiem']],
  },
  {
    code: '2.002622', form: 'linked-death', citizen: '064091000048', portal: 'province', lang: 'en', width: 1280, fixed: { lastResidenceKnown: 'yes', payWay: 'account' },
    desks: [[{ vi: 'Đăng ký khai tử', en: 'Death registration' }, 'province', 'pleiku'], [{ vi: 'Xóa đăng ký thường trú', en: 'Removal of permanent residence' }, 'public-security', 'caxa'], [{ vi: 'Hỗ trợ chi phí mai táng', en: 'Funeral support' }, 'province', 'pleiku']],
  },
  {
    code: '9.000005', form: 'linked-wage-loan', citizen: '052088000049', portal: 'national', lang: 'vi', width: 1280, fixed: { union: 'yes' },
    desks: [[{ vi: 'Xác nhận của bảo hiểm xã hội', en: 'Confirmation by the insurer' }, 'social-insurance', 'baohiem'], [{ vi: 'Thẩm định', en: 'Appraisal' }, 'province', 'pleiku'], [{ vi: 'Quyết định của tỉnh', en: 'Decision of the province' }, 'province', 'ubtinh'], [{ vi: 'Cho vay', en: 'The loan' }, 'province', 'nganhang']],
  },
]

describe('linked groups, filed once and followed on one page, without scripts', { concurrency: 1 }, () => {
  for (const plan of plans) test(`${plan.code} at the ${plan.portal} portal, in ${plan.lang} at ${plan.width} px`, { timeout: 400_000 }, async (t) => walk(t, await country(), plan))
})

async function walk(t: TestContext, place: JourneyCountry, plan: Plan): Promise<void> {
  const options: VisitorOptions = { lang: plan.lang, scripts: false, axe: true, width: plan.width }
  const who = await visitor(t, options)
  const citizen = findCitizen(plan.citizen)!
  await open(who, place.at(plan.portal, `/thu-tuc/${plan.code}`))
  await look(who)
  await open(who, place.at(plan.portal, `/nop-ho-so/${plan.code}`))
  await beginFiling(who, place, plan.portal, plan.code, citizen)
  await answerForm(who, caseOfForm(plan.form, citizen, '23575', 3, plan.fixed))
  const id = await submitGroup(who)
  const desks = new Map<string, Desk>()
  for (const [name, node, suffix] of plan.desks) {
    const first = await referenceOf(who, place, plan, id, name[plan.lang])
    await look(who)
    const desk = desks.get(suffix) ?? await deskOf(t, place, node, suffix, options)
    desks.set(suffix, desk)
    const reference = name.vi === plan.refused ? await refusedAndFiledAgain(who, place, plan, desk, { id, reference: first, part: name[plan.lang] }) : first
    const child = await accept(place, desk, reference)
    await desk.oneStop.page.getByText(desk.oneStop.t('dossiers.linked.desk.open', { name: '' }).trim().replace(/:$/, '')).first().waitFor()
    t.diagnostic(`${name.vi}: ${child.code}: ${(await handle(place, desk, child.id)).join(' → ')}`)
    await fits(desk.oneStop, plan.width)
  }
  await reloadUntil(who, place.at(plan.portal, `/ho-so-lien-thong/${id}`), who.t('dossiers.linked.state.done'))
  await look(who)
  await fits(who, plan.width)
  const links = await who.page.locator('main a[href*="/giay-to/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')!))
  assert.equal(links.length, plan.desks.length, 'every part has its result')
  for (const link of links) assert.equal(await signaturesBy(await download(who, link)), 2, 'signed and sealed')
  await open(who, place.at(plan.portal, '/ho-so'))
  await who.page.locator(`a[href="/ho-so-lien-thong/${id}"]`).waitFor()
  await look(who)
}

/** The desk refuses, the person reads why and files the part again with what was missing; the reference of the new dossier. */
async function refusedAndFiledAgain(who: Visitor, place: JourneyCountry, plan: Plan, desk: Desk, of: { id: string; reference: string; part: string }): Promise<string> {
  const { page, t } = desk.oneStop
  for (const deadline = Date.now() + 30_000; ; await page.waitForTimeout(300)) {
    await open(desk.oneStop, place.at(desk.node, '/desk?view=incoming'))
    if ((await page.getByRole('link', { name: of.reference, exact: true }).count()) > 0) break
    assert.ok(Date.now() < deadline, `${of.reference} reaches the desk`)
  }
  await loaded(desk.oneStop, () => page.getByRole('link', { name: of.reference, exact: true }).click())
  await page.locator('summary').filter({ hasText: t('dossiers.desk.refuse') }).click()
  await page.locator('[name=refuseReason]').fill('Chưa có ý kiến của chủ hộ.')
  await press(desk.oneStop, t('dossiers.desk.refuseButton'))
  const address = place.at(plan.portal, `/ho-so-lien-thong/${of.id}`)
  await reloadUntil(who, address, who.t('dossiers.linked.status.refused-waits'))
  await who.page.getByText('Chưa có ý kiến của chủ hộ.').first().waitFor()
  await look(who)
  const again = { name: who.t('dossiers.linked.again.button', { part: of.part }) }
  await who.page.locator('summary').filter({ hasText: who.t('dossiers.linked.again.open', { part: of.part }) }).first().click()
  await loaded(who, () => who.page.getByRole('button', again).click())
  await who.page.getByRole('link', { name: who.t('dossiers.linked.again.noteMissing') }).waitFor()
  await look(who, 400)
  await who.page.locator('[name=note]').fill('Gửi kèm ý kiến đồng ý của chủ hộ.')
  await loaded(who, () => who.page.getByRole('button', again).click())
  for (const deadline = Date.now() + 60_000; ;) {
    const reference = await referenceOf(who, place, plan, of.id, of.part)
    if (reference !== of.reference) return reference
    assert.ok(Date.now() < deadline, 'filed again')
  }
}

/** All fees stand together; pressed twice it is one filing. */
async function submitGroup(who: Visitor): Promise<string> {
  const { page, t } = who
  await page.getByText(t('dossiers.linked.fees')).first().waitFor()
  await look(who)
  for (const box of await page.locator('[name=returnWay][value=online], [name=confirmed]').all()) await box.check()
  const again = await who.context.newPage()
  await again.goto(page.url())
  for (const box of await again.locator('[name=returnWay][value=online], [name=confirmed]').all()) await box.check()
  await press(who, t('dossiers.check.submit'))
  await page.waitForURL('**/ho-so-lien-thong/**')
  await again.getByRole('button', { name: t('dossiers.check.submit') }).click()
  await again.waitForURL('**/ho-so-lien-thong/**')
  assert.equal(again.url(), page.url(), 'in two tabs: one filing')
  await again.close()
  await look(who)
  return new URL(page.url()).pathname.split('/').at(-1)!
}

/** The reference of a part, once its turn has come. */
async function referenceOf(who: Visitor, place: JourneyCountry, plan: Plan, id: string, part: string): Promise<string> {
  const card = who.page.locator('.govuk-summary-card').filter({ has: who.page.getByRole('heading', { name: new RegExp(`^\\d\\. ${part}$`) }) })
  for (const deadline = Date.now() + 60_000; ; await who.page.waitForTimeout(300)) {
    await open(who, place.at(plan.portal, `/ho-so-lien-thong/${id}`))
    const found = /MC-[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(await card.innerText())?.[0]
    if (found) return found
    assert.ok(Date.now() < deadline, `${part} is filed: ${await who.page.locator('main').innerText()}`)
  }
}

async function reloadUntil(who: Visitor, address: string, words: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await who.page.waitForTimeout(300)) {
    await open(who, address)
    if ((await who.page.locator('main').getByText(words, { exact: true }).count()) > 0) return
    assert.ok(Date.now() < deadline, `"${words}" appears: ${(await who.page.locator('main').innerText()).slice(0, 1500)}`)
  }
}

/** Nothing of the page lies beyond its edge. */
async function fits({ page }: Visitor, width: number): Promise<void> {
  const needed = await page.locator('html').evaluate((html) => html.scrollWidth)
  assert.ok(needed <= width, `${page.url()} is ${needed} px wide`)
}
