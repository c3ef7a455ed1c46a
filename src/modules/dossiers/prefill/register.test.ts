import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { findCitizen } from '../../../stand-ins/demo-people.ts'
import { listener } from '../../../stand-ins/http.ts'
import { populationRoutes } from '../../../stand-ins/population.ts'
import { listEvents } from '../../ledger/index.ts'
import { valueAt, type Answers } from '../../forms/index.ts'
import type { FilledAnswer } from './source.ts'
import { smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

suite('answers from the population register', () => {
let office!: SmallOffice
let register!: Server
let asked = 0
let isDown = false
const citizen = findCitizen('064079000019')!

before(async () => {
  office = await smallOffice()
  const { standIns } = office.node.config
  const routes = listener(populationRoutes(standIns.key))
  register = createServer((request, response) => {
    asked++
    if (isDown) response.writeHead(503).end()
    else routes(request, response)
  })
  await new Promise<void>((done) => register.listen(0, '127.0.0.1', done))
  Object.assign(standIns, { populationUrl: `http://127.0.0.1:${(register.address() as AddressInfo).port}` })
})
after(async () => {
  register.close()
  await office.stop()
})

async function somebody(): Promise<Sitting> {
  const who = await office.person()
  await office.node.db`UPDATE identity.account SET id_number = ${citizen.idNumber}, full_name = ${citizen.fullName}, birth_date = ${citizen.birthDate} WHERE id = ${who.id}`
  return who
}

const begin = (who: Sitting, fields: [string, string][]) => office.post(who, '/nop-ho-so/2.000815', fields, '/nop-ho-so/2.000815')
async function draftOf(who: Sitting): Promise<{ answers: Answers; filled: FilledAnswer[] }> {
  const [row] = await office.node.db<{ answers: Answers; filled: FilledAnswer[] }[]>`SELECT answers, filled FROM dossiers.draft WHERE account_id = ${who.id} ORDER BY created_at DESC LIMIT 1`
  return row!
}

test('only who asks has it asked; what it knows is filled in with its source, shown, and to be confirmed', async () => {
  const who = await somebody()
  assert.equal((await begin(who, [])).statusCode, 303)
  assert.deepEqual([asked, (await draftOf(who)).filled.some((f) => f.from === 'register')], [0, false])
  const begun = await begin(who, [['register', 'yes']])
  assert.equal(begun.statusCode, 303)
  const { answers, filled } = await draftOf(who)
  const from = new Map(filled.map((f) => [f.field, f.from]))
  assert.deepEqual([from.get('requester.name'), from.get('requester.residence')], ['account', 'register'])
  assert.deepEqual(valueAt(answers, 'requester.residence'), { province: '52', commune: citizen.residence.communeCode, street: citizen.residence.detail })
  assert.match((await office.get(who, String(begun.headers.location))).body, /Từ Cơ sở dữ liệu quốc gia về dân cư, tra cứu ngày \d\d\/\d\d\/\d{4}/)
  const events = (await listEvents(office.node.db, who.id)).filter((e) => e.type === 'identity.register_asked')
  assert.deepEqual(events.map((e) => e.data), [{ register: 'population', outcome: 'match' }])
})

test('what does not fit or does not answer is said, and nothing is begun; the box stays ticked', async () => {
  const who = await office.person()
  const unknown = await begin(who, [['register', 'yes']])
  assert.equal(unknown.statusCode, 400)
  assert.match(unknown.body, /không khớp với dữ liệu dân cư[\s\S]*name="register"[^>]*checked/)
  isDown = true
  assert.match((await begin(who, [['register', 'yes']])).body, /chưa trả lời/)
  isDown = false
  for (let n = 0; n < 6; n++) await begin(who, [['register', 'yes']])
  assert.match((await begin(who, [['register', 'yes']])).body, /quá nhiều lần/)
  const drafts = await office.node.db`SELECT 1 FROM dossiers.draft WHERE account_id = ${who.id}`
  assert.equal(drafts.length, 0)
})
})
