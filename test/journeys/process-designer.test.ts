import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { look, officer, open, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { loaded, press } from './support/filing.ts'

const [drawer, publisher] = ['quantri.gialai', 'quantri2.gialai'] as const
const processes = '/admin/processes'
/** Another at every run: a process that was published stays. */
const key = `the-thu-vien-${Date.now().toString(36)}`
const word = (who: Visitor, key: string, params?: Record<string, string | number>): string => who.t(`process.designer.${key}`, params)
const fill = (who: Visitor, name: string, value: string): Promise<void> => who.page.locator(`main [name="${name}"]`).first().fill(value)
const choose = (who: Visitor, name: string, value: string): Promise<unknown> => who.page.locator(`main select[name="${name}"]`).selectOption(value)
const findings = (who: Visitor) => who.page.locator('[data-part="findings"] li')
const says = (who: Visitor, key: string, params?: Record<string, string | number>): Promise<void> => who.page.locator('[data-part="says"]').filter({ hasText: word(who, key, params) }).waitFor()

async function begin(who: Visitor, place: JourneyCountry, key: string): Promise<void> {
  await open(who, place.at('province', processes))
  await look(who)
  await loaded(who, () => who.page.getByRole('link', { name: word(who, 'new') }).click())
  await press(who, word(who, 'new.button'))
  await look(who, 400)
  await fill(who, 'nameVi', 'Cấp thẻ thư viện')
  await fill(who, 'nameEn', 'Library card')
  await fill(who, 'key', key)
  await fill(who, 'limit-amount', '1')
  await choose(who, 'limit-unit', 'D')
  await press(who, word(who, 'new.button'))
  await look(who)
}

async function publish(who: Visitor, place: JourneyCountry, key: string): Promise<void> {
  await open(who, place.at('province', `${processes}/${key}/draft`))
  await press(who, word(who, 'publish'))
  await look(who, 400)
  for (const [box, value] of Object.entries({ day: '1', month: '1', year: String(new Date().getFullYear() + 5) })) await fill(who, `firstDay-${box}`, value)
  await press(who, word(who, 'publish'))
  await who.page.getByText(word(who, 'done.published')).waitFor()
  await look(who)
}

/** Back for another look where the answer is no: a choice behind a step, drawn and named with the fields of the panel; then a sub-process that is thought better of. */
async function drawChoice(who: Visitor): Promise<void> {
  const { page } = who
  await choose(who, 'p-element', 'hand_over_the_result')
  await page.locator('[data-part="canvas"] svg').first().focus()
  await page.keyboard.press('p')
  assert.equal(await page.locator('[name="p-element"]').inputValue(), 'appraise_the_dossier', 'P chooses the element before')
  await page.getByRole('button', { name: word(who, 'step.choose') }).click()
  await choose(who, 'p-connect', 'hand_over_the_result')
  await page.getByRole('button', { name: word(who, 'editor.connect'), exact: true }).click()
  await findings(who).filter({ hasText: 'chưa có điều kiện' }).first().waitFor()
  const ways = await page.locator('[name="p-element"] option').evaluateAll((all) => all.flatMap((option) => (/^.*\(choose_one_way\) → /.test(option.textContent) ? [(option as HTMLOptionElement).value] : [])))
  assert.equal(ways.length, 2)
  await choose(who, 'p-element', ways[0]!)
  await page.locator('[name="p-default"]').check()
  await choose(who, 'p-element', ways[1]!)
  await fill(who, 'p-name-vi', 'Cần xem nhanh')
  await page.locator('[name="p-name-en"]').focus()
  await says(who, 'sound')
  await page.getByRole('button', { name: word(who, 'step.sub') }).click()
  await page.locator('[data-part="panel"] [name="p-name-vi"]').waitFor()
  await page.getByRole('button', { name: word(who, 'editor.do.undo') }).click()
  await says(who, 'sound')
}

describe('officers draw a process', () => {
  test('in the diagram, by keyboard and mouse, with the check beside; a colleague is faster once; a second officer publishes; in Vietnamese', async (t) => {
    const place = await country()
    const who = await officer(t, place, drawer, 'province')
    const { page } = who
    const refused: string[] = []
    page.on('console', (message) => { if (/Content Security Policy/.test(message.text())) refused.push(message.text()) })
    await begin(who, place, key)
    await loaded(who, () => page.getByRole('link', { name: word(who, 'asDiagram') }).click())
    await says(who, 'findings', { count: 1 })
    assert.match(await findings(who).innerText(), /chưa có bước nào/)
    assert.ok(await page.locator('.bjs-powered-by').isVisible(), 'the mark of bpmn.io, as its licence asks')

    // By keyboard: two steps, one behind the other.
    await page.getByRole('button', { name: word(who, 'step.appraise') }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: word(who, 'step.return') }).focus()
    await page.keyboard.press('Enter')
    await findings(who).filter({ hasText: 'Đường dài nhất mất 12 giờ làm việc' }).waitFor()
    await choose(who, 'p-element', 'appraise_the_dossier')
    await fill(who, 'p-limit-amount', '3')
    await choose(who, 'p-limit-unit', 'H')
    await says(who, 'sound')
    await choose(who, 'p-role', '')
    await findings(who).filter({ hasText: 'chưa có vai trò' }).waitFor()
    assert.equal(await page.locator('.pd-mark').innerText(), '1', 'marked at the step')
    await look(who)
    await findings(who).getByRole('button').click()
    assert.equal(await page.locator('[name="p-element"]').inputValue(), 'appraise_the_dossier', 'a finding leads to its step')
    await choose(who, 'p-role', 'specialist')
    await says(who, 'sound')
    assert.equal(await page.locator('.pd-mark').count(), 0)

    // By mouse: a step is dragged onto the canvas, found to lead nowhere, and taken back.
    const canvas = (await page.locator('[data-part="canvas"]').boundingBox())!
    const button = (await page.getByRole('button', { name: word(who, 'step.sign') }).boundingBox())!
    await page.mouse.move(button.x + 20, button.y + 20)
    await page.mouse.down()
    await page.mouse.move(button.x + 60, button.y + 60, { steps: 4 })
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height - 60, { steps: 8 })
    await page.mouse.up()
    await page.locator('[data-part="panel"] [name="p-name-vi"]').waitFor()
    await findings(who).first().waitFor()
    await page.getByRole('button', { name: word(who, 'editor.do.undo') }).click()
    await says(who, 'sound')

    await drawChoice(who)
    assert.deepEqual(refused, [], 'nothing that the security policy forbids')
    await page.getByRole('button', { name: word(who, 'editor.do.save'), exact: true }).click()
    await page.locator('[data-part="state"]').filter({ hasText: word(who, 'editor.saved') }).waitFor()
    await look(who)

    // A colleague changes the table meanwhile: nothing of either is lost.
    const second = await officer(t, place, publisher, 'province')
    await open(second, place.at('province', `${processes}/${key}/draft/steps/appraise_the_dossier`))
    await fill(second, 'nameVi', 'Xem xét đơn')
    await press(second, word(second, 'save'))
    await fill(who, 'p-name-vi', 'Xem đơn')
    await page.locator('[name="p-name-en"]').focus()
    await page.keyboard.press('Control+s')
    await page.locator('[data-part="why"]').filter({ hasText: 'đã sửa bản thảo lúc' }).waitFor()
    await look(who)
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: word(who, 'editor.do.keep') }).click()])
    assert.equal(file.suggestedFilename(), `${key}.bpmn`)
    page.on('dialog', (dialog) => void dialog.accept())
    await loaded(who, () => page.getByRole('link', { name: word(who, 'editor.reload') }).click())
    await page.getByText(word(who, 'editor.kept')).waitFor()
    await page.getByRole('button', { name: word(who, 'editor.do.forget') }).click()
    await page.locator('.djs-element').filter({ hasText: 'Xem xét đơn' }).first().waitFor()

    await loaded(who, () => page.getByRole('link', { name: word(who, 'asTable') }).click())
    await page.getByRole('link', { name: 'Xem xét đơn' }).waitFor()
    await page.getByText('Cần xem nhanh → Trả kết quả').waitFor()
    await press(who, word(who, 'handOver'))
    await page.getByText(word(who, 'inCheck')).waitFor()
    await look(who)
    const third = await officer(t, place, drawer, 'province')
    await publish(third, place, key)
  })

  test('without scripts on a telephone, in English: the same as a table, from a published version, sent back and given up', async (t) => {
    const place = await country()
    const who = await officer(t, place, drawer, 'province', { lang: 'en', scripts: false, width: 390 })
    const { page } = who
    await open(who, place.at('province', `${processes}/marital-status`))
    await look(who)
    await press(who, `${word(who, 'startDraft')} 1`)
    await look(who)
    await choose(who, 'template', 'review')
    await choose(who, 'at', 'draft')
    await press(who, word(who, 'addStep'))
    await look(who)
    await fill(who, 'limit-amount', 'soon')
    await press(who, word(who, 'save'))
    await look(who, 400)
    assert.equal(await page.locator('[name="limit-amount"]').inputValue(), 'soon')
    await fill(who, 'limit-amount', '2')
    await choose(who, 'way-1-to', 'draft')
    await fill(who, 'way-0-en', 'Approved')
    await fill(who, 'way-1-en', 'To mend')
    await press(who, word(who, 'save'))
    await page.getByText(/has no default flow/).waitFor()
    await press(who, word(who, 'handOver'))
    await page.getByText(word(who, 'handOver.refused')).first().waitFor()
    await loaded(who, () => page.getByRole('link', { name: /has no default flow/ }).click())
    await choose(who, 'otherwise', '0')
    await press(who, word(who, 'save'))
    await page.getByText(word(who, 'sound')).waitFor()
    const width = await page.locator('body').evaluate((body) => body.scrollWidth)
    assert.ok(width <= 390, `nothing lies beyond the edge: ${width}`)
    await loaded(who, () => page.getByRole('link', { name: word(who, 'asDiagram') }).click())
    await page.getByText(word(who, 'editor.noScript')).waitFor()
    await look(who)
    await loaded(who, () => page.getByRole('link', { name: word(who, 'asTable') }).click())
    await press(who, word(who, 'handOver'))
    await fill(who, 'note', 'The leader need not see it')
    await press(who, word(who, 'return'))
    await page.getByText('The leader need not see it').waitFor()
    await loaded(who, () => page.getByRole('link', { name: word(who, 'discard') }).click())
    await look(who)
    await press(who, word(who, 'discard'))
    await page.getByText(word(who, 'done.discarded')).waitFor()
  })
})
