import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, suite, test } from 'node:test'
import { TestBrowser } from '../../src/modules/identity/testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../../src/modules/identity/testing/small-country.tsx'
import { totpCode } from '../../src/modules/identity/officers/totp.ts'
import { listEvents } from '../../src/modules/ledger/index.ts'
import { findOfficerByLogin } from '../../src/modules/identity/officers/officer.store.ts'
import { root } from '../../src/platform/root.ts'

// A node as a province gets it: no demonstration, nobody in it.
suite('the first administrators of a node', () => {
let country!: SmallCountry
let province!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) }, { demo: false })
  ;({ province } = country)
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

const at = (path: string): string => `${province.url}${path}`
interface Printed { code: number; out: string; activation: string | undefined }

/** The command as an operator runs it: a program of its own, with the node's configuration in its environment. */
function command(...args: string[]): Promise<Printed> {
  const env = { ...process.env, MOTCUA_NODE: JSON.stringify({ ...province.node.config, ownerUrl: province.database.ownerUrl }) }
  return new Promise((resolve) => {
    execFile(process.execPath, ['build/add-administrator.js', ...args], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), out: stdout + stderr, activation: /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/.exec(stdout)?.[0] })
    })
  })
}

interface Known { login: string; password: string; secret: string }

/** In the browser, with what stands on the paper. */
async function activate(login: string, code: string, password: string): Promise<Known> {
  const browser = new TestBrowser()
  await browser.open(at('/desk/activate'))
  await browser.submit({ login, code }, '/desk/activate')
  const secret = /<code>([A-Z2-7 ]{20,})<\/code>/.exec(browser.page.html)?.[1]!.replaceAll(' ', '')
  assert.ok(secret, browser.page.html)
  await browser.submit({ password, repeat: password, code: totpCode(secret, province.node.now()) }, '/desk/activate/set-up')
  assert.equal(browser.page.status, 200)
  return { login, password, secret }
}

async function logIn({ login, password, secret }: Known, path: string): Promise<TestBrowser> {
  country.moveClock(60)
  await country.forgetFailures()
  const browser = new TestBrowser()
  await browser.open(at(`/desk/login?tiep=${path}`))
  await browser.submit({ login, password }, '/desk/login')
  await browser.submit({ code: totpCode(secret, province.node.now()) }, '/desk/login/code')
  assert.equal(browser.page.url, at(path))
  return browser
}
const idIn = (url: string): string => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(url)![0]

let first!: Known

test('the command tells what is missing or wrong and makes nobody', async () => {
  const bare = await command()
  assert.equal(bare.code, 1)
  assert.match(bare.out, /--login/)
  const wrong = await command('--login', 'x', '--name', 'An 1', '--agency', 'G24')
  assert.equal(wrong.code, 1)
  for (const option of ['--login', '--name', '--agency']) assert.match(wrong.out, new RegExp(`^${option}: `, 'm'))
  assert.equal((await province.node.db`SELECT 1 FROM identity.officer`).length, 0)
})

test('the paper of the first one opens his account in the browser, and a lost paper is printed again', async () => {
  const lost = await command('--login', 'quantri.mot', '--name', 'Phạm Quản Trị Một', '--agency', 'H21', '--mail', 'quantri.mot@example.gov.vn')
  assert.equal(lost.code, 0, lost.out)
  assert.ok(lost.out.includes(at('/desk/activate')))
  const again = await command('--login', 'quantri.mot', '--name', 'Phạm Quản Trị Một')
  assert.notEqual(again.activation, lost.activation)
  const browser = new TestBrowser()
  await browser.open(at('/desk/activate'))
  await browser.submit({ login: 'quantri.mot', code: lost.activation! }, '/desk/activate')
  assert.equal(browser.page.status, 400, 'a paper that was replaced opens nothing')
  first = await activate('quantri.mot', again.activation!, 'chim sẻ bay qua đồi chè')
  const officer = (await findOfficerByLogin(province.node.db, 'quantri.mot'))!
  const events = await listEvents(province.node.db, officer.id)
  assert.deepEqual(events.slice(0, 4).map((e) => `${e.actor} ${e.type}`), ['officer_added', 'role_granted', 'activation_issued', 'first_administrator_named'].map((type) => `system:command identity.${type}`))
  assert.ok(!JSON.stringify(events).includes(again.activation!))
  assert.equal((await command('--login', 'quantri.mot', '--name', 'Kẻ Khác')).code, 1, 'an account in use is not taken over')
})

test('with two administrators the pages do the rest: an account, its role, and an administrative right by two persons', async () => {
  const printed = await command('--login', 'quantri.hai', '--name', 'Đỗ Quản Trị Hai')
  const second = await activate('quantri.hai', printed.activation!, 'con trâu gặm cỏ bên sông')
  const third = await command('--login', 'quantri.ba', '--name', 'Lê Quản Trị Ba')
  assert.equal(third.code, 1)
  assert.match(third.out, /quantri\.hai, quantri\.mot/)
  assert.equal(await findOfficerByLogin(province.node.db, 'quantri.ba'), undefined)

  const one = await logIn(first, '/admin/officers')
  await one.open(at('/admin/officers/new?agency=H21'))
  await one.submit({ name: 'Võ Chuyên Viên', login: 'chuyenvien.moi', email: '', unit: '' }, '/admin/officers/new')
  const officerId = idIn(one.page.url)
  await one.open(at(`/admin/officers/${officerId}/grant?role=specialist&agency=H21`))
  await one.submit({ role: 'specialist', agency: 'H21', reason: 'Phân công công tác' }, `/admin/officers/${officerId}/grant`)
  assert.equal((await findOfficerByLogin(province.node.db, 'chuyenvien.moi'))!.roles.join(), 'specialist', one.page.html)
  await one.open(at(`/admin/officers/${officerId}/grant?role=agency-admin&agency=H21`))
  await one.submit({ role: 'agency-admin', agency: 'H21', reason: 'Người quản trị thứ ba' }, `/admin/officers/${officerId}/grant`)
  const requestId = idIn(one.page.url)
  assert.deepEqual((await findOfficerByLogin(province.node.db, 'chuyenvien.moi'))!.roles, ['specialist'], 'one person alone gives no administrative right')

  const two = await logIn(second, `/admin/requests/${requestId}`)
  await two.submit({ reason: 'Đồng ý' }, `/admin/requests/${requestId}/approve`)
  assert.deepEqual((await findOfficerByLogin(province.node.db, 'chuyenvien.moi'))!.roles, ['agency-admin', 'specialist'], two.page.html)
})
})
