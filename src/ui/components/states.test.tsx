import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VNode } from 'preact'
import { BarChart, BigNumber, Deadline, FilterPanel, LanguageSwitch, LiveRegion, Pagination, renderFragment, SearchBox, Stepper, SummaryList, Table, Tag, TaskList, Timeline } from '../index.ts'
import { samplePage } from '../testing/sample-page.ts'
import { shownPages } from './navigation.tsx'

const render = (content: VNode, lang: 'vi' | 'en' = 'vi'): string => renderFragment(content, samplePage(lang))
const plain = (html: string): string => html.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ').trim()
const now = new Date('2026-11-22T03:00:00Z')
const after = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)

test('a deadline says how long is left and the exact moment behind it', () => {
  const html = render(<Deadline due={after(2 * 1440 + 3 * 60)} now={now} />)
  assert.equal(plain(html), 'Còn 2 ngày 3 giờ Hạn trả: 13:00, 24/11/2026')
  assert.match(html, /<time[^>]*datetime="2026-11-24T06:00:00.000Z"/i)
})

test('a late deadline says so in words and has its own look', () => {
  const html = render(<Deadline due={after(-61)} now={now} />, 'en')
  assert.match(plain(html), /^1 hour 1 minute late/)
  assert.match(html, /mc-deadline--late/)
})

test('a paused deadline names no remaining time', () => {
  assert.match(plain(render(<Deadline due={after(60)} now={now} state="paused" />)), /^Đang tạm dừng tính thời hạn/)
})

test('the last minute is a minute, never nothing', () => {
  assert.match(plain(render(<Deadline due={after(0.2)} now={now} />)), /^Còn 1 phút/)
})

test('a state has a word and a silent sign', () => {
  const html = render(<Tag tone="late">Quá hạn</Tag>)
  assert.match(html, /<strong class="govuk-tag mc-tag--late"><svg[^>]*aria-hidden="true"/)
  assert.equal(plain(html), 'Quá hạn')
})

test('a table names its columns and rows and says how it is sorted', () => {
  const html = render(<Table caption="Hồ sơ" columns={[{ header: 'Mã' }, { header: 'Hạn', sort: { href: '?s=due', direction: 'ascending' }, numeric: true }]} rows={[['H21', '2'], { cells: ['H22', '3'], late: true, href: '/x' }]} />)
  assert.match(html, /<th scope="col" class="govuk-table__header govuk-table__header--numeric" aria-sort="ascending"><a class="mc-sort" href="\?s=due">/)
  assert.match(html, /<th scope="row"[^>]*>H21<\/th><td class="govuk-table__cell govuk-table__cell--numeric">2/)
  assert.match(html, /<tr class="govuk-table__row mc-row--late" data-href="\/x">/)
})

test('a wide table can be scrolled with the keyboard and is named', () => {
  assert.match(render(<Table wide caption="Số liệu" columns={[{ header: 'A' }]} rows={[]} />), /<div class="mc-scroll" role="region" tabindex="0" aria-label="Số liệu">/i)
})

test('a change link says what it changes', () => {
  const html = render(<SummaryList rows={[{ key: 'Tên', value: 'An', actions: [{ href: '/sua', about: 'tên' }] }, { key: 'Phí', value: '0' }]} />)
  assert.match(html, /<a class="govuk-link" href="\/sua">Sửa<span class="govuk-visually-hidden"> tên<\/span><\/a>/)
  assert.match(html, /row--no-actions/)
})

test('a task that cannot start has no link; each link is described by its state', () => {
  const html = render(<TaskList items={[{ title: 'A', href: '/a', hint: 'h', status: { text: 'Đang làm', tone: 'running' } }, { title: 'B', status: { text: 'Chưa' } }]} />)
  assert.match(html, /aria-describedby="tasks-1-hint tasks-1-status"/)
  assert.equal(html.match(/<a /g)?.length, 1)
})

test('the step that is on now is marked as such', () => {
  const html = render(<Stepper current={1} steps={[{ title: 'A' }, { title: 'B' }, { title: 'C' }]} />)
  assert.match(html, /mc-stepper__step--current" aria-current="step"/)
  assert.match(plain(html), /A \(đã xong\)/)
})

test('pagination shows ends and neighbours and fills a gap of one', () => {
  assert.deepEqual(shownPages(1, 3), [1, 2, 3])
  assert.deepEqual(shownPages(6, 12), [1, null, 5, 6, 7, null, 12])
  assert.deepEqual(shownPages(4, 12), [1, 2, 3, 4, 5, null, 12])
  assert.equal(render(<Pagination page={1} pages={1} href={String} />), '')
  assert.match(render(<Pagination page={2} pages={3} href={(n) => `?p=${n}`} />), /href="\?p=2" aria-label="Trang 2" aria-current="page"/)
})

test('the language switch keeps the address and its query', () => {
  const html = renderFragment(<LanguageSwitch />, samplePage('vi', { path: '/thu-tuc', query: { q: 'khai sinh', lang: 'vi' } }))
  assert.match(html, /<a href="\/thu-tuc\?q=khai\+sinh&amp;lang=en" hreflang="en" lang="en"/i)
})

test('examples of a search are searches', () => {
  assert.match(render(<SearchBox action="/thu-tuc" examples={['khai sinh']} />), /href="\/thu-tuc\?q=khai\+sinh"/)
})

test('a filter keeps the search words and can be taken off one by one', () => {
  const html = render(<FilterPanel action="/thu-tuc" keep={{ q: 'a' }} removeHref={(n, v) => `?minus=${n}.${v}`} groups={[{ name: 'f', title: 'Lĩnh vực', kind: 'checkbox', selected: ['x'], options: [{ value: 'x', text: 'X', count: 3 }] }]} />)
  assert.match(html, /<input type="hidden" name="q" value="a"/)
  assert.match(html, /href="\?minus=f\.x"/)
  assert.match(plain(html), /X \(3\)/)
})

test('history gives times to machines and people', () => {
  assert.match(render(<Timeline items={[{ at: now, title: 'Tiếp nhận', by: 'Một cửa' }]} />), /<time datetime="2026-11-22T03:00:00.000Z">10:00, 22\/11\/2026<\/time> · Một cửa/i)
})

test('a drawn number is also written', () => {
  const html = render(<BarChart caption="C" columns={['A', 'B']} bars={[{ label: 'x', value: 1500 }, { label: 'y', value: 750 }]} />)
  assert.match(html, /width="50%"/)
  assert.match(plain(html), /1\.500.*750/)
  assert.match(render(<BigNumber value={1204387} label="hồ sơ" live="total" />), /data-live="total">1\.204\.387</)
})

test('live figures say when they are from and how to load them again', () => {
  const html = render(<LiveRegion source="/s" at="14:05">…</LiveRegion>)
  assert.match(html, /data-live-source="\/s"/)
  assert.match(plain(html), /Số liệu lúc 14:05\. Tải lại trang/)
})
