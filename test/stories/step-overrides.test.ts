import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { acceptDossier } from '../../src/modules/dossiers/accept-dossier.ts'
import { smallOffice, type SmallOffice } from '../../src/modules/dossiers/testing/small-office.ts'
import { listTasks } from '../../src/modules/process/index.ts'
import { runDue } from '../../src/platform/jobs.ts'

const shown = (body: string): string => body.replace(/<svg[\s\S]*?<\/svg>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

suite('a step is given to others without a new version', () => {
  let office!: SmallOffice
  before(async () => { office = await smallOffice() })
  after(() => office.stop())

  test('one administrator proposes, another confirms; the unit finds the step and its dossier, for as long as it is open', async () => {
    const { node, here } = office
    await node.db`INSERT INTO organisations.unit (id, agency_code, name_vi, name_en, position) VALUES ('to-kiem-tra', ${here}, 'Tổ kiểm tra tên', 'Names', 90)`
    const [desk, one, two] = [await office.officer('one-stop'), await office.officer('agency-admin', { agencyCode: 'H21' }), await office.officer('agency-admin', { agencyCode: 'H21' })]
    const id = await office.file()
    await acceptDossier(desk.ctx, { dossierId: id })
    const ofUnit = await office.officer('specialist')
    const limited = (unitId: string) => node.db`UPDATE identity.role_grant SET unit_id = ${unitId} WHERE officer_id = ${ofUnit.id}`
    await limited('to-kiem-tra')
    assert.equal((await office.get(ofUnit, `/desk/dossiers/${id}`)).statusCode, 404, 'another unit’s matter')

    const list = (await office.get(one, '/admin/step-overrides?process=household-business')).body
    const href = /href="(\/admin\/step-overrides\/new[^"]*step=check_name[^"]*)"/.exec(list)![1]!.replaceAll('&amp;', '&')
    assert.doesNotMatch((await office.get(one, href)).body, /to-kiem-tra/)
    assert.match((await office.get(one, `${href}&agency=${here}`)).body, /<option value="to-kiem-tra"[^>]*>Tổ kiểm tra tên/)
    const fields: [string, string][] = [['process', 'household-business'], ['step', 'check_name'], ['agency', here], ['role', ''], ['unit', 'to-kiem-tra'], ['day-day', '1'], ['day-month', '1'], ['day-year', '2026'], ['open', '1']]
    const wrong = await office.post(one, '/admin/step-overrides', [...fields, ['reason', '']], '/admin/step-overrides')
    assert.equal(wrong.statusCode, 400)
    assert.match(wrong.body, /<option value="to-kiem-tra" selected/, 'what was chosen stays')
    const proposed = await office.post(one, '/admin/step-overrides', [...fields, ['reason', 'Quyết định 7']], '/admin/step-overrides')
    assert.equal(proposed.statusCode, 303, shown(proposed.body))
    const page = proposed.headers.location!.split('?')[0]!
    assert.match(shown((await office.get(one, page)).body), /Tổ kiểm tra tên .*1 bước đang mở sẽ giao lại .*chờ một quản trị viên khác xác nhận/)
    assert.doesNotMatch((await office.get(one, page)).body, /Xác nhận thay đổi/)
    assert.equal((await office.post(one, `${page}/confirm`, [], '/admin/step-overrides')).statusCode, 409)
    assert.match((await office.get(two, page)).body, /Xác nhận thay đổi/)
    assert.equal((await office.post(two, `${page}/confirm`, [], '/admin/step-overrides')).statusCode, 303)
    while (await runDue(node) > 0);
    while (await runDue(node) > 0);

    assert.deepEqual((await listTasks(node.db, { subject: id, open: true })).filter((task) => task.elementId === 'check_name').map((task) => task.unitId), ['to-kiem-tra'])
    assert.match(shown((await office.get(one, '/admin/step-overrides?process=household-business')).body), /Có thay đổi riêng ở 1 cơ quan/)
    const dossier = await office.get(ofUnit, `/desk/dossiers/${id}`)
    assert.equal(dossier.statusCode, 200)
    assert.match(dossier.body, new RegExp(`action="/desk/dossiers/${id}/tasks/`))
    await limited('khac')
    assert.equal((await office.get(ofUnit, `/desk/dossiers/${id}`)).statusCode, 404)
    assert.equal((await office.get(desk, '/admin/step-overrides')).statusCode, 403)
  })
})
