import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { look, officer, open, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { loaded, press } from './support/filing.ts'

const form = '/admin/forms/temporary-residence'
const [writer, checker] = ['danhmuc.congan', 'duyet.congan'] as const

const word = (who: Visitor, key: string, params?: Record<string, string | number>): string => who.t(`forms.editor.${key}`, params)
const fill = (who: Visitor, name: string, value: string): Promise<void> => who.page.locator(`main [name="${name}"]`).first().fill(value)

/** From the version that came with the program: a later one has the question already. */
async function startDraft(who: Visitor, place: JourneyCountry): Promise<void> {
  await open(who, place.at('national', '/admin/forms'))
  await look(who)
  await open(who, place.at('national', form))
  await look(who)
  await loaded(who, () => who.page.getByRole('button', { name: word(who, 'startDraft') }).last().click())
  await look(who)
}

/** A question more, of a kind that was changed on the way, tried out below. */
async function addQuestion(who: Visitor, place: JourneyCountry): Promise<void> {
  const { page } = who
  await open(who, place.at('national', `${form}/draft/pages/requester`))
  await look(who)
  await press(who, word(who, 'addField'))
  await look(who, 400)
  await fill(who, 'id', 'pets')
  await fill(who, 'label-vi', 'Số vật nuôi mang theo')
  await fill(who, 'label-en', 'Animals that come along')
  await press(who, word(who, 'addField'))
  await look(who)
  await page.locator('select[name=type]').selectOption('number')
  await press(who, word(who, 'kind'))
  await fill(who, '_max', 'ba')
  await press(who, word(who, 'save'))
  await page.locator('a[href="#_max"]').waitFor()
  await look(who, 400)
  await fill(who, '_max', '3')
  await press(who, word(who, 'save'))
  await page.locator('#preview [name=pets]').waitFor()
  await open(who, place.at('national', `${form}/draft/pages/requester`))
  await page.locator('#preview [name=pets]').fill('7')
  await press(who, word(who, 'preview.try'))
  await page.locator('#preview a[href="#pets"]').waitFor()
  await look(who, 400)
  await page.locator('#preview [name=pets]').fill('2')
  await press(who, word(who, 'preview.try'))
  await page.getByText(word(who, 'preview.good')).waitFor()
  await loaded(who, () => page.locator('#preview a[href*="preview="]').first().click())
  await page.locator(`#preview [lang=${who.lang === 'vi' ? 'en' : 'vi'}] [name=pets]`).waitFor()
}

/** The pages that concern the whole form, each once. */
async function lookAround(who: Visitor, place: JourneyCountry): Promise<void> {
  const { page } = who
  await open(who, place.at('national', `${form}/draft/head`))
  await look(who)
  await fill(who, '_placeField', 'pets')
  await press(who, word(who, 'save'))
  const problem = page.locator('a[href$="/head#_placeField"]')
  await problem.waitFor()
  await look(who)
  await press(who, word(who, 'handOver'))
  await look(who, 400)
  await loaded(who, () => problem.click())
  await fill(who, '_placeField', 'home')
  await press(who, word(who, 'save'))
  await page.getByText(word(who, 'noProblems')).waitFor()
  await open(who, place.at('national', `${form}/draft/json`))
  await look(who)
  await fill(who, 'json', '{')
  await press(who, word(who, 'json.bring'))
  await look(who, 400)
  await open(who, place.at('national', `${form}/draft/pages/requester/rules/0?rule=compare`))
  await look(who)
  await press(who, word(who, 'save'))
  await look(who, 400)
  await open(who, place.at('national', `${form}/draft/pages/requester/fields/pets/remove`))
  await look(who)
}

describe('officers write a form', () => {
  test('from a version through a draft to the next, which a second officer publishes; in Vietnamese, with scripts', async (t) => {
    const place = await country()
    const who = await officer(t, place, writer, 'national')
    await startDraft(who, place)
    await addQuestion(who, place)
    await lookAround(who, place)
    await open(who, place.at('national', `${form}/draft`))
    await press(who, word(who, 'handOver'))
    await who.page.getByText(word(who, 'inCheck')).waitFor()
    await look(who)

    const second = await officer(t, place, checker, 'national')
    await open(second, place.at('national', `${form}/draft/publish`))
    await look(second)
    await press(second, word(second, 'publish'))
    await look(second, 400)
    const boxes = { day: '1', month: '1', year: String(new Date().getFullYear() + 5) }
    for (const [box, value] of Object.entries(boxes)) await fill(second, `firstDay-${box}`, value)
    await press(second, word(second, 'publish'))
    await second.page.getByText(word(second, 'done.published')).waitFor()
    await look(second)
    await loaded(second, () => second.page.getByRole('link', { name: word(second, 'compareBefore') }).first().click())
    await look(second)
    assert.match(await second.page.locator('table').innerText(), /Số vật nuôi mang theo/)
  })

  test('without scripts on a telephone, in English: tried out, sent back and given up', async (t) => {
    const place = await country()
    const who = await officer(t, place, writer, 'national', { lang: 'en', scripts: false, width: 390 })
    await startDraft(who, place)
    await addQuestion(who, place)
    await lookAround(who, place)
    const width = await who.page.locator('body').evaluate((body) => body.scrollWidth)
    assert.ok(width <= 390, `nothing lies beyond the edge: ${width}`)
    await open(who, place.at('national', `${form}/draft`))
    await press(who, word(who, 'handOver'))
    await fill(who, 'note', 'The hint is missing')
    await press(who, word(who, 'return'))
    await who.page.getByText('The hint is missing').waitFor()
    await look(who)
    await loaded(who, () => who.page.getByRole('link', { name: word(who, 'discard') }).click())
    await look(who)
    await press(who, word(who, 'discard'))
    await who.page.getByText(word(who, 'done.discarded')).waitFor()
    await look(who)
  })

  for (const plan of [{ lang: 'vi', scripts: true, width: 1280, procedure: '1.013067', key: 'dang-ky-xe', copyOf: '' }, { lang: 'en', scripts: false, width: 390, procedure: '1.013076', key: 'sang-ten-xe', copyOf: 'temporary-residence' }] as const) {
    test(`a form for a procedure that has none, ${plan.copyOf ? 'as a copy' : 'from an empty one'}, in ${plan.lang} at ${plan.width} px`, async (t) => {
      const place = await country()
      const who = await officer(t, place, writer, 'national', plan)
      await open(who, place.at('national', '/admin/forms'))
      await loaded(who, () => who.page.getByRole('link', { name: word(who, 'new.title'), exact: true }).or(who.page.getByRole('button', { name: word(who, 'new.title'), exact: true })).click())
      await look(who)
      await fill(who, 'procedure', plan.procedure)
      await fill(who, 'title-vi', 'Giấy khai đăng ký xe')
      await press(who, word(who, 'new.begin'))
      await look(who, 400)
      assert.equal(await who.page.locator('main [name=procedure]').inputValue(), plan.procedure)
      await fill(who, 'key', plan.key)
      await fill(who, 'title-en', 'Vehicle registration form')
      await who.page.locator('main [name=copyOf]').selectOption(plan.copyOf)
      await press(who, word(who, 'new.begin'))
      await who.page.getByText(word(who, 'new.first')).waitFor()
      await look(who)
      if (plan.copyOf) await loaded(who, () => who.page.getByRole('link', { name: word(who, 'discard') }).click())
      else {
        await press(who, word(who, 'handOver'))
        await who.page.getByText(word(who, 'inCheck')).waitFor()
        const second = await officer(t, place, checker, 'national', plan)
        await open(second, place.at('national', `/admin/forms/${plan.key}/draft/publish`))
        await look(second)
        for (const [box, value] of Object.entries({ day: '1', month: '1', year: String(new Date().getFullYear() + 5) })) await fill(second, `firstDay-${box}`, value)
        await press(second, word(second, 'publish'))
        await second.page.getByText(word(second, 'done.published')).waitFor()
        await look(second)
        return
      }
      await look(who)
      await press(who, word(who, 'discard'))
      await who.page.getByText(word(who, 'done.discarded')).waitFor()
      await look(who)
    })
  }
})
