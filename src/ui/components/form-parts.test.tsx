import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VNode } from 'preact'
import { Button, Checkboxes, DateInput, ErrorSummary, fieldErrors, FileUpload, Form, Radios, renderFragment, Select, Textarea, TextInput } from '../index.ts'
import { samplePage } from '../testing/sample-page.ts'

const render = (content: VNode, lang: 'vi' | 'en' = 'vi'): string => renderFragment(content, samplePage(lang))
const tag = (html: string, start: string): string => html.match(new RegExp(`<${start}[^>]*>`))?.[0] ?? assert.fail(`There is no <${start}> in ${html}`)

test('a text field ties label, hint and error to its input', () => {
  const html = render(<TextInput name="phone" label="Điện thoại" hint="10 số" error="Sai số" value="09" inputMode="tel" autocomplete="tel" />)
  const input = tag(html, 'input')
  assert.match(html, /<label class="govuk-label" for="phone">Điện thoại<\/label>/)
  assert.match(input, /id="phone" name="phone" type="text" value="09" inputmode="tel" autocomplete="tel"/i)
  assert.match(input, /aria-describedby="phone-hint phone-error"/)
  assert.match(input, /aria-invalid="true"/)
  assert.match(html, /<p id="phone-error"[^>]*><span class="govuk-visually-hidden">Lỗi:<\/span> Sai số/)
})

test('a field without hint and error describes itself by nothing', () => {
  assert.doesNotMatch(render(<TextInput name="a" label="A" />), /aria-describedby|aria-invalid/)
})

test('prefix and suffix are beside the input and silent', () => {
  const html = render(<TextInput name="m" label="Tiền" suffix="đồng" spellcheck={false} />)
  assert.match(html, /<div class="govuk-input__suffix" aria-hidden="true">đồng<\/div>/)
  assert.match(html, /spellcheck="false"/i)
})

test('what a person typed stays in a text area, escaped', () => {
  assert.match(render(<Textarea name="r" label="Lý do" value={'</textarea><script>'} />), /&lt;\/textarea>(?:<|&lt;)script/)
})

test('the first radio carries the id of the group, so that an error leads to it', () => {
  const html = render(<Radios name="sex" label="Giới tính" value="m" error="Chọn giới tính" options={[{ value: 'f', text: 'Nữ' }, { value: 'm', text: 'Nam' }]} />)
  assert.match(html, /<input[^>]*id="sex" name="sex" type="radio" value="f"(?! checked)/)
  assert.match(html, /<input[^>]*id="sex-2" name="sex" type="radio" value="m" checked/)
  assert.match(html, /<fieldset[^>]*aria-describedby="sex-error"/)
  assert.match(html, /<legend[^>]*>Giới tính<\/legend>/)
})

test('questions under a choice are in the page even when it is not chosen', () => {
  const html = render(<Radios name="by" label="Nhận" options={[{ value: 'post', text: 'Bưu chính', conditional: <TextInput name="address" label="Địa chỉ" /> }]} />)
  assert.match(html, /id="conditional-by"[^>]*>.*name="address"/)
  assert.doesNotMatch(html, /conditional--hidden/)
})

test('several boxes can be ticked', () => {
  const html = render(<Checkboxes name="p" label="Giấy tờ" values={['a', 'c']} options={['a', 'b', 'c'].map((value) => ({ value, text: value }))} />)
  assert.deepEqual([...html.matchAll(/value="(\w)" checked/g)].map((m) => m[1]), ['a', 'c'])
})

test('a date has three labelled boxes; the day carries the id', () => {
  const html = render(<DateInput name="birth" label="Ngày sinh" value="1994-11-02" birthday />)
  assert.match(html, /<label[^>]*for="birth">Ngày<\/label>/)
  assert.match(html, /id="birth" name="birth-day"[^>]*value="2" autocomplete="bday-day"/)
  assert.match(html, /id="birth-month" name="birth-month"[^>]*value="11"/)
  assert.match(html, /id="birth-year" name="birth-year"[^>]*value="1994"/)
  assert.match(html, /<fieldset[^>]*role="group"/)
})

test('only the wrong box of a date is marked', () => {
  const html = render(<DateInput name="d" label="Ngày" error="Sai năm" wrong={['year']} value={{ day: '1', month: '2', year: '26' }} />)
  assert.equal(html.match(/govuk-input--error/g)?.length, 1)
  assert.match(html, /govuk-input--error"\s+id="d-year"/)
})

test('a select keeps what was chosen and offers an empty first choice', () => {
  const html = render(<Select name="c" label="Xã" value="2" empty="Chọn xã" options={[{ value: '1', text: 'A' }, { label: 'B', options: [{ value: '2', text: 'C' }] }]} />)
  assert.match(html, /<option value>Chọn xã<\/option>/)
  assert.match(html, /<optgroup label="B"><option (selected )?value="2"( selected)?>C/)
})

test('a file field says which types it takes', () => {
  assert.match(render(<FileUpload name="f" label="Tệp" accept=".pdf" />), /<input[^>]*type="file"[^>]*accept="\.pdf"/)
})

test('a POST form carries the token, a GET form does not', () => {
  assert.match(render(<Form action="/x" files>…</Form>), /<form method="post" action="\/x" enctype="multipart\/form-data"[^>]*><input type="hidden" name="_csrf" value="test-csrf"/i)
  assert.doesNotMatch(render(<Form method="get">…</Form>), /_csrf/)
})

test('the error summary leads to each field and is announced', () => {
  const errors = [{ field: 'phone', key: 'ui.errorPage.csrf.title' }]
  const html = render(<ErrorSummary errors={errors} />, 'en')
  assert.match(html, /role="alert"/)
  assert.match(html, /<a href="#phone">The page was open too long<\/a>/)
  assert.equal(render(<ErrorSummary errors={[]} />), '')
  assert.equal(fieldErrors(errors, samplePage('en').t).of('phone'), 'The page was open too long')
  assert.equal(fieldErrors(errors, samplePage('en').t).of('other'), undefined)
})

test('a button tells which button it is, and about what', () => {
  assert.match(render(<Button name="do" value="remove" kind="link" about="tệp 2">Xoá</Button>), /<button type="submit" class="mc-button-link" name="do" value="remove">Xoá<span class="govuk-visually-hidden"> tệp 2/)
})
