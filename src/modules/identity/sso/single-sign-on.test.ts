import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type SmallCountry } from '../testing/small-country.tsx'

const citizen = { idNumber: '052090000011', phone: '0900000011', name: 'Nguyễn Văn Thử Nghiệm' }

async function logIn(country: SmallCountry, browser: TestBrowser, at: string): Promise<void> {
  await browser.open(`${at}/dang-nhap?tiep=/tai-khoan`)
  await browser.submit({ idNumber: citizen.idNumber }, '/dang-nhap')
  const code = /\b\d{6}\b/.exec((await country.lastSms(citizen.phone)) ?? '')?.[0]
  assert.ok(code, 'a code was sent')
  await browser.submit({ code }, '/dang-nhap/ma-xac-nhan')
}

test('a person who logs in at a province does it at the national node, and needs no second log-in anywhere', async (t) => {
  const country = await smallCountry(t)
  const browser = new TestBrowser()
  await logIn(country, browser, country.province.url)
  assert.equal(browser.page.url, `${country.province.url}/tai-khoan`)
  assert.match(browser.page.html, new RegExp(citizen.name))
  const there = await browser.open(`${country.ministry.url}/dang-nhap?tiep=/tai-khoan`)
  assert.equal(there.url, `${country.ministry.url}/tai-khoan`, 'no page in between')
  assert.ok(there.hops.every((hop) => !hop.includes('/dang-nhap/tiep/')), 'not even a redirect through the log-in page')
})
