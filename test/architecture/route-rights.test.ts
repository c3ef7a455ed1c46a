import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { accessName, countryNodes, countryRoutes } from '../../scripts/docs/country-nodes.ts'
import { permissionsPage } from '../../scripts/docs/permissions.ts'
import { holdersOf, roles } from '../../src/modules/identity/index.ts'
import { root } from '../../src/platform/root.ts'

const routes = countryRoutes()
const named = routes.map(({ route, module }) => ({ ...route, module, name: `${route.method} ${route.path}` }))

test('all four nodes have their pages', () => {
  for (const node of countryNodes()) assert.ok(node.modules.flatMap((m) => m.routes?.(node) ?? []).length > 30, node.config.slug)
})

test('the rights are those that were reviewed and committed', () => {
  // A changed right shows as a changed line of this file, which a reviewer sees: run `npm run docs` and commit it.
  assert.equal(permissionsPage(), readFileSync(join(root, 'docs/generated/permissions.md'), 'utf8'))
})

/** What anyone may do by POST without a log-in, and why. */
const publicActs: Readonly<Record<string, string>> = {
  'POST /bao-loi-du-lieu': 'Anyone may say that a procedure is wrong (S4 art. 25, 37); limited by browser and address.',
  'POST /bao-loi-tai-khoan': 'Who cannot log in must be able to say so (Decision 31/2021, art. 13.1); limited by address, and the same answer to everybody.',
  'POST /phan-doi-doi-so': 'Whoever holds the old telephone may stop a change of number with the letters sent to it; limited by address.',
  'POST /dang-nhap': 'Logging in is how a person becomes known.',
  'POST /dang-nhap/chung-thu-so': 'Begins a log-in with a certificate; throttled.',
  'POST /dang-nhap/chung-thu-so/ky-tep': 'The signed challenge comes back; five tries, throttled.',
  'POST /dang-nhap/chung-thu-so/ma-xac-nhan': 'The code by which somebody new confirms a telephone number.',
  'POST /dang-nhap/chung-thu-so/tai-khoan-moi': 'Opens an account for a proved certificate; the population register is asked first.',
  'POST /dang-nhap/khoa-truy-cap': 'Logging in with a passkey; throttled.',
  'POST /dang-nhap/sim-ky-so': 'Asks for a signature on a telephone; throttled by number and address.',
  'POST /dang-nhap/sim-ky-so/cho-xac-nhan': 'Asks whether the telephone has answered; only the browser that began.',
  'POST /dang-nhap/ma-xac-nhan': 'The second half of logging in.',
  'POST /dang-nhap/gui-lai-ma': 'Asks for the one-time code again; throttled.',
  'POST /dang-nhap/ket-thuc': 'Notice of the national node that a session ended; carries a signed token.',
  'POST /dang-nhap/so-bao-hiem': 'Logging in by social-insurance number; throttled.',
  'POST /dang-nhap/dinh-danh-dien-tu/so-dien-thoai': 'A first log-in by electronic identity gives a telephone, to which a code goes; throttled.',
  'POST /dang-ky/so-bao-hiem': 'Registration; two registers confirm the person before the account exists.',
  'POST /dang-ky': 'Registration; the identity is checked before the account exists.',
  'POST /dang-xuat': 'Logging out twice does no harm.',
  'POST /desk/activate': 'An officer with an activation code is not known yet; throttled.',
  'POST /desk/activate/set-up': 'Only for the browser in which the activation code was right.',
  'POST /desk/login': 'Logging in of officers.',
  'POST /desk/login/certificate': 'Begins a log-in of an officer with a certificate; throttled.',
  'POST /desk/login/certificate/file': 'The signed challenge comes back; five tries, throttled.',
  'POST /desk/login/passkey': 'Logging in of officers with a passkey; throttled.',
  'POST /desk/login/code': 'The second factor of officers.',
  'POST /desk/logout': 'Logging out twice does no harm.',
  'POST /api/v1/portal/login': 'Systems of agencies log in with an account of their own; throttled.',
  'POST /api/v1/portal/data': 'The session that the log-in gave stands in the message, as in the format of the national portal.',
  'POST /api/v1/portal/share': 'As there: the session stands in the message, and an account tells of its own agency’s dossiers only.',
  'POST /phan-doi-mo-tai-khoan': 'Who objects to an account cannot log in with it; proved by the code of the message, throttled.',
  'POST /kiem-tra-van-ban': 'Anyone who holds a paper may ask what it is worth; nothing is kept.',
}

test('only what is listed with a reason can be done without a log-in', () => {
  const open = [...new Set(named.filter((r) => r.method !== 'GET' && r.access === 'public').map((r) => r.name))]
  assert.deepEqual(open.filter((name) => !(name in publicActs)), [])
  assert.deepEqual(Object.keys(publicActs).filter((name) => !open.includes(name)), [], 'listed, but there is no such public act')
})

test('desk and administration are for officers', () => {
  const officers = (name: string): boolean => name === 'officer' || holdersOf(name).length > 0
  const inside = named.filter((r) => /^\/(desk|admin)(\/|$)/.test(r.path) && !/^\/desk\/(log|activate)/.test(r.path))
  assert.ok(inside.length > 10)
  assert.deepEqual(inside.filter((r) => !officers(accessName(r.access))).map((r) => r.name), [])
})

test('an act on the desk or in administration asks for a permission, not just for any officer', () => {
  const acts = named.filter((r) => r.method !== 'GET' && r.access === 'officer')
  assert.deepEqual(acts.map((r) => r.name), [])
})

test('every permission is asked for by a route and held by a role', () => {
  const asked = new Set(named.map((r) => accessName(r.access)))
  const declared = countryNodes().flatMap((node) => node.modules.flatMap((m) => Object.keys(m.permissions ?? {})))
  assert.deepEqual([...new Set(declared)].filter((p) => !asked.has(p) || holdersOf(p).length === 0), [])
})

test('who administers does not handle dossiers', () => {
  const administrators = roles.filter((role) => role.endsWith('-admin'))
  const mixed = ['dossiers.view', 'dossiers.receive', 'dossiers.handle'].filter((p) => holdersOf(p).some((role) => administrators.includes(role)))
  assert.deepEqual(mixed, [])
})

test('addresses follow their language: desk, administration and API in English, citizens’ pages in Vietnamese without marks', () => {
  const english = /^\/(desk|admin|\.well-known|api\/v1|dev|exchange\/v1|assets|oidc|log|witness)(\/|$)|^\/(healthz|emblem\.svg)?$/
  const vietnamese = /^(\/([a-z]+(-[a-z]+)*|:[a-zA-Z]+))+$/
  assert.deepEqual(named.filter((r) => !english.test(r.path) && !vietnamese.test(r.path)).map((r) => r.name), [])
})

test('an address carries no personal data: its variables are ids and codes', () => {
  const known = /^(id|code|uid|document|file|task|draft|page|version|form|key|commune|name)$/
  assert.deepEqual(named.flatMap((r) => [...r.path.matchAll(/:(\w+)/g)].map(([, name]) => name!).filter((name) => !known.test(name)).map((name) => `${r.name}: ${name}`)), [])
})
