import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { look, officer, open, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { loaded, press } from './support/filing.ts'

const [writer, checker] = ['danhmuc.congan', 'duyet.congan'] as const
const tables = '/admin/decision-tables'

const word = (who: Visitor, key: string, params?: Record<string, string | number>): string => who.t(`decisions.${key}`, params)
const fill = (who: Visitor, name: string, value: string): Promise<void> => who.page.locator(`main [name="${name}"]`).first().fill(value)

/** A table of two rules and an example, with a slip in a cell on the way. */
async function writeTable(who: Visitor, place: JourneyCountry, key: string): Promise<void> {
  await open(who, place.at('national', tables))
  await look(who)
  await loaded(who, () => who.page.getByRole('link', { name: word(who, 'new') }).click())
  await press(who, word(who, 'new.button'))
  await look(who, 400)
  await fill(who, 'key', key)
  await fill(who, 'title-vi', 'Lệ phí thử')
  await fill(who, 'title-en', 'A fee to try')
  await press(who, word(who, 'new.button'))
  await look(who)
  for (const [name, value] of [['ground', 'Thông tư 1/2026'], ['in-0-name', 'tuổi'], ['in-0-label', 'Tuổi'], ['out-0-label', 'Lệ phí'], ['r-0-in-0', '< 18'], ['r-0-out-0', '(0']] as const) await fill(who, name, value)
  await who.page.locator('select[name=in-0-type]').selectOption('number')
  await press(who, word(who, 'add.rule'))
  await who.page.locator('#r-0-out-0-error').waitFor()
  await look(who)
  for (const [name, value] of [['r-0-out-0', '0'], ['r-1-in-0', '>= 18'], ['r-1-out-0', '50000']] as const) await fill(who, name, value)
  await press(who, word(who, 'add.example'))
  await fill(who, 'x-0-in-0', '20')
  await fill(who, 'x-0-out-0', '50000')
  await press(who, word(who, 'save'))
  await who.page.getByText(word(who, 'noProblems')).waitFor()
  await look(who)
}

describe('officers write a decision table', () => {
  test('cell by cell to an example that comes out; a second officer publishes; in Vietnamese, with scripts', async (t) => {
    const place = await country()
    const who = await officer(t, place, writer, 'national')
    await writeTable(who, place, 'le-phi-thu')
    await press(who, word(who, 'handOver'))
    await who.page.getByText(word(who, 'inCheck')).waitFor()
    await look(who)

    const second = await officer(t, place, checker, 'national')
    await open(second, place.at('national', `${tables}/le-phi-thu/draft`))
    await press(second, word(second, 'publish'))
    await look(second, 400)
    for (const [box, value] of Object.entries({ day: '1', month: '1', year: String(new Date().getFullYear() + 5) })) await fill(second, `firstDay-${box}`, value)
    await press(second, word(second, 'publish'))
    await second.page.getByText(word(second, 'done.published')).waitFor()
    await look(second)
    await loaded(second, () => second.page.getByRole('link', { name: word(second, 'versionOf', { version: 1 }) }).click())
    await look(second)
    await open(second, place.at('national', `${tables}/phi-chung-thuc-ban-sao`))
    await second.page.getByText(word(second, 'notOwn', { owner: 'Bộ Tài chính (G12)' })).waitFor()
    await look(second)
  })

  test('without scripts on a telephone, in English: written, sent back and given up', async (t) => {
    const place = await country()
    const who = await officer(t, place, writer, 'national', { lang: 'en', scripts: false, width: 390 })
    await writeTable(who, place, 'le-phi-thu-2')
    const width = await who.page.locator('body').evaluate((body) => body.scrollWidth)
    assert.ok(width <= 390, `nothing lies beyond the edge: ${width}`)
    await press(who, word(who, 'handOver'))
    await fill(who, 'note', 'The ground is too short')
    await press(who, word(who, 'return'))
    await who.page.getByText('The ground is too short').waitFor()
    await look(who)
    await loaded(who, () => who.page.getByRole('link', { name: word(who, 'discard') }).click())
    await look(who)
    await press(who, word(who, 'discard'))
    await who.page.getByRole('heading', { name: word(who, 'title') }).waitFor()
  })
})
