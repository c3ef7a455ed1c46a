import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { acceptDossier } from '../../src/modules/dossiers/accept-dossier.ts'
import { smallOffice, type SmallOffice } from '../../src/modules/dossiers/testing/small-office.ts'
import { shippedDefinitions } from '../../src/modules/process/definitions/index.ts'
import { drainFollowers } from '../../src/modules/ledger/index.ts'
import { listTasks, publishProcess } from '../../src/modules/process/index.ts'
import { systemCtx, transact } from '../../src/platform/ctx.ts'
import { runDue } from '../../src/platform/jobs.ts'

const shown = (body: string): string => body.replace(/<svg[\s\S]*?<\/svg>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

suite('dossiers in progress move to another version of their process', () => {
  let office!: SmallOffice
  before(async () => { office = await smallOffice() })
  after(() => office.stop())

  test('an administrator looks, maps, plans, and reads the report; the dossier keeps its promised date and says what happened', async () => {
    const { node } = office
    const [desk, admin] = [await office.officer('one-stop'), await office.officer('agency-admin', { agencyCode: 'H21' })]
    const id = await office.file()
    await acceptDossier(desk.ctx, { dossierId: id })
    const [promised] = await node.db<{ due: Date }[]>`SELECT due_at AS due FROM dossiers.dossier WHERE id = ${id}`
    const ctx = systemCtx(node, 'test')
    const old = shippedDefinitions().find(({ file }) => file.startsWith('household-business'))!
    // The same process with one of its first steps under another name and id.
    const bpmn = old.bpmn.replaceAll('"check_name"', '"check_firm"').replaceAll('Kiểm tra tên hộ kinh doanh', 'Đối chiếu tên hộ kinh doanh').replaceAll('>check_name<', '>check_firm<').replaceAll('#check_name', '#check_firm')
    const published = await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn, legalLimit: old.legalLimit }))
    assert.deepEqual(published.problems, [])

    const list = await office.get(admin, '/admin/process-moves')
    assert.match(list.body, /<option value="household-business"/)
    const choose = (await office.get(admin, '/admin/process-moves/new?process=household-business')).body
    const [to, from] = [...choose.slice(choose.indexOf('name="to"')).matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value!)
    const address = `/admin/process-moves/preview?process=household-business&from=${from}&to=${to}`
    const preview = await office.get(admin, address)
    assert.match(shown(preview.body), /Không chuyển được .*\(check_name\) không còn trong phiên bản mới/)
    assert.match(shown(preview.body), /Không có hồ sơ nào chuyển được/)
    const mapped = await office.get(admin, `${address}&m.1.check_name=check_firm`)
    assert.match(shown(mapped.body), /Chuyển theo ghép bước &quot;Kiểm tra tên hộ kinh doanh&quot; thành &quot;Đối chiếu tên hộ kinh doanh&quot;/)
    assert.match(shown(mapped.body), /1 hồ sơ sẽ chuyển, 0 hồ sơ ở lại/)

    const fields: [string, string][] = [['process', 'household-business'], ['from', from!], ['to', to!], ['m.1.check_name', 'check_firm']]
    const wrong = await office.post(admin, '/admin/process-moves', [...fields, ['reason', ''], ['day-day', '31'], ['day-month', '2'], ['day-year', '2030'], ['time', '19:30']], '/admin/process-moves')
    assert.equal(wrong.statusCode, 400)
    assert.match(wrong.body, /value="31"[\s\S]*value="19:30"/, 'what was typed stays')
    const planned = await office.post(admin, '/admin/process-moves', [...fields, ['reason', 'Quyết định 12']], '/admin/process-moves')
    assert.equal(planned.statusCode, 303, shown(planned.body))
    assert.match(shown((await office.get(admin, planned.headers.location!)).body), /Đã lên lịch .*Đã xét 0 trên 1 hồ sơ/)
    while (await runDue(node) > 0);
    const done = (await office.get(admin, planned.headers.location!)).body
    assert.match(shown(done), /Đã xong .*Đã xét 1 trên 1 hồ sơ: 1 đã chuyển, 0 ở lại/)
    const report = await office.get(admin, `${planned.headers.location}/report?format=csv`)
    assert.match(report.body, new RegExp(`${id},Đã chuyển,.*→ Đối chiếu tên hộ kinh doanh`))

    assert.ok((await listTasks(node.db, { subject: id, open: true })).some((task) => task.elementId === 'check_firm'))
    assert.deepEqual([...await node.db`SELECT due_at AS due FROM dossiers.dossier WHERE id = ${id}`], [promised])
    await drainFollowers(node)
    assert.match(shown((await office.get(desk, `/desk/dossiers/${id}`)).body), /Chuyển quy trình từ phiên bản 1 sang phiên bản 2/)

    const cancel = (await office.post(admin, `${planned.headers.location}/cancel`, [], '/admin/process-moves'))
    assert.equal(cancel.statusCode, 409, 'what is over is not cancelled')
    assert.equal((await office.get(desk, '/admin/process-moves')).statusCode, 403)
    assert.equal((await office.get(admin, address.replace(from!, to!.replace(/.$/, 'x')))).statusCode, 404)
  })
})
