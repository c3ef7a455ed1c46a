import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anonymous } from '../platform/actor.ts'
import { joinDate, PrintButton, renderDocument, splitDate } from './index.ts'
import { initialsOf } from './emblem.tsx'
import { samplePage } from './testing/sample-page.ts'
import { RawHtml } from './raw-html.tsx'

const officer = { kind: 'officer', id: '1', name: 'Trần Văn Hùng', agencyCode: 'H21', unitId: null, roles: [], permissions: new Set(['x']), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' } as const

test('a page names itself, its node and its language', () => {
  const html = renderDocument(<p>…</p>, samplePage('en'), { title: 'Procedures' })
  assert.match(html, /^<!doctype html><html lang="en"/)
  assert.match(html, /<title>Procedures – National portal<\/title>/)
  assert.match(html, /<a href="#main" class="govuk-skip-link">Skip to main content<\/a>/)
  assert.match(html, /<main[^>]*id="main"/)
})

test('a page with mistakes says so first in its title', () => {
  assert.match(renderDocument(<p>…</p>, samplePage('vi'), { title: 'Nộp hồ sơ', status: 400 }), /<title>Lỗi: Nộp hồ sơ – /)
})

test('only scripts that a component asked for are loaded, each with the nonce', () => {
  assert.doesNotMatch(renderDocument(<p>…</p>, samplePage(), { title: 'A' }), /<script/)
  assert.match(renderDocument(<PrintButton />, samplePage(), { title: 'A' }), /<script type="module" src="\/assets\/print\.js" nonce="test-nonce"><\/script>/)
})

test('the node\'s colours are in the page, under the nonce', () => {
  assert.match(renderDocument(<p>…</p>, samplePage(), { title: 'A' }), /<style nonce="test-nonce">:root\{--mc-brand:#9B1B1E;--mc-brand-dark:#6F1114\}<\/style>/)
  const bad = { ...samplePage().brand, colour: 'red;}body{display:none' }
  assert.throws(() => renderDocument(<p>…</p>, samplePage('vi', { brand: bad }), { title: 'A' }), /not of the form/)
})

test('a visitor can sign in, a person can sign out by a form', () => {
  assert.match(renderDocument(<p>…</p>, samplePage(), { title: 'A' }), /href="\/dang-nhap">Đăng nhập</)
  const person = { kind: 'person', id: '1', subject: 's', name: 'Nguyễn An', assurance: 2, methods: ['otp'], authenticatedAt: new Date(), sessionId: 's' } as const
  const html = renderDocument(<p>…</p>, samplePage('vi', { actor: person }), { title: 'A' })
  assert.match(html, /Nguyễn An/)
  assert.match(html, /<form method="post" action="\/dang-xuat"[^>]*><input type="hidden" name="_csrf"/)
})

test('the desk shows only what the officer may open, and marks where he is', () => {
  const nav = [{ href: '/desk', key: 'ui.skip', permission: 'x' }, { href: '/desk/sign', key: 'ui.back', permission: 'y' }]
  const html = renderDocument(<p>…</p>, samplePage('vi', { actor: officer, nav, path: '/desk', unitName: 'Phường Pleiku' }), { title: 'A', layout: 'desk' })
  assert.match(html, /href="\/desk" aria-current="page"/)
  assert.doesNotMatch(html, /\/desk\/sign/)
  assert.match(html, /Phường Pleiku/)
  assert.doesNotMatch(renderDocument(<p>…</p>, samplePage('vi', { actor: anonymous, nav, path: '/' }), { title: 'A', layout: 'desk' }), /href="\/desk"/)
})

test('a long menu of the desk is folded under headings, open where the reader is', () => {
  const nav = Array.from({ length: 9 }, (_, i) => ({ href: `/admin/${i}`, key: 'ui.back', permission: 'x', group: i < 4 ? 'people' as const : 'system' as const }))
  const html = renderDocument(<p>…</p>, samplePage('vi', { actor: officer, nav, path: '/admin/7' }), { title: 'A', layout: 'desk' })
  const groups = [...html.matchAll(/<details class="mc-desk__group"( open)?><summary[^>]*>([^<]*)/g)].map(([, open, name]) => `${name}${open ?? ''}`)
  assert.deepEqual(groups, ['Người dân, tổ chức', 'Hệ thống open'])
  assert.match(html, /href="\/admin\/7" aria-current="page"/)
})

test('where the menu of the desk does not fit beside the work, a button that works without scripts brings it, with the place beside', () => {
  const nav = [{ href: '/desk', key: 'ui.skip', permission: 'x' }, { href: '/desk/sign', key: 'ui.back', permission: 'x' }]
  const html = renderDocument(<p>…</p>, samplePage('vi', { actor: officer, nav, path: '/desk/sign' }), { title: 'A', layout: 'desk' })
  assert.match(html, /<nav[^>]*><p[^>]*><button type="button"[^>]* popovertarget="menu">Danh mục<\/button><span>Quay lại<\/span><\/p><div[^>]* id="menu" popover="auto"><ul/)
})

test('help is on every page with a number that dials', () => {
  for (const layout of ['portal', 'desk', 'bare'] as const) assert.match(renderDocument(<p>…</p>, samplePage(), { title: 'A', layout }), /href="tel:19000000"/)
})

test('text is escaped, our own drawings are not', () => {
  assert.match(renderDocument(<p>{'<b>'}</p>, samplePage(), { title: '<i>' }), /<title>&lt;i>.*<p>&lt;b>/s)
  assert.match(renderDocument(<RawHtml html="<svg></svg>" />, samplePage(), { title: 'A' }), /<div><svg><\/svg><\/div>/)
})

test('a node without letters of its own takes them from its short name', () => {
  const named = (vi: string): string => initialsOf({ ...samplePage().brand, shortName: { vi, en: vi } })
  assert.deepEqual(['Tỉnh Gia Lai', 'Bộ Công an', 'Bảo hiểm xã hội Việt Nam'].map(named), ['GL', 'CA', 'BHXH'])
})

test('a date is split into boxes and joined only when the calendar has the day', () => {
  assert.deepEqual(splitDate('2026-02-03'), { day: '3', month: '2', year: '2026' })
  assert.equal(joinDate({ day: '29', month: '2', year: '2024' }), '2024-02-29')
  for (const day of ['29', '0', 'x', '']) assert.equal(joinDate({ day, month: '2', year: '2026' }), undefined)
})
