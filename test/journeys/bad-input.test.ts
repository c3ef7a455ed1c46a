import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { bodyOfPage, compileForm, errorText, pathOf, sampleAnswers, sampleFiles, shippedDefinitions, type Answers, type Field, type Form, type Page } from '../../src/modules/forms/index.ts'
import type { TestBrowser } from '../../src/modules/identity/testing/browser.ts'
import { formatNumber, translator, type Lang } from '../../src/platform/i18n.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { procedureOfForm } from './support/procedure-of-form.ts'
import { csrfOf, plainCitizen, postForm, type Answer, type SentFile } from './support/plain-browser.ts'

const people = ['064085000013', '064192000012', '064188000014']
/** Megabytes of a node after all that was thrown at it, on a machine that gives the collector no time; growth without end passes any of them. */
const memoryLimit = 512

type FileField = Extract<Field, { type: 'file' }>

/** Answers of which each leads over pages that the ones before did not. */
function waysThrough(form: Form): Answers[] {
  const missing = new Set(form.definition.pages.map((p) => p.id))
  const ways: Answers[] = []
  for (let seed = 1; missing.size > 0; seed++) {
    assert.ok(seed < 500, `no way to ${[...missing].join()}`)
    const answers = sampleAnswers(form, seed)
    const pages = pathOf(form, answers)
    if (!pages.some((p) => missing.has(p.id))) continue
    ways.push(answers)
    for (const page of pages) missing.delete(page.id)
  }
  return ways
}

/** The mistakes that a page lists, each of which leads to a box that is there. */
function mistakesOn({ text }: Answer): string[] {
  const summary = /<div class="govuk-error-summary"[\s\S]*?<\/ul>/.exec(text)?.[0] ?? ''
  return [...summary.matchAll(/<a href="#([^"]+)">([\s\S]*?)<\/a>/g)].map(([, id, words]) => {
    assert.ok(text.includes(`id="${id}"`), `the page has a box ${id}`)
    return words!
  })
}

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const isTyped = (field: Field): boolean => ['text', 'long-text', 'person-name', 'citizen-id', 'tax-code', 'phone', 'email', 'money', 'number'].includes(field.type)
const filesFor = (page: Page, answers: Answers): SentFile[] => page.fields.flatMap((f) => (f.type === 'file' && answers[f.id] !== undefined ? [{ field: f.id, ...goodFile(f) }] : []))

function goodFile(field: FileField): Omit<SentFile, 'field'> {
  const { name, type, bytes } = sampleFiles[field.accept[0]!]
  return { name, type, bytes }
}

/** Files that no field takes, with the rule each breaks. */
function badFiles(field: FileField): { what: string; rule: string; params?: Record<string, string | number>; file: Omit<SentFile, 'field'> | undefined }[] {
  const types = field.accept.map((t) => t.toUpperCase()).join(', ')
  const megabytes = (field.maxBytes ?? 10_000_000) / 1_000_000
  const [kind] = field.accept
  const good = goodFile(field)
  return [
    { what: 'no file', rule: 'required.file', file: { name: '', type: 'application/octet-stream', bytes: Buffer.alloc(0) } },
    { what: '0 bytes', rule: 'file.empty', file: { ...good, bytes: Buffer.alloc(0) } },
    { what: 'wrong type', rule: 'file.type', params: { types }, file: { ...good, bytes: Buffer.from('MZ this is a program with the name of a paper') } },
    { what: 'damaged', rule: 'file.damaged', params: { type: kind!.toUpperCase() }, file: { ...good, bytes: good.bytes.subarray(0, Math.floor(good.bytes.length / 2)) } },
    { what: '100 MB', rule: 'file.tooLarge', params: { megabytes }, file: { ...good, bytes: Buffer.concat([good.bytes.subarray(0, 64), Buffer.alloc(1_000_000 - 64, 32)]), repeat: 100 } },
  ]
}

/** One form walked through at the province with every page answered wrongly first. */
class Walk {
  readonly place: JourneyCountry
  readonly browser: TestBrowser
  readonly form: Form
  readonly lang: Lang
  #base = ''

  constructor(place: JourneyCountry, browser: TestBrowser, form: Form, lang: Lang) {
    this.place = place
    this.browser = browser
    this.form = form
    this.lang = lang
  }

