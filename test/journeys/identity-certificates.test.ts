import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { openWaysTo } from '../../src/modules/identity/testing/certificates.ts'
import { openDatabase } from '../../src/platform/db.ts'
import type { Lang } from '../../src/platform/i18n.ts'
import { demoPin, officerCertificate, pem, personCertificate } from '../../src/stand-ins/demo-certificates.ts'
import { findCitizen, findOfficer } from '../../src/stand-ins/demo-people.ts'
import { assertAccessible, look, open, visitor, type Visitor } from './support/browser.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { press } from './support/filing.ts'

/** Somebody with an account, and somebody without, for each language. */
const people: Record<Lang, { known: string; unknown: string }> = { vi: { known: '064188000014', unknown: '052206000017' }, en: { known: '064192000012', unknown: '064307000018' } }

/** The country with the three ways open. */
async function openCountry(t: TestContext): Promise<JourneyCountry> {
  const place = await country()
  const db = openDatabase(place.configs.find((c) => c.slug === 'national')!.databaseUrl, { max: 1 })
  t.after(() => db.end())
  await openWaysTo(db, 'token', 'sim', 'passkey')
  return place
}

const certificate = (place: JourneyCountry, idNumber: string) => {
  const { certificate: cert, key } = personCertificate(findCitizen(idNumber)!)
  return [{ origin: place.configs.find((c) => c.slug === 'national')!.certificateListener!.baseUrl, cert: Buffer.from(pem(cert)), key: Buffer.from(key.privateKey.export({ type: 'pkcs8', format: 'pem' })) }]
}

/** At the telephone: the request there is confirmed with the PIN. */
async function confirmAtTelephone(who: Visitor, place: JourneyCountry, phone: string): Promise<void> {
  const telephone = await who.context.newPage()
  await telephone.goto(`${place.mailbox}/sim?to=${phone}&lang=${who.lang}`)
  await telephone.locator('code').first().waitFor()
  if (who.scripts) await assertAccessible(telephone)
  await telephone.locator('input[name=pin]').first().fill(demoPin)
  await telephone.locator('button[value=confirm]').first().click()
  await telephone.getByText(who.t('stand-ins.sim.outcome.confirmed')).waitFor()
  await telephone.close()
}

/** The listener asks the browser for a certificate, and the browser comes back logged in. */
async function byToken(who: Visitor, place: JourneyCountry): Promise<void> {
  await open(who, place.at('national', '/dang-nhap/chung-thu-so?tiep=/tai-khoan'))
  await look(who)
  await press(who, who.t('identity.certificate.tls.button'))
}

async function bySim(who: Visitor, place: JourneyCountry, phone: string, home: string): Promise<void> {
  await open(who, `${home}/dang-nhap/sim-ky-so?tiep=/tai-khoan`)
  await press(who, who.t('identity.certificate.sim.button'))
  await look(who, 400)
  await who.page.getByLabel(who.t('identity.certificate.sim.phone')).fill(phone)
  await press(who, who.t('identity.certificate.sim.button'))
  await look(who)
  await confirmAtTelephone(who, place, phone)
  // The page may have gone on by itself.
  await who.page.getByRole('button', { name: who.t('identity.certificate.sim.waiting.done') }).click({ timeout: 2000 }).catch(() => {})
  await who.page.waitForURL('**/tai-khoan')
}

/** Adds a passkey, logs in with it, gives it another name and removes it. */
async function passkeys(who: Visitor, home: string): Promise<void> {
  const { page, t } = who
  const devices = await who.context.newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  await page.locator(`main a[href="/tai-khoan/khoa-truy-cap"]`).click()
  await page.getByRole('button', { name: t('identity.passkey.add.button') }).click()
  await page.locator('.govuk-error-summary').waitFor()
  await look(who, 400)
  await page.getByLabel(t('identity.passkey.name'), { exact: true }).fill('Máy thử')
  await page.getByRole('button', { name: t('identity.passkey.add.button') }).click()
  await page.getByText(t('identity.passkey.done.them')).waitFor()
  await look(who)
  await who.context.clearCookies({ name: /session/ })
  await open(who, `${home}/dang-nhap/khoa-truy-cap?tiep=/tai-khoan/khoa-truy-cap`)
  await look(who)
  assert.equal(await page.getByText(t('identity.passkey.failed')).isVisible(), false)
  await page.getByRole('button', { name: t('identity.passkey.log_in.button') }).click()
  await page.waitForURL('**/tai-khoan/khoa-truy-cap')
  await page.getByRole('link', { name: t('identity.passkey.change') }).click()
  await look(who)
  await page.getByLabel(t('identity.passkey.name'), { exact: true }).fill('Điện thoại thử')
  await press(who, t('identity.passkey.save'))
  await page.getByRole('heading', { name: 'Điện thoại thử' }).waitFor()
  await page.getByRole('link', { name: t('identity.passkey.change') }).click()
  await page.getByRole('link', { name: t('identity.passkey.remove') }).click()
  await look(who)
  await press(who, t('identity.passkey.remove.button'))
  await page.getByText(t('identity.passkey.none')).waitFor()
}

