import assert from 'node:assert/strict'
import { demoCitizens, demoOfficers } from '../../../stand-ins/demo-people.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { createSession } from '../access/session.store.ts'
import { findAccountByIdNumber } from '../citizens/account.store.ts'
import { totpCode } from '../officers/totp.ts'
import type { TestBrowser } from './browser.ts'
import type { RunningNode, SmallCountry } from './small-country.tsx'

/** Has an account from the start. */
export const known = demoCitizens[0]!
export const alsoKnown = demoCitizens[1]!
export const thirdKnown = demoCitizens[2]!

/** The code in the last message to a telephone. */
export async function codeFor(country: SmallCountry, phone: string): Promise<string> {
  // A number between hyphens is a day in the number of a request.
  const sent = /(?<!-)\b\d{6}\b(?!-)/
  const code = sent.exec((await country.lastSms(phone, sent)) ?? '')?.[0]
  assert.ok(code, `a code was sent to ${phone}`)
  return code
}

/** Logs a person in, starting at whichever node; ends on the page asked for. */
export async function logIn(country: SmallCountry, browser: TestBrowser, options: { at?: string; person?: typeof known; returnTo?: string } = {}): Promise<void> {
  const person = options.person ?? known
  await browser.open(`${options.at ?? country.national.url}/dang-nhap?tiep=${encodeURIComponent(options.returnTo ?? '/tai-khoan')}`)
  await browser.submit({ idNumber: person.idNumber }, '/dang-nhap')
  await browser.submit({ code: await codeFor(country, person.phone) }, '/dang-nhap/ma-xac-nhan')
  await acceptTermsIfAsked(browser)
}

/** Proves a person at the national node as strongly as one likes, without the way's own pages: what single sign-on and step-up need of it. */
export async function proveAt(country: SmallCountry, browser: TestBrowser, assurance: 1 | 2 | 3, person = known): Promise<void> {
  const { node } = country.national
  const account = (await findAccountByIdNumber(node.db, person.idNumber))!
  const methods = assurance === 3 ? ['hwk', 'pin'] : assurance === 2 ? ['otp', 'sms'] : ['otp']
  const { token } = await transact(systemCtx(node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: account.id, assurance, methods, now: node.now() }))
  browser.cookies.set('mc_session_vn', { value: token, path: '/' })
}

/** A code that is not the one in the message. */
export const wrongCode = (right: string): string => (right === '000000' ? '111111' : '000000')

export async function logInOfficer(at: RunningNode, browser: TestBrowser, login: string): Promise<void> {
  const officer = demoOfficers.find((o) => o.login === login)!
  await browser.open(`${at.url}/desk/login?tiep=/`)
  await browser.submit({ login, password: officer.password }, '/desk/login')
  await browser.submit({ code: totpCode(officer.totpSecret, at.node.now()) }, '/desk/login/code')
}

/** Who a session token belongs to, as the server sees it now. */
export async function whoIs(running: RunningNode, token: string | undefined): Promise<string> {
  const { authenticate } = await import('../access/authenticate.ts')
  return (await authenticate(running.node, { cookies: {}, authorization: token && `Bearer ${token}` })).kind
}

/** Who is asked to accept the terms does, and goes on to where he wanted. Nothing happens on any other page. */
export async function acceptTermsIfAsked(browser: TestBrowser): Promise<void> {
  if (new URL(browser.page.url).pathname === '/tai-khoan/dieu-khoan') await browser.submit({ accept: 'yes' }, '/tai-khoan/dieu-khoan')
}
