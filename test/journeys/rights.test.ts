import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TestBrowser } from '../../src/modules/identity/testing/browser.ts'
import { translator } from '../../src/platform/i18n.ts'
import { permissionName } from './support/permission-name.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { fileByApi } from './support/api.ts'
import { cookieHeader, csrfOf, plainCitizen, plainOfficer, postForm } from './support/plain-browser.ts'

const nowhere = '01900000-0000-7000-8000-000000000000'

/** Status and text of a page, without following redirects. */
async function get(browser: TestBrowser | undefined, url: string): Promise<{ status: number; text: string; location: string | null }> {
  const reply = await fetch(url, { redirect: 'manual', headers: { accept: 'text/html', ...(browser && { cookie: cookieHeader(browser) }) } })
  return { status: reply.status, text: await reply.text(), location: reply.headers.get('location') }
}

let filed: Promise<{ id: string; owner: TestBrowser }> | undefined

/** A new dossier of a household business in Pleiku, filed once for all tests of this file. */
function newDossier(place: JourneyCountry): Promise<{ id: string; owner: TestBrowser }> {
  return (filed ??= (async () => {
    const owner = await plainCitizen(place, '064188000014', 'province')
    return { id: await fileByApi(place, owner, { communes: ['23575'] }), owner }
  })())
}

describe('whose dossier it is', () => {
  test('another person finds nothing: not the dossier, its papers, its drafts, nor a way to change it', async () => {
    const place = await country()
    const { id, owner } = await newDossier(place)
    const other = await plainCitizen(place, '064085000013', 'province')
    assert.equal((await get(owner, place.at('province', `/ho-so/${id}`))).status, 200)
    for (const path of [`/ho-so/${id}`, `/ho-so/${id}/da-nop`, `/ho-so/${id}/bo-sung`, `/ho-so/${id}/giay-to/${nowhere}`, `/ho-so/${nowhere}`, '/ho-so/abc', '/ho-so/%00', `/ho-so/${id}x`]) {
      assert.equal((await get(other, place.at('province', path))).status, 404, path)
    }
    const start = place.at('province', '/nop-ho-so/1.001612')
    const csrf = ['_csrf', csrfOf((await owner.open(start)).html)] as const
    const { location } = await postForm(owner, start, [csrf])
    assert.equal((await get(owner, place.at('province', location!))).status, 200)
    assert.equal((await get(other, place.at('province', location!))).status, 404, 'the draft')
    const token = ['_csrf', csrfOf((await other.open(start)).html)] as const
    const draft = location!.replace(/\/trang.*/, '')
    for (const path of [`/ho-so/${id}/rut`, `/ho-so/${id}/bo-sung`, `${draft}/xoa`, `${draft}/kiem-tra`, location!, '/nop-ho-so/1.001612/abc/xoa', '/nop-ho-so/1.001612/abc/kiem-tra', '/nop-ho-so/1.001612/abc/trang/chu-ho', '/nop-ho-so/9.999999', '/ho-so/abc/rut']) {
      assert.equal((await postForm(other, place.at('province', path), [token])).status, 404, path)
    }
    assert.equal((await get(owner, place.at('province', location!))).status, 200, 'the draft is still there')
  })

  test('an officer of another commune finds nothing', async () => {
    const place = await country()
    const { id } = await newDossier(place)
    const other = await plainOfficer(place, 'motcua.dienhong', 'province')
    const csrf = ['_csrf', csrfOf(other.page.html)] as const
    for (const path of ['', '/result-preview', `/documents/${nowhere}`, `/files/${nowhere}`]) assert.equal((await get(other, place.at('province', `/desk/dossiers/${id}${path}`))).status, 404, path)
    for (const path of [`/desk/dossiers/${id}/accept`, `/desk/dossiers/${id}/stop`, `/desk/dossiers/${id}/tasks/${nowhere}`, `/desk/dossiers/${id}/tasks/abc`, '/desk/dossiers/abc/accept']) {
      assert.equal((await postForm(other, place.at('province', path), [csrf])).status, 404, path)
    }
    assert.ok(!(await get(other, place.at('province', '/desk?view=all'))).text.includes(id))
  })

  test('who is not logged in is led to the log-in that fits', async () => {
    const place = await country()
    for (const [path, logIn] of [['/ho-so', '/dang-nhap'], [`/ho-so/${nowhere}`, '/dang-nhap'], ['/hop-thu', '/dang-nhap'], ['/desk', '/desk/login'], [`/desk/dossiers/${nowhere}`, '/desk/login'], ['/admin/exchange', '/desk/login']] as const) {
      const { status, location } = await get(undefined, place.at('province', path))
      assert.deepEqual([status, new URL(location ?? '', place.at('province')).pathname], [303, logIn], path)
    }
  })
})

describe('what an officer may do', () => {
  test('without the right: a page that names it, in the language of the screen', async () => {
    const place = await country()
    const { id } = await newDossier(place)
    for (const lang of ['vi', 'en'] as const) {
      const t = translator(lang)
      const specialist = await plainOfficer(place, 'chuyenmon.pleiku', 'province', lang)
      const accept = await postForm(specialist, place.at('province', `/desk/dossiers/${id}/accept`), [['_csrf', csrfOf(specialist.page.html)]])
      assert.equal(accept.status, 403)
      assert.ok(accept.text.includes(t('ui.errorPage.forbidden.title')) && accept.text.includes(permissionName('dossiers.receive', lang)), accept.text.slice(-1500))
      const exchange = await get(specialist, place.at('province', '/admin/exchange'))
      assert.equal(exchange.status, 403)
      assert.ok(exchange.text.includes(permissionName('exchange.view', lang)))
    }
    const administrator = await plainOfficer(place, 'quantri.gialai', 'province')
    assert.equal((await get(administrator, place.at('province', `/desk/dossiers/${id}`))).status, 403, 'who administers does not read dossiers')
  })

  test('a forged request does nothing: no token, a foreign token, a request from another site', async () => {
    const place = await country()
    const { id } = await newDossier(place)
    const officer = await plainOfficer(place, 'motcua.pleiku', 'province')
    const url = place.at('province', `/desk/dossiers/${id}/accept`)
    const token = csrfOf((await officer.open(place.at('province', `/desk/dossiers/${id}`))).html)
    assert.equal((await postForm(officer, url, [])).status, 403)
    assert.equal((await postForm(officer, url, [['_csrf', 'forged']])).status, 403)
    assert.equal((await postForm(officer, url, [['_csrf', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`]])).status, 403)
    const crossSite = await fetch(url, { method: 'POST', redirect: 'manual', headers: { cookie: cookieHeader(officer), 'sec-fetch-site': 'cross-site' }, body: new URLSearchParams({ _csrf: token }) })
    assert.equal(crossSite.status, 403)
    const { text } = await get(officer, place.at('province', `/desk/dossiers/${id}`))
    assert.ok(text.includes(`/desk/dossiers/${id}/accept`), 'the dossier still waits for reception')
    // The same request with its token is the one that counts.
    assert.equal((await postForm(officer, url, [['_csrf', token]])).status, 303)
  })

  test('a form larger than any page sends gets a page that says so', async () => {
    const place = await country()
    const { owner } = await newDossier(place)
    const reply = await fetch(place.at('province', '/nop-ho-so/1.001612'), { method: 'POST', redirect: 'manual', headers: { cookie: cookieHeader(owner), 'content-type': 'application/x-www-form-urlencoded' }, body: 'x='.padEnd(1_000_000, 'x') })
    assert.equal(reply.status, 413)
    assert.match(reply.headers.get('content-type') ?? '', /^text\/html/)
  })
})
