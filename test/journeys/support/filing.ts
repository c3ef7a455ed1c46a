import assert from 'node:assert/strict'
import { compileForm, bodyOfPage, sampleAnswers, sampleFiles, shippedDefinitions, type Answers, type Form, type Page } from '../../../src/modules/forms/index.ts'
import { civilDate } from '../../../src/platform/i18n.ts'
import type { DemoCitizen } from '../../../src/stand-ins/demo-people.ts'
import { look, type Visitor } from './browser.ts'

/** Which form belongs to which procedure. */
const formKeys = {
  '3.000347': 'driving-licence-exchange', '1.001193': 'birth-registration', '1.001612': 'household-business', '1.000656': 'death-registration', '1.000894': 'marriage-registration', '1.004873': 'marital-status',
  '1.004222': 'permanent-residence', '1.004194': 'temporary-residence', '2.001610': 'private-enterprise', '1.013225': 'building-permit', '2.000815': 'certified-copy', '1.002759': 'health-insurance-card',
} as const
export type ProcedureCode = keyof typeof formKeys
/** Those that run from the search to the signed result. */
export type WholeStory = '3.000347' | '1.001193' | '1.001612'

export interface Case { form: Form; answers: Answers }

/** Form and valid answers for a citizen; everything happens in one commune, so that its officers are competent. */
export function caseOf(procedure: ProcedureCode, citizen: DemoCitizen, commune: string, seed: number): Case {
  return caseOfForm(formKeys[procedure], citizen, commune, seed)
}

/** The same for a form by its key; `more` fixes further answers. */
export function caseOfForm(key: string, citizen: DemoCitizen, commune: string, seed: number, more: Answers = {}): Case {
  const definition = shippedDefinitions.find((d) => d.key === key)!
  const form = compileForm(definition)
  const { name, citizenId, birthDate, sex, phone } = definition.applicant
  const known: [string | undefined, string][] = [[name, citizen.fullName], [citizenId, citizen.idNumber], [birthDate, citizen.birthDate], [sex, citizen.sex], [phone, citizen.phone]]
  // A class of the time before 2025: the desk has to find the one that it becomes.
  // A death of the time before 2025 would have happened in a commune of another name.
  const fixed = { licenceClass: 'B2', deathDate: civilDate(new Date(Date.now() - 30 * 86_400_000)), ...Object.fromEntries(known.flatMap(([field, value]) => (field ? [[field, value]] : []))), ...more }
  return { form, answers: sampleAnswers(form, seed, { fixed, communes: [{ code: commune, province: '52' }] }) }
}

/** Answers page after page until the answers are to be checked. */
export async function answerForm(who: Visitor, { form, answers }: Case): Promise<Page[]> {
  const answered: Page[] = []
  while (!new URL(who.page.url()).pathname.endsWith('/kiem-tra')) {
    const path = new URL(who.page.url()).pathname.split('/trang/')[1]
    const page = form.pages.find((p) => p.page.path === path)?.page
    assert.ok(page && !answered.includes(page), `goes on after ${answered.at(-1)?.path}; now at ${who.page.url()}`)
    await who.page.getByRole('heading', { level: 1, name: page.title[who.lang] }).waitFor()
    await look(who)
    await answerPage(who, form, page, answers)
    answered.push(page)
  }
  return answered
}

/** Fills in one page as a person would, whatever kinds of boxes it has, and goes on. */
export async function answerPage(who: Visitor, form: Form, page: Page, answers: Answers): Promise<void> {
  const body = bodyOfPage(form, page, answers)
  for (const [name, value] of body.filter(([n]) => n.endsWith('-count'))) await addEntries(who, name.slice(0, -'-count'.length), Number(value))
  for (const [name, value] of body.filter(([n]) => n.endsWith('-province'))) await chooseProvince(who, name, value)
  for (const [name, value] of body) await fill(who, name, value)
  for (const field of page.fields) {
    if (field.type !== 'file' || answers[field.id] === undefined) continue
    const { name, bytes, type } = sampleFiles[field.accept[0]!]
    await who.page.locator(`[name="${field.id}"]`).setInputFiles({ name, mimeType: type, buffer: bytes })
  }
  await press(who, who.t('forms.page.continue'))
}

async function fill(who: Visitor, name: string, value: string): Promise<void> {
  const boxes = who.page.locator(`[name="${name}"]`)
  const kind = await boxes.first().evaluate((e) => (e.tagName === 'INPUT' ? (e as HTMLInputElement).type : e.tagName.toLowerCase()))
  if (kind === 'hidden') return
  if (kind === 'select') await boxes.selectOption(value)
  else if (kind === 'radio' || kind === 'checkbox') await who.page.locator(`[name="${name}"][value="${value}"]`).check()
  else await boxes.fill(value)
}

/** A province other than the one whose communes are shown: chosen, and the button pressed. */
async function chooseProvince(who: Visitor, name: string, value: string): Promise<void> {
  const field = name.slice(0, -'-province'.length)
  if ((await who.page.locator(`[name="${field}-shown"][value="${value}"]`).count()) > 0) return
  await who.page.locator(`[name="${name}"]`).selectOption(value)
  await loaded(who, () => who.page.locator(`[value="units:${field}"]`).click())
}

async function addEntries(who: Visitor, group: string, wanted: number): Promise<void> {
  const count = async (): Promise<number> => Number(await who.page.locator(`[name="${group}-count"]`).getAttribute('value'))
  while ((await count()) < wanted) await loaded(who, () => who.page.locator(`#${group}-add`).click())
}

/** Presses a button and waits for the page that answers. */
export async function press(who: Visitor, name: string): Promise<void> {
  await loaded(who, () => who.page.getByRole('button', { name, exact: true }).click())
}

/** Waits until an action has brought a new document. */
export async function loaded(who: Visitor, action: () => Promise<unknown>): Promise<void> {
  await Promise.all([who.page.waitForEvent('domcontentloaded'), action()])
}
