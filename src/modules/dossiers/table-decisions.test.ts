import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { loadCalendar } from '../calendar/index.ts'
import { getCurrentProcedure } from '../catalogue/index.ts'
import { publishTable, type TableDefinition, type TableExample } from '../decisions/index.ts'
import { acceptDossier } from './accept-dossier.ts'
import { explainDue } from './clock/explain-due.ts'
import { findDossier } from './dossiers.store.ts'
import { smallOffice, type SmallOffice } from './testing/small-office.ts'

const business = '1.001612'
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
const founder = (purpose: TableDefinition['purpose'], [key, name, type]: [string, string, 'number' | 'string'], [group, other]: [string, string]): { definition: TableDefinition; examples: TableExample[] } => ({
  definition: {
    key, title: { vi: `Bảng thử ${name}`, en: `Test table ${name}` }, ground: 'Nghị định 168/2025/NĐ-CP, Điều 116', purpose, procedure: business,
    table: { hitPolicy: 'UNIQUE', inputs: [{ expression: 'founder', label: 'Người thành lập', typeRef: 'string' }], outputs: [{ name, label: name, typeRef: type }], rules: [{ inputs: ['"family"'], outputs: [group], notes: [] }, { inputs: ['"individual"'], outputs: [other], notes: [] }] },
  },
  examples: [{ note: '', inputs: ['"family"'], outputs: [group] }, { note: '', inputs: ['"individual"'], outputs: [other] }],
})

suite('what decision tables decide about a dossier', () => {
  let office: SmallOffice
  before(async () => { office = await smallOffice({ now: () => new Date('2026-11-18T02:00:00Z') }) })
  after(() => office.stop())
  const publish = async (table: ReturnType<typeof founder>): Promise<void> => {
    const system = systemCtx(office.node, 'test')
    assert.deepEqual(await transact(system, (tx) => publishTable(tx, system, { ...table, version: 1, owner: 'G02', validFrom: '2026-01-01', origin: 'authored', publishedBy: null, publishedName: null })), [])
  }
  const taken = (id: string) => office.node.db`
    SELECT t.purpose, d.inputs, d.result FROM dossiers.table_decision t JOIN decisions.decision_taken d ON d.id = t.decision_id WHERE t.dossier_id = ${id} ORDER BY t.purpose`.then((rows) => [...rows])

  test('without a table the published limit and competence hold, and nothing is recorded', async () => {
    const id = await office.file()
    const { limitValue } = await acceptDossier((await office.officer('one-stop')).ctx, { dossierId: id })
    assert.deepEqual([limitValue, await taken(id)], [3, []])
  })

  test('the limit of the case is decided at the reception, recorded with what went in, and the date explains itself by the table', async () => {
    await publish(founder('time-limit', ['thoi-han-thu', 'days', 'number'], ['7', '2']))
    const { ctx } = await office.officer('one-stop')
    const id = await office.file()
    const accepted = await acceptDossier(ctx, { dossierId: id })
    assert.deepEqual([accepted.limitValue, accepted.limitUnit, accepted.dueAt], [2, 'working-day', new Date('2026-11-20T02:00:00Z')])
    assert.deepEqual(await taken(id), [{ purpose: 'time-limit', inputs: { founder: 'individual' }, result: 2 }])
    const [first] = await explainDue(office.node.db, await loadCalendar(office.node.db), office.node.config.code, (await findDossier(office.node.db, id))!)
    assert.deepEqual(first, { key: 'dossiers.clock.byTable', params: { title: 'Bảng thử days', version: 1, ground: 'Nghị định 168/2025/NĐ-CP, Điều 116' } })
  })

  test('which components a case needs is decided by a table, among those that are published', async () => {
    const id = await office.file()
    const desk = await office.officer('one-stop')
    const published = (await getCurrentProcedure(office.node.db, business, office.node.now()))!.content.components.map((c) => c.name.vi)
    const shown = async (): Promise<number[]> => {
      const { body } = await office.get(desk, `/desk/dossiers/${id}`)
      return published.flatMap((name, at) => (body.includes(escaped(name)) ? [at] : []))
    }
    const before = await shown()
    await publish(founder('components', ['thanh-phan-thu', 'component', 'string'], ['null', JSON.stringify(published.at(-1))]))
    assert.deepEqual(await shown(), [published.length - 1])
    assert.notDeepEqual(before, [published.length - 1])
    await acceptDossier(desk.ctx, { dossierId: id })
    assert.deepEqual((await taken(id)).find((one) => one.purpose === 'components'), { purpose: 'components', inputs: { founder: 'individual' }, result: published.at(-1) })
  })

  test('who decides is chosen at the filing, kept with its decision, and said at the desk', async () => {
    await publish(founder('routing', ['tham-quyen-thu', 'level', 'string'], ['"commune"', '"province"']))
    const id = await office.file()
    assert.equal((await findDossier(office.node.db, id))!.agencyCode, 'H21', 'the People’s Committee of the province')
    assert.deepEqual(await taken(id), [{ purpose: 'routing', inputs: { founder: 'individual' }, result: 'province' }])
    assert.match((await office.get(await office.officer('one-stop', { agencyCode: 'H21' }), `/desk/dossiers/${id}`)).body, /Cơ quan theo bảng quyết định “Bảng thử level”, phiên bản 1/)
  })
})
