import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shippedDefinitions, type Field } from '../../src/modules/forms/index.ts'
import { translator } from '../../src/platform/i18n.ts'
import { answersWithoutFiles, callFilingApi, type ApiAnswer } from './support/api.ts'
import { country } from './support/country.ts'
import { plainCitizen } from './support/plain-browser.ts'
import { procedureOfForm } from './support/procedure-of-form.ts'

/** A problem document (RFC 9457) with a stable code, a sentence and, for each mistake, its field. */
function assertProblem(answer: ApiAnswer, status: number, code: string, fields: string[] = []): void {
  const what = JSON.stringify(answer.body).slice(0, 600)
  assert.deepEqual([answer.status, answer.body.code], [status, code], what)
  assert.match(answer.type, /^application\/problem\+json/)
  assert.ok((answer.body.title ?? '').length > 10 && !/\w\.error\./.test(answer.body.title!), what)
  for (const field of fields) assert.ok(answer.body.errors?.some((e) => e.field === field), `${field} is named: ${what}`)
  for (const { message } of answer.body.errors ?? []) assert.ok(message.length > 5 && !/\b(?:forms|dossiers|platform)\.\w+/.test(message) && !/\{\w+\}/.test(message), message)
}

const wrongValues = (field: Field): unknown[] => [field.type === 'address' || field.type === 'group' ? 7 : { x: 1 }, [[]], null, ...(['text', 'long-text', 'person-name', 'email'].includes(field.type) ? ['x'.repeat(20_000), 7] : [])]

describe('the filing API and bad input', () => {
  test('the envelope: no key, not JSON, wrong types, unknown and endless fields, nobody, nothing', async () => {
    const place = await country()
    const who = await plainCitizen(place, '064188000014', 'province')
    const good = { procedure: '1.001612', answers: answersWithoutFiles() }
    for (const lang of ['vi', 'en'] as const) {
      const query = `?lang=${lang}`
      const call = (json: unknown, key?: string | null): Promise<ApiAnswer> => callFilingApi(place, who, json, { query, ...(key !== undefined && { key }) })
      const noKey = await call(good, null)
      assertProblem(noKey, 400, 'platform.INVALID', ['Idempotency-Key'])
      assert.equal(noKey.body.title, translator(lang)('platform.error.INVALID'))
      assertProblem(await call(good, 'x'.repeat(300)), 400, 'platform.INVALID', ['Idempotency-Key'])
      for (const json of ['', '{', 'null', '7', '"text"', '[]', 'procedure=1.001612']) assertProblem(await call(json), 400, 'platform.INVALID')
      assertProblem(await call({ ...good, procedure: 7 }), 400, 'platform.INVALID', ['procedure'])
      assertProblem(await call({ ...good, procedure: 'x'.repeat(5000) }), 400, 'platform.INVALID', ['procedure'])
      assertProblem(await call({ procedure: good.procedure }), 400, 'platform.INVALID', ['answers'])
      assertProblem(await call({ ...good, answers: 'all of them' }), 400, 'platform.INVALID', ['answers'])
      assertProblem(await call({ ...good, returnWay: 'moon' }), 400, 'platform.INVALID', ['returnWay'])
      assertProblem(await call({ ...good, surprise: 1 }), 400, 'platform.INVALID')
      assertProblem(await call({ ...good, answers: { ...good.answers, surprise: 1 } }), 400, 'platform.INVALID', ['answers.surprise'])
      assertProblem(await call({ ...good, answers: { __proto__x: 1 } }), 400, 'platform.INVALID')
      assertProblem(await call({ ...good, procedure: '9.999999' }), 404, 'dossiers.PROCEDURE_NOT_FOUND')
      assertProblem(await call('x'.repeat(400_000)), 413, 'platform.TOO_LARGE')
      assertProblem(await callFilingApi(place, undefined, good, { query }), 401, 'platform.LOG_IN')
    }
  })

  for (const definition of shippedDefinitions) {
    test(`each field of ${definition.key} of a wrong type or without end is named`, async () => {
      const place = await country()
      const who = await plainCitizen(place, '064085000013', 'province', 'en')
      const procedure = procedureOfForm(definition.key)
      for (const field of definition.pages.flatMap((p) => p.fields)) {
        for (const value of wrongValues(field)) {
          const answer = await callFilingApi(place, who, { procedure, answers: { [field.id]: value } })
          assertProblem(answer, 400, 'platform.INVALID')
          if (value !== null || (field.type !== 'group' && field.type !== 'calculated' && field.required !== false && !field.condition && !definition.pages.some((p) => p.condition && p.fields.includes(field)))) {
            assert.ok(answer.body.errors!.some((e) => e.field === `answers.${field.id}` || e.field.startsWith(`answers.${field.id}.`)), `${field.id} as ${JSON.stringify(value).slice(0, 40)}: ${JSON.stringify(answer.body.errors).slice(0, 500)}`)
          }
        }
      }
    })
  }

  test('reading: what does not exist is a problem document, odd filters are left out', async () => {
    const place = await country()
    for (const [path, code] of [['dossiers/H21.101-990101-0001', 'dossiers.NOT_FOUND'], ['dossiers/%00', 'dossiers.NOT_FOUND'], ['procedures/9.999999', 'catalogue.PROCEDURE_NOT_FOUND'], ['procedures/1.001193?version=abc', 'catalogue.VERSION_NOT_FOUND'], ['nothing/here', 'platform.NOT_FOUND']] as const) {
      const reply = await fetch(place.at('national', `/api/v1/${path}`))
      assertProblem({ status: reply.status, type: reply.headers.get('content-type') ?? '', body: await reply.json() as ApiAnswer['body'] }, 404, code)
    }
    const odd = await fetch(place.at('national', `/api/v1/procedures?page=-1&size=99999&sort=moon&level=7&q=${'x'.repeat(3000)}`))
    assert.equal(odd.status, 200)
  })
})

test('units on a day: a day that is none is refused, not taken for today', async () => {
  const place = await country()
  const ask = (on: string): Promise<Response> => fetch(place.at('national', `/api/v1/administrative-units?q=23575&on=${on}`))
  for (const on of ['2026-99-99', '2025-02-29', 'hom-nay']) {
    const answer = await ask(on)
    assert.deepEqual([answer.status, ((await answer.json()) as { code: string }).code], [400, 'platform.INVALID'], on)
  }
  assert.equal((await ask('2025-07-01')).status, 200)
})
