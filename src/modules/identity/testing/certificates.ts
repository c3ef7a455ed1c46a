import { request } from 'node:https'
import type { Sql } from '../../../platform/db.ts'
import { pem, type DemoCertificate } from '../../../stand-ins/demo-certificates.ts'
import { forgetLogInWays, type LogInWay } from '../ways/log-in-ways.ts'
import type { Page, TestBrowser } from './browser.ts'

/** Opens ways to log in for persons, as the dated list would. */
export async function openWaysTo(db: Sql, ...ways: LogInWay[]): Promise<void> {
  for (const way of ways) await db`INSERT INTO identity.log_in_way (way, holder, valid_from, basis) VALUES (${way}, 'person', '2026-08-01', 'test') ON CONFLICT DO NOTHING`
  forgetLogInWays()
}

/** What a browser does with a certificate: the handshake, one request; the address that it is sent to. */
export function handshake(address: string, certificate: DemoCertificate | undefined, key = certificate?.key): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const own = certificate && key ? { cert: pem(certificate.certificate), key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }) } : {}
    request(address, { ...own, rejectUnauthorized: false, agent: false }, (response) => {
      response.resume()
      resolve(response.headers.location)
    }).once('error', reject).end()
  })
}

/** Sends files with the form of the page. */
export async function upload(browser: TestBrowser, files: Record<string, Buffer>): Promise<Page> {
  const { url, html } = browser.page
  const body = new FormData()
  body.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(html)![1]!)
  for (const [field, bytes] of Object.entries(files)) body.set(field, new Blob([new Uint8Array(bytes)]), `${field}.bin`)
  return browser.postBody(url, body)
}
