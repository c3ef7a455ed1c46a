/**
 * Takes the pictures of the README: a country of its own, some filings, a dossier half way. Run:
 * node --import tsx --test --test-isolation=none --test-force-exit scripts/docs/pictures.ts
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { root } from '../../src/platform/root.ts'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { open, visitor, type Visitor } from '../../test/journeys/support/browser.ts'
import { beginFiling, reloadUntil, submitTwice } from '../../test/journeys/support/citizen.ts'
import { country, type JourneyCountry } from '../../test/journeys/support/country.ts'
import { accept, deskOf, type Desk } from '../../test/journeys/support/desk.ts'
import { answerForm, caseOf, type ProcedureCode } from '../../test/journeys/support/filing.ts'
import { download } from '../../test/journeys/support/paper.ts'

const folder = join(root, 'docs/pictures')

test('pictures', async (t) => {
  mkdirSync(folder, { recursive: true })
  const place = await country()
  const desk = await deskOf(t, place, 'province', 'pleiku', { lang: 'vi' })
  const first = await file(t, place, '1.001193', '052090000011')
  const { id } = await accept(place, desk, first.reference)
  await reception(place, desk, [await file(t, place, '1.001612', '064188000014'), await file(t, place, '1.001193', '064192000012')])
  await file(t, place, '3.000347', '064085000013')
  await takeDesk(place, desk, id)
  await takePublic(t, place)
  await takeSlip(first.who, place, first.id)
})

async function file(t: TestContext, place: JourneyCountry, procedure: ProcedureCode, idNumber: string): Promise<{ who: Visitor; reference: string; id: string }> {
  const who = await visitor(t, { lang: 'vi' })
  const citizen = findCitizen(idNumber)!
  await open(who, place.at('national', `/nop-ho-so/${procedure}`))
  await beginFiling(who, place, 'national', procedure, citizen)
  if (procedure === '1.001612') await take(who.page, 'filing')
  await answerForm(who, caseOf(procedure, citizen, '23575', Number(idNumber.slice(-2))))
  return { who, ...(await submitTwice(who)) }
}

async function reception(place: JourneyCountry, desk: Desk, filed: readonly { reference: string }[]): Promise<void> {
  for (const { reference } of filed) await accept(place, desk, reference)
}

/** The officer's page of a dossier after the first step, at the width of an office screen. */
async function takeDesk(place: JourneyCountry, { oneStop, specialist }: Desk, id: string): Promise<void> {
  await open(oneStop, place.at('province', `/desk/dossiers/${id}`))
  const step = oneStop.page.locator('form[action*="/tasks/"]').first()
  if ((await step.count()) > 0) {
    if ((await step.locator('[name=outcome]').count()) > 0) await step.locator('[name=outcome]').first().check()
    await step.getByRole('button').click()
  }
  await open(specialist, place.at('province', `/desk/dossiers/${id}`))
  await specialist.page.setViewportSize({ width: 1280, height: 900 })
  await take(specialist.page, 'desk')
}

async function takePublic(t: TestContext, place: JourneyCountry): Promise<void> {
  const who = await visitor(t, { lang: 'vi' })
  await open(who, place.at('national', '/so-lieu'))
  await reloadUntil(who, '4')
  await take(who.page, 'figures')
  await open(who, place.at('national', '/thu-tuc/1.001193'))
  await take(who.page, 'procedure')
  await open(who, place.at('national'))
  await take(who.page, 'home')
}

/** The appointment slip as its reader sees it: the first page of the PDF. */
async function takeSlip(who: Visitor, place: JourneyCountry, id: string): Promise<void> {
  await open(who, place.at('national', `/ho-so/${id}`))
  await reloadUntil(who, who.t('dossiers.paper.appointment-slip'))
  const link = await who.page.locator('main a[href*="/giay-to/"]').first().getAttribute('href')
  const temporary = mkdtempSync(join(tmpdir(), 'motcua-slip-'))
  try {
    writeFileSync(join(temporary, 'slip.pdf'), await download(who, link!))
    const made = spawnSync('pdftoppm', ['-png', '-r', '80', '-f', '1', '-singlefile', join(temporary, 'slip.pdf'), join(folder, 'slip')])
    if (made.status !== 0) throw new Error(String(made.stderr))
    report('slip')
  } finally {
    rmSync(temporary, { recursive: true })
  }
}

async function take(page: Page, name: string): Promise<void> {
  if (name !== 'desk') await page.setViewportSize({ width: 1120, height: 760 })
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {})
  await page.screenshot({ path: join(folder, `${name}.png`), scale: 'css' })
  report(name)
}

const report = (name: string): void => console.log(`${name}.png: ${Math.round(statSync(join(folder, `${name}.png`)).size / 1024)} kB`)
