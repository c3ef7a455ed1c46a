import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { TestBrowser } from '../../testing/browser.ts'
import { smallCountry } from '../../testing/small-country.tsx'
import { logInOfficer } from '../../testing/stories.ts'
import { hashSecret } from '../clients.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('sign-on administration', () => {
type Country = Awaited<ReturnType<typeof smallCountry>>
let national: Country['national']
const admin = new TestBrowser()

before(async () => {
  ;({ national } = await smallCountry({ after: (stop) => void stops.push(stop) }))
  await logInOfficer(national, admin, 'quantri.quocgia')
})
const stops: (() => unknown)[] = []
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

const at = (path: string): string => `${national.url}${path}`

const typed = { clientId: 'treasury', nameVi: 'Kho bạc thử nghiệm', nameEn: 'Test treasury', redirectUris: 'https://treasury.example/callback\nhttps://treasury.example/callback-2', logOutUris: '', backchannelUri: '', authMethod: 'client_secret_post', scopes: 'person', strengths: '3' }

test('a system is registered by its addresses, and its secret is shown once', async () => {
  await admin.open(at('/admin/sign-on/systems/new'))
  const done = await admin.submit(typed)
  assert.equal(done.status, 200)
  const secret = /class="mc-code">([\w-]{43})</.exec(done.html)![1]!
  const [row] = await national.node.db`SELECT secret_hash, redirect_uris, scopes, strengths FROM identity.relying_party WHERE client_id = 'treasury'`
  assert.deepEqual(row, { secret_hash: hashSecret(secret), redirect_uris: typed.redirectUris.split('\n'), scopes: ['openid', 'person'], strengths: [3] })
  assert.doesNotMatch((await admin.open(at('/admin/sign-on/systems/treasury'))).html, new RegExp(secret))
  const list = await admin.open(at('/admin/sign-on?lang=en'))
  for (const said of ['Test treasury', 'H21', 'In the node’s configuration', 'Signing', 'Every log-out has been told']) assert.match(list.html, new RegExp(said))
})

test('the log-in forms may lead to a registered system, and to no other', async () => {
  const policy = (await fetch(at('/dang-nhap'))).headers.get('content-security-policy')!
  assert.match(policy, /form-action [^;]*https:\/\/treasury\.example/)
})

test('what was typed wrong is said and kept', async () => {
  for (const [field, value] of [['clientId', 'Kho Bạc'], ['clientId', 'treasury'], ['clientId', 'h21'], ['nameEn', ''], ['redirectUris', 'http://treasury.example/'], ['redirectUris', 'https://a.example/ https://b.example/'], ['redirectUris', 'https://a.example/#x'], ['logOutUris', 'javascript:alert(1)'], ['backchannelUri', 'ftp://a.example'], ['authMethod', 'none'], ['scopes', 'everything'], ['strengths', '4']] as const) {
    await admin.open(at('/admin/sign-on/systems/new?lang=vi'))
    const again = await admin.submit({ ...typed, clientId: 'another', [field]: value })
    assert.equal(again.status, 400, `${field} ${value}`)
    assert.match(again.html, /govuk-error-summary/)
    assert.match(again.html, /Kho bạc thử nghiệm/)
  }
})

test('a change, a new secret and an end are asked for twice where they break something, and stay in the ledger', async () => {
  await admin.open(at('/admin/sign-on/systems/treasury'))
  assert.equal((await admin.submit({ ...typed, nameEn: 'Renamed treasury' })).url, at('/admin/sign-on?done=changed'))
  assert.match((await admin.open(at('/admin/sign-on/systems/treasury/secret?lang=en'))).html, /A new secret for Renamed treasury\?/)
  assert.match((await admin.submit({})).html, /class="mc-code">[\w-]{43}</)
  await admin.open(at('/admin/sign-on/systems/treasury/disable'))
  await admin.submit({})
  assert.match(admin.page.html, /Disabled since/)
  await admin.open(at('/admin/sign-on/systems/treasury'))
  await admin.submit({}, '/admin/sign-on/systems/treasury/enable')
  assert.match(admin.page.html, /Enabled since/)
  const events = await national.node.db<{ type: string }[]>`SELECT type FROM ledger.event WHERE subject = 'treasury' ORDER BY id`
  assert.deepEqual(events.map((e) => e.type.split('.')[1]), ['relying_party_registered', 'relying_party_changed', 'relying_party_secret_renewed', 'relying_party_disabled', 'relying_party_enabled'])
  assert.equal((await admin.open(at('/admin/sign-on/systems/nobody'))).status >= 400, true)
})

test('a key is announced by a button, and replaced at once only after a warning', async () => {
  await admin.open(at('/admin/sign-on'))
  await admin.submit({}, '/admin/sign-on/keys')
  assert.match(admin.page.html, /Announced, not in use yet/)
  assert.doesNotMatch(admin.page.html, /action="\/admin\/sign-on\/keys"/, 'one at a time')
  await admin.open(at('/admin/sign-on/keys/replace'))
  await admin.submit({})
  assert.match(admin.page.html, /Gone/)
})

test('only who administers the national portal gets here', async () => {
  const nobody = new TestBrowser()
  for (const path of ['/admin/sign-on', '/admin/sign-on/systems/new', '/admin/sign-on/keys/replace']) assert.match((await nobody.open(at(path))).url, /\/desk\/login/)
})
})
