import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { acceptDossier } from '../../accept-dossier.ts'
import { countDeskDossiers, findDossier, listDeskDossiers, mostListed } from '../../dossiers.store.ts'
import { smallOffice, type SmallOffice } from '../../testing/small-office.ts'

suite('lists of a desk', () => {
let office!: SmallOffice
before(async () => {
  office = await smallOffice()
})
after(() => office.stop())

const reach = (agencyCode: string) => [{ agencyCode, procedureCodes: undefined }]
const found = async (agencyCode: string, text: string, agencies = [office.here, office.there]): Promise<string[]> => (await listDeskDossiers(office.node.db, office.node.config.code, { reach: reach(agencyCode), text, agencies, limit: 50, offset: 0 })).rows.map((d) => d.id)

test('a dossier is found by its code, its reference, how they begin, and by day and number; only within reach, and by no part from the middle', async () => {
  const desk = await office.officer('one-stop')
  const [id, other] = [await office.file(), await office.file()]
  await acceptDossier(desk.ctx, { dossierId: id })
  await acceptDossier(desk.ctx, { dossierId: other })
  const { code, reference } = (await findDossier(office.node.db, id))!
  const [agency, day, number] = code!.split('-')
  for (const text of [code!, code!.toLowerCase(), ` ${code!} `, reference, reference.slice(0, 8), `${day}-${number}`]) assert.deepEqual(await found(office.here, text), [id], text)
  for (const text of [agency!, `${agency}-${day}`, day!, 'H', 'MC']) assert.deepEqual((await found(office.here, text)).sort(), [id, other].sort(), text)
  assert.deepEqual((await found(office.node.config.code, day!)).sort(), [id, other].sort(), 'from the node’s own agency')
  for (const text of [`-${number}`, '%', '_', 'MC-_', `${code!}0`, 'ZZ']) assert.deepEqual(await found(office.here, text), [], text)
  assert.deepEqual(await found(office.there, code!), [], 'another agency’s')
  assert.deepEqual(await found(office.here.slice(0, -1), code!), [], 'an agency whose code begins so is not above it')
})

test('beyond what is listed nobody counts, no page opens, and the page says so', async () => {
  const desk = await office.officer('one-stop', { agencyCode: office.there })
  const { db, config } = office.node
  await db`
    INSERT INTO dossiers.dossier (id, reference, procedure_code, procedure_version, node_code, origin_node, agency_code, channel, state, return_way, submitted_at)
    SELECT gen_random_uuid(), 'MC-LIST-' || g, '1.001612', 1, ${config.code}, ${config.code}, ${office.there}, 'online', 'new', 'online', now() - g * interval '1 minute' FROM generate_series(1, ${mostListed + 20}::int) AS g`
  assert.equal(await countDeskDossiers(db, config.code, { reach: reach(office.there), states: ['new'] }), mostListed + 1)
  const last = await office.get(desk, '/desk?view=incoming&page=100000')
  assert.match(last.body, /Danh sách dài hơn 5\.000 hồ sơ/)
  assert.match(last.body, /\(5\.000\+\)/)
  assert.match(last.body, /aria-current="page">100</)
  assert.equal((await office.get(desk, '/api/v1/desk/dossiers?page=251&size=20')).statusCode, 400)
  const answer = (await office.get(desk, '/api/v1/desk/dossiers?page=250&size=20')).json() as { total: number; more: boolean; dossiers: unknown[] }
  assert.deepEqual([answer.total, answer.more, answer.dossiers.length], [mostListed, true, 20])
})

test('open dossiers come first, the most urgent on top; within one state as well', async () => {
  const desk = await office.officer('one-stop')
  const ids = await Promise.all([1, 2, 3].map(() => office.file()))
  for (const [n, id] of ids.entries()) {
    await acceptDossier(desk.ctx, { dossierId: id })
    await office.node.db`UPDATE dossiers.dossier SET due_at = now() - ${10 - n} * interval '1 year', procedure_code = '9.list' WHERE id = ${id}`
  }
  await office.node.db`UPDATE dossiers.dossier SET state = 'returned', finished_at = now(), returned_at = now() WHERE id = ${ids[0]!}`
  const list = async (more: object) => (await listDeskDossiers(office.node.db, office.node.config.code, { reach: reach(office.node.config.code), procedureCode: '9.list', limit: 9, offset: 0, ...more })).rows.map((d) => d.id)
  assert.deepEqual(await list({}), [ids[1], ids[2], ids[0]])
  assert.deepEqual(await list({ states: ['received'] }), [ids[1], ids[2]])
  assert.deepEqual(await list({ states: ['returned'] }), [ids[0]])
  assert.deepEqual(await list({ states: ['returned', 'received'] }), [ids[1], ids[2], ids[0]])
  assert.deepEqual(await list({ dueBefore: new Date() }), [ids[1], ids[2]])
})
})