  async begin(): Promise<void> {
    const start = this.place.at('province', `/nop-ho-so/${procedureOfForm(this.form.definition.key)}`)
    await this.browser.open(start)
    const { location } = await postForm(this.browser, start, [['_csrf', csrfOf(this.browser.page.html)]])
    assert.match(location ?? '', /\/trang\//)
    this.#base = this.place.at('province', location!.replace(/\/trang\/.*/, ''))
  }

  async post(page: Page, fields: readonly (readonly [string, string])[], files: readonly SentFile[] = []): Promise<Answer> {
    return postForm(this.browser, `${this.#base}/trang/${page.path}`, [['_csrf', csrfOf(this.browser.page.html)], ...fields], files)
  }

  async assertAnswered(page: Page, answers: Answers): Promise<void> {
    const answer = await this.post(page, bodyOfPage(this.form, page, answers), filesFor(page, answers))
    assert.equal(answer.status, 303, `${page.path}: ${mistakesOn(answer).join(' | ')}`)
  }

  async assertEmptyRefused(page: Page, answers: Answers): Promise<void> {
    const answer = await this.post(page, [])
    const asked = page.fields.filter((f) => (f.type === 'group' ? f.min > 0 : f.required !== false && f.type !== 'checkbox' && f.type !== 'calculated') && (!f.condition || answers[f.id] !== undefined))
    if (asked.length === 0) return
    assert.equal(answer.status, 400, page.path)
    assert.ok(mistakesOn(answer).length >= asked.length, `${page.path} asks for ${asked.map((f) => f.id).join()}: ${mistakesOn(answer).join(' | ')}`)
  }

  /** Nonsense in every box that is written in: a message, and the nonsense is still there to be corrected. */
  async assertNonsenseKept(page: Page, answers: Answers): Promise<void> {
    const nonsense = '<b>"x" & y</b>'
    const boxes = bodyOfPage(this.form, page, answers)
    const names = new Set(page.fields.filter(isTyped).map((f) => f.id))
    if (!boxes.some(([name]) => names.has(name))) return
    const answer = await this.post(page, boxes.map(([name, value]) => [name, names.has(name) ? `${nonsense} ${name}` : value] as const))
    // Free text may be anything that is not too long.
    const sent = new Set(boxes.map(([name]) => name))
    if (page.fields.some((f) => names.has(f.id) && sent.has(f.id) && !(f.type === 'long-text' || (f.type === 'text' && f.format === undefined)))) {
      assert.equal(answer.status, 400, page.path)
      // Numbers lose the spaces between their digits; nothing else is taken from what was typed.
      const shown = answer.text.replace(/\s/g, '')
      for (const [name] of boxes.filter(([n]) => names.has(n))) assert.ok(shown.includes(escaped(`${nonsense} ${name}`).replace(/\s/g, '')), `${page.path} keeps what was typed for ${name}`)
    }
    const long = await this.post(page, boxes.map(([name, value]) => [name, names.has(name) ? 'x'.repeat(60_000) : value] as const))
    assert.equal(long.status, 400, page.path)
  }

  async assertBadFilesRefused(page: Page, answers: Answers): Promise<void> {
    const typed = bodyOfPage(this.form, page, answers)
    for (const field of page.fields.filter((f): f is FileField => f.type === 'file' && answers[f.id] !== undefined)) {
      for (const { what, rule, params, file } of badFiles(field)) {
        if (rule === 'required.file' && field.required === false) continue
        const answer = await this.post(page, typed, file ? [{ field: field.id, ...file }] : [])
        assert.equal(answer.status, 400, `${page.path}, ${field.id}, ${what}`)
        const message = errorText(this.form, { field: field.id, key: `forms.rule.${rule}`, ...(params && { params }) }, this.lang)
        assert.ok(mistakesOn(answer).includes(message), `${page.path}, ${field.id}, ${what}: ${mistakesOn(answer).join(' | ')} instead of ${message}`)
        for (const [name, value] of typed.filter(([n]) => page.fields.some((f) => f.id === n && isTyped(f)))) assert.ok(answer.text.includes(escaped(value)) || answer.text.includes(formatNumber(Number(value), this.lang)), `${what} keeps ${name}`)
      }
    }
  }
}

describe('bad input', () => {
  shippedDefinitions.forEach((definition, i) => {
    test(`${definition.key}: every page empty, with nonsense, and every file wrong in five ways`, async () => {
      const place = await country()
      const lang: Lang = i % 2 === 0 ? 'vi' : 'en'
      const walk = new Walk(place, await plainCitizen(place, people[i % people.length]!, 'province', lang), compileForm(definition), lang)
      const done = new Set<string>()
      for (const answers of waysThrough(walk.form)) {
        await walk.begin()
        for (const page of pathOf(walk.form, answers)) {
          if (!done.has(page.id)) {
            await walk.assertEmptyRefused(page, answers)
            await walk.assertNonsenseKept(page, answers)
            await walk.assertBadFilesRefused(page, answers)
            done.add(page.id)
          }
          await walk.assertAnswered(page, answers)
        }
      }
      assert.deepEqual([...done].sort(), definition.pages.map((p) => p.id).sort())
      assertSmall(place, 'province')
    })
  })

  test('the page that judges signed papers takes no bad file amiss', async () => {
    const place = await country()
    const { TestBrowser } = await import('../../src/modules/identity/testing/browser.ts')
    for (const lang of ['vi', 'en'] as const) {
      const t = translator(lang)
      const browser = new TestBrowser()
      const { html } = await browser.open(place.at('national', `/kiem-tra-van-ban?lang=${lang}`))
      const good = sampleFiles.pdf
      const judge = (file: Omit<SentFile, 'field'>): Promise<Answer> => postForm(browser, place.at('national', '/kiem-tra-van-ban'), [['_csrf', csrfOf(html)]], [{ field: 'file', ...file }])
      const refused: [Omit<SentFile, 'field'>, string][] = [
        [{ name: '', type: 'application/octet-stream', bytes: Buffer.alloc(0) }, t('documents.verify.no_file')],
        [{ ...good, bytes: Buffer.alloc(0) }, t('documents.verify.empty')],
        [{ ...good, bytes: Buffer.from('a text') }, t('documents.verify.not_pdf')],
        [{ ...good, bytes: good.bytes.subarray(0, 40) }, t('documents.verify.damaged')],
        [{ ...good, bytes: Buffer.concat([good.bytes.subarray(0, 64), Buffer.alloc(999_936, 32)]), repeat: 100 }, t('documents.verify.too_large', { max: 10 })],
      ]
      for (const [file, message] of refused) {
        const answer = await judge(file)
        assert.deepEqual([answer.status, mistakesOn(answer)], [400, [escaped(message)]])
      }
      const unsigned = await judge(good)
      assert.equal(unsigned.status, 200)
      assert.ok(unsigned.text.includes(t('documents.outcome.unsigned')))
    }
    assertSmall(place, 'national')
  })
})

/** The program still runs and has not kept what was sent. */
function assertSmall(place: JourneyCountry, node: string): void {
  const pid = place.pids()[node]
  if (!pid) return
  const megabytes = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1000
  assert.ok(megabytes < memoryLimit, `${node} takes ${megabytes.toFixed(0)} MB`)
}
