import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Lang } from '../../../src/platform/i18n.ts'
import { findCitizen, type DemoCitizen } from '../../../src/stand-ins/demo-people.ts'
import { look, open, visitor, type Visitor } from './browser.ts'
import { beginFiling, findProcedure, reloadUntil, submitTwice } from './citizen.ts'
import type { JourneyCountry } from './country.ts'
import { accept, askSupplement, deskOf, handle, type Desk } from './desk.ts'
import { openBoard } from './figures.ts'
import { answerForm, caseOf, press, type WholeStory } from './filing.ts'
import { assertVerified, download, signaturesBy } from './paper.ts'

export interface Plan {
  procedure: WholeStory
  /** Where the citizen files. */
  portal: 'national' | 'province'
  lang: Lang
  scripts: boolean
  citizen: string
  /** Commune in which it happens. */
  commune: 'pleiku' | 'dienhong'
  /** The desk asks for something more on the way. */
  supplement: boolean
}

const communes = { pleiku: '23575', dienhong: '23563' } as const

/** One procedure from the search for it to the signed result in the citizen's hands. */
export async function story(t: TestContext, place: JourneyCountry, plan: Plan): Promise<void> {
  const { lang, scripts, portal, procedure } = plan
  const citizen = findCitizen(plan.citizen)!
  const atMinistry = procedure === '3.000347'
  const [who, watcher, desk] = await Promise.all([
    visitor(t, { lang, scripts, width: scripts ? 1280 : 390 }), visitor(t, { lang, scripts }),
    deskOf(t, place, atMinistry ? 'public-security' : 'province', atMinistry ? 'congan' : plan.commune, { lang, scripts }),
  ])
  const board = await openBoard(watcher, place, procedure)
  await findProcedure(who, place, portal, procedure)
  await beginFiling(who, place, portal, procedure, citizen)
  await answerForm(who, caseOf(procedure, citizen, communes[plan.commune], Number(plan.citizen.slice(-2))))
  const { reference, id } = await submitTwice(who)
  await board.moved('submitted', 1)

  const { code } = await accept(place, desk, reference)
  t.diagnostic(`the live page counted the reception after ${await board.moved('received', 1)} ms`)
  await showsState(who, place, portal, id, 'received', code)
  if (plan.supplement) await supplement(who, place, plan, desk, id)
  t.diagnostic((await handle(place, desk, id)).join(' → '))
  await board.moved('onTime', 1)
  await look(board.who)

  await hasResult(who, place, portal, { id, code })
  if (portal === 'province') await hasResult(who, place, 'national', { id, code })
  await assertToldBySms(place, citizen, code)
  await assertTrackedByCode(t, place, plan, citizen, code)
}

async function showsState(who: Visitor, place: JourneyCountry, node: 'national' | 'province', id: string, state: string, code: string): Promise<void> {
  await open(who, place.at(node, `/ho-so/${id}`))
  await reloadUntil(who, who.t(`dossiers.state.${state}`))
  await who.page.getByText(code).first().waitFor()
  await look(who)
}

/** The desk asks, the clock stands; the citizen answers with words and a file, the clock goes on. */
async function supplement(who: Visitor, place: JourneyCountry, plan: Plan, desk: Desk, id: string): Promise<void> {
  const { page, t } = who
  const reason = 'Bổ sung bản chụp rõ hơn, đủ bốn góc.'
  await askSupplement(desk.oneStop, place.at(desk.node, `/desk/dossiers/${id}`), reason)
  await page.goto(place.at(plan.portal, `/ho-so/${id}`))
  await reloadUntil(who, t('dossiers.supplement.asked'))
  await page.getByText(t('ui.deadline.paused')).first().waitFor()
  await page.getByText(reason).waitFor()
  await look(who)
  await page.getByRole('link', { name: t('dossiers.own.answer') }).click()
  await page.waitForURL('**/bo-sung')
  await look(who)
  await press(who, t('dossiers.supplement.send'))
  await page.getByRole('link', { name: t('dossiers.supplement.empty') }).waitFor()
  await look(who, 400)
  await page.getByLabel(t('dossiers.supplement.answer')).fill('Đã chụp lại, xin gửi kèm.')
  await page.locator('[name=files]').setInputFiles({ name: 'ban-chup.pdf', mimeType: 'application/pdf', buffer: (await import('../../../src/modules/forms/index.ts')).sampleFiles.pdf.bytes })
  await press(who, t('dossiers.supplement.send'))
  await reloadUntil(who, t('dossiers.event.supplemented'))
  assert.equal(await page.getByText(t('ui.deadline.paused')).count(), 0, 'the clock goes on')
  await look(who)
}

/** The dossier is among the person's own, with its history, and its result is a paper that holds. */
export async function hasResult(who: Visitor, place: JourneyCountry, node: 'national' | 'province', { id, code }: { id: string; code: string }): Promise<void> {
  const { page, t } = who
  await open(who, place.at(node, '/ho-so'))
  await reloadUntil(who, code)
  await look(who)
  assert.equal(await page.getByText(code, { exact: true }).count(), 1, 'the dossier is there once')
  await page.locator(`a[href="/ho-so/${id}"]`).first().click()
  await reloadUntil(who, t('dossiers.state.returned'))
  const history = page.getByRole('list', { name: t('dossiers.history') })
  for (const event of ['submitted', 'accepted', 'finished', 'returned']) await history.getByText(t(`dossiers.event.${event}`), { exact: true }).waitFor()
  const papers = page.locator('main a[href*="/giay-to/"]')
  await look(who)
  const links = await papers.evaluateAll((all) => all.map((a) => a.getAttribute('href')!))
  assert.ok(links.length >= 2, `slip and result: ${links.length}`)
  const pdfs = await Promise.all(links.map((link) => download(who, link)))
  const counts = await Promise.all(pdfs.map(signaturesBy))
  assert.ok(counts.includes(2), `the result is signed and sealed: ${counts.join()}`)
  await assertVerified(who, place, node, pdfs[counts.indexOf(2)]!)
}

async function assertToldBySms(place: JourneyCountry, citizen: DemoCitizen, code: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; ; await new Promise((done) => setTimeout(done, 200))) {
    const told = (await place.messagesTo(citizen.phone)).filter((m) => m.channel === 'sms' && m.text.includes(code))
    if (told.length >= 3) return
    assert.ok(Date.now() < deadline, `reception, result and return are told by SMS: ${told.map((m) => m.text).join(' | ')}`)
  }
}

/** Anyone with the code learns the code and how far it is, nothing else. */
async function assertTrackedByCode(t: TestContext, place: JourneyCountry, plan: Plan, citizen: DemoCitizen, code: string): Promise<void> {
  const anyone = await visitor(t, { lang: plan.lang, scripts: plan.scripts, width: 390 })
  await open(anyone, place.at(plan.portal, '/tra-cuu'))
  await look(anyone)
  await anyone.page.getByLabel(anyone.t('dossiers.track.code')).fill(code.toLowerCase())
  await press(anyone, anyone.t('dossiers.track.button'))
  await anyone.page.getByText(code).first().waitFor()
  await anyone.page.getByText('100%').waitFor()
  await look(anyone)
  const html = await anyone.page.content()
  for (const secret of [citizen.fullName, citizen.fullName.replaceAll("'", '&#39;'), citizen.idNumber, citizen.phone, plan.procedure, 'ho-so/0']) assert.ok(!html.includes(secret), `tracking says nothing of "${secret}"`)
}
