import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeSlugs } from '../../src/nodes.ts'
import { assertAccessible, logInAsCitizen, logInAsOfficer, open, visitor } from './support/browser.ts'
import { country } from './support/country.ts'

test('every node answers with its own name, in both languages, and links nothing outside the machine', async (t) => {
  const place = await country()
  for (const lang of ['vi', 'en'] as const) {
    const who = await visitor(t, { lang, scripts: false })
    const outside: string[] = []
    who.page.on('request', (request) => { if (new URL(request.url()).hostname !== '127.0.0.1') outside.push(request.url()) })
    for (const slug of nodeSlugs) {
      await open(who, place.at(slug))
      const { shortName } = place.configs.find((c) => c.slug === slug)!
      assert.ok((await who.page.title()).includes(shortName[lang]), await who.page.title())
      assert.equal(await who.page.locator('html').getAttribute('lang'), lang)
    }
    assert.deepEqual(outside, [])
  }
})

test('the mailbox shows messages, officers and citizens, and axe finds nothing there', async (t) => {
  const place = await country()
  for (const lang of ['vi', 'en'] as const) {
    const who = await visitor(t, { lang })
    for (const path of ['/', '/can-bo', '/nguoi-dan']) {
      await open(who, `${place.mailbox}${path}`)
      await assertAccessible(who.page)
    }
  }
})

test('a citizen logs in with a code from the mailbox, without scripts, and reaches the inbox', async (t) => {
  const place = await country()
  const who = await visitor(t, { scripts: false })
  await logInAsCitizen(who, place, '064085000013', 'national', '/hop-thu')
  await who.page.getByRole('heading', { level: 1, name: who.t('notifications.inbox.title') }).waitFor()
})

test('a citizen of the province logs in at the national node and comes back', async (t) => {
  const place = await country()
  const who = await visitor(t, { lang: 'en' })
  await logInAsCitizen(who, place, '064188000014', 'province', '/hop-thu')
  assert.ok(who.page.url().startsWith(place.at('province', '/hop-thu')))
  await assertAccessible(who.page)
})

test('an officer logs in with password and generator code', async (t) => {
  const place = await country()
  const who = await visitor(t)
  await logInAsOfficer(who, place, 'motcua.pleiku', 'province')
  await assertAccessible(who.page)
})
