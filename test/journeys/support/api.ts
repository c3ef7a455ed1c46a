import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { compileForm, sampleAnswers, shippedDefinitions, type Answers } from '../../../src/modules/forms/index.ts'
import type { TestBrowser } from '../../../src/modules/identity/testing/browser.ts'
import type { JourneyCountry } from './country.ts'
import { cookieHeader } from './plain-browser.ts'

export interface ApiAnswer { status: number; type: string; body: { code?: string; title?: string; id?: string; reference?: string; errors?: { field: string; message: string }[] } }

/** A request to the filing API of the province; `json` is sent as it is when it is a text. */
export async function callFilingApi(place: JourneyCountry, who: TestBrowser | undefined, json: unknown, options: { key?: string | null; query?: string } = {}): Promise<ApiAnswer> {
  const key = options.key === undefined ? randomUUID() : options.key
  const reply = await fetch(place.at('province', `/api/v1/dossiers${options.query ?? ''}`), {
    method: 'POST', body: typeof json === 'string' ? json : JSON.stringify(json),
    headers: { 'content-type': 'application/json', ...(who && { cookie: cookieHeader(who) }), ...(key !== null && { 'idempotency-key': key }) },
  })
  return { status: reply.status, type: reply.headers.get('content-type') ?? '', body: await reply.json() as ApiAnswer['body'] }
}

/** Valid answers without files: a household business founded by one person. */
export function answersWithoutFiles(communes: readonly string[] = ['23575'], seed = 1): Answers {
  const form = compileForm(shippedDefinitions.find((d) => d.key === 'household-business')!)
  return sampleAnswers(form, seed, { communes: communes.map((code) => ({ code, province: '52' })), fixed: { founder: 'individual', idCopies: undefined } })
}

/** Files a household business at the province; the dossier's id. */
export async function fileByApi(place: JourneyCountry, who: TestBrowser, options: { communes?: readonly string[] } = {}): Promise<string> {
  const { status, body } = await callFilingApi(place, who, { procedure: '1.001612', answers: answersWithoutFiles(options.communes) })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id!
}
