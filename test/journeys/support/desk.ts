import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { NodeSlug } from '../../../src/nodes.ts'
import { look, officer, open, type Visitor, type VisitorOptions } from './browser.ts'
import type { JourneyCountry } from './country.ts'
import { loaded, press } from './filing.ts'

export interface Desk { node: NodeSlug; oneStop: Visitor; specialist: Visitor; leader: Visitor }

/** The three officers of an agency, each at a browser: `suffix` as in motcua.pleiku, chuyenmon.pleiku, lanhdao.pleiku. */
export async function deskOf(t: TestContext, place: JourneyCountry, node: NodeSlug, suffix: string, options: VisitorOptions): Promise<Desk> {
  const [oneStop, specialist, leader] = await Promise.all(['motcua', 'chuyenmon', 'lanhdao'].map((who) => officer(t, place, `${who}.${suffix}`, node, options)))
  return { node, oneStop: oneStop!, specialist: specialist!, leader: leader! }
}

/** Finds a new dossier among those that wait for reception, accepts it; its code. */
export async function accept(place: JourneyCountry, { node, oneStop }: Desk, reference: string): Promise<{ id: string; code: string }> {
  const { page, t } = oneStop
  const link = page.getByRole('link', { name: reference, exact: true })
  for (const deadline = Date.now() + 15_000; ; await page.waitForTimeout(200)) {
    await open(oneStop, place.at(node, '/desk?view=incoming'))
    if ((await link.count()) > 0) break
    assert.ok(Date.now() < deadline, `${reference} reaches the desk`)
  }
  await look(oneStop)
  await loaded(oneStop, () => link.click())
  await look(oneStop)
  await press(oneStop, t('dossiers.desk.accept'))
  await page.getByText(t('dossiers.state.received'), { exact: true }).first().waitFor()
  const heading = await page.getByRole('heading', { level: 1 }).innerText()
  const code = /[A-Z]\d\d(?:\.\d+)*-\d{6}-\d{4,}/.exec(heading)?.[0]
  assert.ok(code, heading)
  return { id: page.url().split('/').at(-1)!, code }
}

/** Whoever has an open step does it, until the result is handed over, or until it is the turn of `until`. Returns who did what. */
export async function handle(place: JourneyCountry, desk: Desk, id: string, { until }: { until?: Role } = {}): Promise<string[]> {
  const done: string[] = []
  const address = place.at(desk.node, `/desk/dossiers/${id}`)
  for (let role: Role | undefined = 'oneStop', last; role && role !== last; role = await roleToAct(desk[last], address)) {
    if (role === until) return done
    last = role
    await open(desk[last], address)
    while (await doStep(desk[last], (step) => done.push(`${last}: ${step}`)));
    if ((await desk[last].page.getByRole('heading', { level: 1 }).innerText()).includes(desk[last].t('dossiers.state.returned'))) return done
  }
  throw new Error(`nobody can go on with ${address} after ${done.join('; ')}`)
}

type Role = 'oneStop' | 'specialist' | 'leader'

/** Whose step is the current one, as the list beside the diagram says. */
async function roleToAct(who: Visitor, address: string): Promise<Role | undefined> {
  const { page, t } = who
  const row = page.getByRole('row').filter({ hasText: t('process.diagram.state.current') }).first()
  const words: Record<Role, string> = { oneStop: t('process.role.one-stop'), specialist: t('process.role.specialist'), leader: t('process.role.leader') }
  const found = async (): Promise<Role | undefined> => {
    const current = (await row.count()) > 0 ? await row.innerText() : ''
    return (Object.keys(words) as Role[]).find((role) => current.includes(words[role]))
  }
  // What a person answered at another node, or a step that needs nobody, may take a moment.
  for (const deadline = Date.now() + 30_000; ; await page.waitForTimeout(500)) {
    const role = await found()
    if (role) return role
    assert.ok(Date.now() < deadline, `no step is current: ${page.url()} ${(await page.locator('main').innerText()).slice(0, 500)}`)
    await open(who, address)
  }
}

/** The first open step on the page, with the first outcome offered. False when there is none for this officer. */
async function doStep(who: Visitor, note: (step: string) => void): Promise<boolean> {
  const { page, t } = who
  const form = page.locator('form[action*="/tasks/"]').first()
  if ((await form.count()) === 0) return false
  const step = await form.getByRole('heading', { level: 2 }).innerText()
  const current = page.getByRole('row').filter({ hasText: t('process.diagram.state.current') }).filter({ hasText: step })
  assert.ok((await current.count()) > 0, `the diagram's list marks "${step}" as the current step`)
  assert.ok((await page.locator('svg[role=img]').count()) > 0, 'the diagram is drawn')
  await look(who)
  const outcomes = form.locator('[name=outcome]')
  if ((await outcomes.count()) > 0) await outcomes.first().check()
  await form.locator('[name=note]').fill('Đã xem.')
  // What only the officer knows: the number that the tax system gives an enterprise.
  for (const box of await form.locator('[name=enterpriseCode]').all()) await box.fill('5900000019')
  const action = await form.getAttribute('action')
  await loaded(who, () => form.getByRole('button').click())
  const mistakes = await page.locator('.govuk-error-summary').allInnerTexts()
  assert.equal(await page.locator(`form[action="${action}"]`).count(), 0, `"${step}" is done; ${mistakes.join()}`)
  note(step)
  return true
}

/** One of the officers asks for something more. */
export async function askSupplement(who: Visitor, address: string, reason: string): Promise<void> {
  const { page, t } = who
  await open(who, address)
  await page.locator('summary').filter({ hasText: t('dossiers.desk.askSupplement') }).click()
  await page.locator('[name=items]').first().check()
  await page.locator('[name=supplementReason]').fill(reason)
  await press(who, t('dossiers.desk.askSupplementButton'))
  await page.getByText(t('dossiers.state.supplement-required'), { exact: true }).first().waitFor()
  await look(who)
}
