import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCountry, type Country } from '../../src/country/start-country.ts'
import { findForm, sampleAnswers } from '../../src/modules/forms/index.ts'
import { createSession } from '../../src/modules/identity/index.ts'
import { openDatabase, type Sql, type Tx } from '../../src/platform/db.ts'
import { findEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { newId } from '../../src/platform/ids.ts'

const firstPort = 7100
const kills = Number(process.env.MOTCUA_KILLS ?? 20)
const seed = Number(process.env.MOTCUA_SEED ?? 20261122)
const filers = 3

/** Same seed, same victims at the same moments (mulberry32). */
function seeded(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

interface Filed { id: string; reference: string }

/** Files at the national node for a ward of the province until told to stop; an answer that was lost is asked for again with the same key. */
async function fileUntil(stopped: () => boolean, filed: Filed[], baseUrl: string, token: string, body: (n: number) => string): Promise<void> {
  for (let n = 0; !stopped(); n++) {
    const key = newId()
    for (let done = false; !done;) {
      try {
        const answer = await fetch(`${baseUrl}/api/v1/dossiers`, { method: 'POST', body: body(n), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }, signal: AbortSignal.timeout(10_000) })
        if (answer.status !== 200 && answer.status !== 201) assert.ok(answer.status >= 500, `${answer.status} ${await answer.text()}`)
        else {
          filed.push((await answer.json()) as Filed)
          done = true
        }
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
      }
      await sleep(done ? 60 : 200)
    }
  }
}

/** References of the filings in the newest texts on a telephone. */
async function textsAt(place: Country, phone: string, filed: readonly Filed[]): Promise<string[]> {
  const messages = (await (await fetch(`${place.configs[0]!.standIns.smsUrl}/messages?to=${phone}`)).json()) as { text: string }[]
  return messages.flatMap((m) => filed.find((f) => m.text.includes(f.reference))?.reference ?? [])
}

/** The same query while the server may be starting again. */
async function patiently<T>(query: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await query()
    } catch (error) {
      if (attempt === 40) throw error
      await sleep(250)
    }
  }
}

/** Each time after filings went through again, so that every kill meets live work. */
async function killAtRandom(place: Country, dataDir: string, filed: readonly Filed[]): Promise<string[]> {
  const random = seeded(seed)
  const killed: string[] = []
  while (killed.length < kills) {
    const before = filed.length
    while (filed.length === before) await sleep(20)
    await sleep(random() * 1000)
    const targets: Record<string, number | undefined> = { ...place.pids(), database: findEmbeddedPostgres(join(dataDir, 'postgres'))?.pid }
    const name = ['national', 'national', 'province', 'province', 'database', 'stand-ins'][Math.floor(random() * 6)]!
    const pid = targets[name]
    if (!pid) continue
    process.kill(pid, 'SIGKILL')
    killed.push(name)
  }
  return killed
}

test(`every filing that was acknowledged is there once, everywhere, after ${kills} kills at seeded moments`, { timeout: 280_000 }, async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'motcua-kill-'))
  const place = await startCountry({ fresh: true, nodes: ['national', 'province'], host: '127.0.0.1', firstPort, dataDir })
  t.after(async () => {
    await place.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })
  const [national, province] = place.configs.map((c) => openDatabase(c.databaseUrl, { max: 2 })) as [Sql, Sql]
  t.after(() => Promise.all([national.end({ timeout: 2 }), province.end({ timeout: 2 })]))
  const [account] = await national<{ id: string; phone: string }[]>`SELECT id, phone FROM identity.account WHERE id_number = '064188000014'`
  const token = (await national.begin(async (tx) => (await createSession(tx as unknown as Tx, { kind: 'person', accountId: account!.id, assurance: 2, now: new Date() })).token)) as string
  const form = (await findForm(national, 'household-business'))!
  const ward = { province: '52', commune: '23575', street: 'Số 1, đường Thử Nghiệm' }
  const body = (n: number): string => JSON.stringify({ procedure: '1.001612', answers: { ...sampleAnswers(form, n + 1, { fixed: { founder: 'individual', idCopies: undefined } }), [form.definition.placeField]: ward }, returnWay: 'online' })

  let stopped = false
  const filed: Filed[] = []
  const filing = Promise.all(Array.from({ length: filers }, () => fileUntil(() => stopped, filed, place.configs[0]!.baseUrl, token, body)))
  // A filer that fails ends the test at once instead of leaving the killer waiting for work.
  const killed = (await Promise.race([killAtRandom(place, dataDir, filed), filing.then(() => [])])) as string[]
  stopped = true
  await filing
  t.diagnostic(`${filed.length} filings acknowledged; killed: ${killed.join(', ')}`)
  assert.ok(filed.length >= kills, 'too few filings to prove anything')

  const ids = filed.map((f) => f.id).sort()
  const rows = (db: Sql) => patiently(async () => (await db<{ id: string }[]>`SELECT id FROM dossiers.dossier ORDER BY id`).map((r) => r.id))
  const submitted = (db: Sql) => patiently(async () => (await db<{ subject: string }[]>`SELECT subject FROM ledger.event WHERE type = 'dossier.submitted' ORDER BY subject`).map((r) => r.subject))
  const notices = () => patiently(() => national<{ id: string; state: string }[]>`SELECT id, state FROM notifications.message WHERE template = 'notifications.event.dossier-submitted.sms'`)
  // What was under way when the last program died needs its retries.
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(500)) {
    if ((await rows(province)).length >= ids.length && (await notices()).length >= ids.length) break
  }
  assert.deepEqual(await rows(national), ids, 'dossiers at the national node')
  assert.deepEqual(await rows(province), ids, 'dossiers at the province')
  assert.deepEqual(await submitted(national), ids, 'events at the national node')
  assert.deepEqual(await submitted(province), ids, 'events at the province')
  assert.equal(new Set(filed.map((f) => f.reference)).size, ids.length)
  // A message whose sender was killed waits for its lease to end, so the last ones may still be under way.
  const [asked, arrived] = [await notices(), await textsAt(place, account!.phone, filed)]
  assert.deepEqual([asked.length, asked.filter((m) => m.state === 'failed').length], [ids.length, 0], 'text messages asked for, failed')
  assert.equal(new Set(arrived).size, arrived.length, 'text messages that arrived twice')
  assert.ok(arrived.length >= Math.min(asked.filter((m) => m.state !== 'queued').length, 150), 'text messages that the gateway took')
})
