import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCountry, type CountrySetup } from '../../src/country/start-country.ts'
import { assertPortFree, findEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'

const firstPort = 4800
const node = `http://127.0.0.1:${firstPort + 30}`
const mailbox = `http://127.0.0.1:${firstPort + 900}`

async function answers(url: string): Promise<boolean> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(100)) {
    if (await fetch(url, { signal: AbortSignal.timeout(2000) }).then((r) => r.ok, () => false)) return true
  }
  return false
}

test('one node alone: killed programs come back, a second start keeps the data, nothing runs after the stop', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'motcua-country-'))
  const setup: CountrySetup = { fresh: false, nodes: ['social-insurance'], host: '127.0.0.1', firstPort, dataDir }
  const first = await startCountry(setup)
  let running = first
  t.after(async () => {
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })
  const { pids } = first
  const sms = { method: 'POST', headers: { authorization: `Bearer ${first.configs[0]!.standIns.key}` }, body: JSON.stringify({ to: '0900000011', text: 'kept', key: '1' }) }
  assert.equal((await fetch(`${mailbox}/sms`, sms)).status, 202)

  await assert.rejects(startCountry({ ...setup, firstPort: firstPort + 100 }), { name: 'StartFailure', message: /in use by process/ })
  for (const name of ['social-insurance', 'stand-ins']) process.kill(pids()[name]!, 'SIGKILL')
  process.kill(findEmbeddedPostgres(join(dataDir, 'postgres'))!.pid, 'SIGKILL')
  await sleep(200)
  assert.deepEqual([await answers(`${node}/healthz`), await answers(`${mailbox}/healthz`)], [true, true])

  const programs = Object.values(pids())
  await first.stop()
  assert.deepEqual(programs.filter((pid) => isAlive(pid!)), [])
  assert.equal(findEmbeddedPostgres(join(dataDir, 'postgres')), undefined)

  running = await startCountry(setup)
  assert.match(await (await fetch(`${mailbox}/messages`)).text(), /kept/)
  await running.stop()
  await assertPortFree(firstPort + 30)
})

function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
  } catch {
    return false
  }
}