/** Signs the challenge with openssl and uploads the signature. */
async function bySignedFile(t: TestContext, who: Visitor, start: string, own: ReturnType<typeof personCertificate>): Promise<void> {
  const { page } = who
  const folder = mkdtempSync(join(tmpdir(), 'motcua-journey-'))
  t.after(() => rmSync(folder, { recursive: true }))
  await open(who, start)
  await press(who, who.t('identity.certificate.file.button'))
  await look(who)
  const href = await page.getByRole('link', { name: who.t('identity.certificate.file.download') }).getAttribute('href')
  const file = (name: string): string => join(folder, name)
  writeFileSync(file('thu-thach.txt'), await (await who.context.request.get(new URL(href!, page.url()).href)).body())
  writeFileSync(file('chung-thu.pem'), pem(own.certificate))
  writeFileSync(file('khoa.pem'), own.key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const command = await page.locator('pre code').first().textContent()
  execFileSync('sh', ['-c', command!], { cwd: folder, stdio: 'pipe' })
  await press(who, who.t('identity.certificate.file.send'))
  await look(who, 400)
  await page.locator('input[name=signature]').setInputFiles(file('chu-ky.p7s'))
  await press(who, who.t('identity.certificate.file.send'))
}

describe('certificates and passkeys', { concurrency: 2 }, () => {
  for (const lang of ['vi', 'en'] as const) {
    test(`a person logs in by token, SIM and passkey, in ${lang}`, async (t) => {
      const place = await openCountry(t)
      const { known, unknown } = people[lang]
      const width = lang === 'vi' ? 1280 : 390
      const who = await visitor(t, { lang, width, more: { ignoreHTTPSErrors: true, clientCertificates: certificate(place, known) } })
      await byToken(who, place)
      await who.page.waitForURL('**/tai-khoan')
      const newcomer = await visitor(t, { lang, width, more: { ignoreHTTPSErrors: true, clientCertificates: certificate(place, unknown) } })
      await byToken(newcomer, place)
      await newcomer.page.waitForURL('**/tai-khoan-moi')
      await look(newcomer)
      await press(newcomer, newcomer.t('identity.register.continue'))
      await look(newcomer, 400)
      const stranger = await visitor(t, { lang, width, more: { ignoreHTTPSErrors: true } })
      await byToken(stranger, place)
      await stranger.page.getByText(stranger.t('identity.certificate.fault.no-certificate')).waitFor()
      await look(stranger, 400)
      // Passkeys want a name, and this country runs at an address.
      const home = place.at('national', '').replace('127.0.0.1', 'localhost')
      const named = await visitor(t, { lang, width })
      await bySim(named, place, findCitizen(known)!.phone, home)
      await passkeys(named, home)
    })
  }

  test('without scripts a signed file and a SIM log in, and the page of passkeys offers other ways', async (t) => {
    const place = await openCountry(t)
    const [byFile, sim] = [await visitor(t, { scripts: false, width: 390 }), await visitor(t, { scripts: false, width: 390 })]
    await bySignedFile(t, byFile, place.at('national', '/dang-nhap/chung-thu-so?tiep=/tai-khoan'), personCertificate(findCitizen('064085000013')!))
    await byFile.page.waitForURL('**/tai-khoan')
    await bySim(sim, place, findCitizen('064085000013')!.phone, place.at('national', ''))
    await open(sim, place.at('national', '/dang-nhap/khoa-truy-cap').replace('127.0.0.1', 'localhost'))
    assert.equal(await sim.page.getByRole('button', { name: sim.t('identity.passkey.log_in.button') }).isVisible(), false)
    await sim.page.getByText(sim.t('identity.passkey.no_script')).waitFor()
    await sim.page.getByRole('link', { name: sim.t('identity.certificate.others') }).waitFor()
  })

  test('an administrator logs in at the desk with the certificate of the agency', async (t) => {
    const place = await openCountry(t)
    const who = await visitor(t, { lang: 'en' })
    await bySignedFile(t, who, place.at('province', '/desk/login/certificate?tiep=/admin'), officerCertificate(findOfficer('quantri.gialai')!))
    await who.page.waitForURL('**/admin')
    await open(who, place.at('province', '/desk/passkeys'))
    await look(who)
  })
})
