import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open, visitor } from './support/browser.ts'
import { country } from './support/country.ts'
import { total, weighedPages } from './support/weight.ts'

const limit = 30_000

// Runs last (files run in the order of their names), so that it weighs every page that any journey came by.
test('every citizen page that the journeys came by weighs at most 30 kB on first view, fonts aside', async (t) => {
  const place = await country()
  const who = await visitor(t, { scripts: false })
  for (const path of ['/', '/thu-tuc', '/thu-tuc/1.001193', '/so-lieu', '/kiem-tra-van-ban', '/tra-cuu', '/dang-nhap', '/dang-ky', '/khong-co-trang-nay']) await open(who, place.at('national', path))
  // The mailbox of the stand-ins is a tool for whoever tries the country out, not a citizen's page.
  const pages = (await weighedPages()).filter((p) => place.configs.some((c) => p.address.includes(` ${c.baseUrl}/`)))
  assert.ok(pages.length >= 9)
  assert.deepEqual(pages.filter((p) => p.html < 500 || p.others < 5000), [], 'style sheet and emblem are weighed as well')
  for (const p of pages.slice(0, 5)) t.diagnostic(`${(total(p) / 1000).toFixed(1)} kB (HTML ${(p.html / 1000).toFixed(1)} kB): ${p.address}`)
  assert.deepEqual(pages.filter((p) => total(p) > limit), [])
})
