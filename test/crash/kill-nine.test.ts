import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, mock, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilDatabaseAnswers } from '../../src/platform/await-database.ts'
import { openDatabase, type Tx } from '../../src/platform/db.ts'
import { acceptDossiers } from './support/accept-dossiers.ts'
import { citizenAt, crashCountry, desks, type Citizen, type CrashCountry, type CrashNode } from './support/crash-country.ts'
import { databaseDamages, factDamages, type Sample } from './support/damages.ts'
import { fileDossiers } from './support/file-dossiers.ts'
import { findDamage, type Promised } from './support/find-damage.ts'
import { killProcesses, until, type Kill } from './support/kill-processes.ts'
import { observeNode, unfinished, type CountryFacts } from './support/observe.ts'
import { seededRandom } from './support/random.ts'

const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1_000_000))
const killCount = Number(process.env.CRASH_KILLS ?? 20)
const clientsAtEachNode = Number(process.env.CRASH_CLIENTS ?? 6)
const restMs = 90_000

// Hooks of a file without a suite would run for every file of the process.
suite('kill -9', () => {
  let country: CrashCountry
  let facts: CountryFacts
  let promised: Promised
  before(async () => {
    // The supervisor says what it starts again; here that is no news.
    mock.method(console, 'error', () => {})
    country = await crashCountry()
  }, { timeout: 120_000 })
  after(async () => {
    await country?.stop()
    mock.restoreAll()
  })

  test(`${killCount} kills of any process while dossiers are filed: everything acknowledged is there once, told once and in order`, { timeout: 80_000 + killCount * 10_000 }, async (t) => {
    t.diagnostic(`seed ${seed} (CRASH_SEED=${seed} repeats it)`)
    const begun = Date.now()
    const { filed, accepted, kills, complaints } = await liveThroughKills(country)
    const loaded = Date.now()
    promised = { filed, accepted }
    const left = await untilAtRest(country)
    facts = await observe(country)
    const damages = findDamage(facts, promised)
    const waits = filed.map((f) => f.waitMs).sort((a, b) => a - b)
    t.diagnostic(`${filed.length} filings acknowledged (${filed.filter((f) => f.node === 'national').length} at the national node), ${filed.filter((f) => f.tries > 1).length} of them after repeats, ${filed.filter((f) => f.repeated).length} had been done before their answer was lost; ${accepted.length} accepted`)
    t.diagnostic(`${kills.length} kills: ${[...Map.groupBy(kills, (k) => k.victim)].map(([victim, list]) => `${list.length} × ${victim}`).join(', ')}`)
    const back = (await Promise.all(kills.map((k) => k.backAfterMs))).map((ms) => ms ?? Infinity).sort((a, b) => a - b)
    t.diagnostic(`back at work after ${back[Math.floor(back.length / 2)]} ms (median), ${back.at(-1)} ms at most`)
    t.diagnostic(`clients waited ${waits[Math.floor(waits.length / 2)]} ms (median), ${waits.at(-1)} ms at most; ${((loaded - begun) / 1000).toFixed(1)} s under load, at rest ${((Date.now() - loaded) / 1000).toFixed(1)} s later`)
    t.diagnostic(`lost ${damages.filter((d) => /lost|missing|not-told/.test(d.name)).length}, doubled ${damages.filter((d) => /doubled|twice|unknown|once/.test(d.name)).length}, damages ${damages.length}`)
    assert.deepEqual(complaints, [])
    assert.deepEqual(left, [])
    assert.deepEqual(damages.slice(0, 20), [])
    assert.deepEqual(deathsByMistake(country), [])
    assert.ok(filed.some((f) => f.tries > 1), 'no kill was felt by anybody: the test shows nothing')
    assert.ok(accepted.length > 0 && filed.some((f) => f.node === 'national') && filed.some((f) => f.node === 'province'))
  })

  test('the same checks call every damage by its name', { timeout: 120_000 }, async () => {
    assert.deepEqual(findDamage(facts, promised).slice(0, 5), [])
    const sample = sampleOf(facts, promised)
    for (const { expected, at, harm } of databaseDamages) {
      const harmed = await observeHarmed(country, at, (tx) => harm(tx, sample))
      const names = findDamage({ ...facts, [at]: harmed }, promised).map((d) => d.name)
      assert.ok(names.includes(expected), `${expected} at ${at} was found as: ${[...new Set(names)].join(', ') || 'nothing'}`)
    }
    for (const { expected, harm } of factDamages) {
      const changed = harm(facts, promised)
      const names = findDamage(changed.facts ?? facts, changed.promised ?? promised).map((d) => d.name)
      assert.ok(names.includes(expected), `${expected} was found as: ${[...new Set(names)].join(', ') || 'nothing'}`)
    }
    assert.deepEqual(findDamage(await observe(country), promised).slice(0, 5), [], 'the damages were undone')
  })

  test('a database that answers before it has written loses what it promised, and the checks see it', { timeout: 120_000 }, async (t) => {
    await answerBeforeWriting(country)
    const { communeCode } = (await desks(country))[0]!
    const citizens = await Promise.all([1, 2, 3, 4].map((n) => citizenAt(country, 'province', 900 + n)))
    for (let kills = 1; ; kills++) {
      const filer = fileDossiers(country, citizens, { seed: seed + kills, communes: [communeCode], pauseMs: 0 })
      await until(() => filer.acknowledged.length >= 20, 30_000)
      process.kill(country.pidOf('database')!, 'SIGKILL')
      await filer.finish()
      await untilDatabaseAnswers(country.configs.province.ownerUrl!)
      const filed = [...promised.filed, ...filer.acknowledged]
      const lost = findDamage(await patiently(() => observe(country)), { ...promised, filed }).filter((d) => d.name === 'filing-lost')
      t.diagnostic(`${lost.length} of ${filer.acknowledged.length} filings lost at kill ${kills}`)
      if (lost.length > 0) return
      assert.ok(kills < 8, 'nothing was lost: the kills show nothing')
    }
  })
})

async function answerBeforeWriting(country: CrashCountry): Promise<void> {
  const admin = openDatabase(country.superuserUrl('postgres'), { max: 1 })
  await admin`ALTER ROLE motcua_app SET synchronous_commit = off`
  await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'motcua_app'`
  await admin.end({ timeout: 2 })
}

interface Lived extends Promised { kills: readonly Kill[]; complaints: string[] }

async function liveThroughKills(country: CrashCountry): Promise<Lived> {
  const places = await desks(country)
  const nodes: CrashNode[] = Array.from({ length: clientsAtEachNode * 2 }, (_, i) => (i % 2 === 0 ? 'national' : 'province'))
  const citizens: Citizen[] = await Promise.all(nodes.map((node, i) => citizenAt(country, node, i)))
  const filer = fileDossiers(country, citizens, { seed, communes: [...places.map((p) => p.communeCode), '21583'], pauseMs: 60 })
  const reception = acceptDossiers(country, places, filer.acknowledged, { seed, share: 0.5 })
  try {
    const kills = await killProcesses(country, killCount, filer.acknowledged, seededRandom(seed))
    return { filed: filer.acknowledged, accepted: reception.accepted, kills, complaints: [...(await finished(filer)), ...(await finished(reception))] }
  } catch (error) {
    await Promise.all([filer.finish(), reception.finish()])
    throw new Error([(error as Error).message, ...filer.complaints, ...reception.complaints].join('\n'), { cause: error })
  }
}

async function finished(work: { complaints: string[]; finish(): Promise<void> }): Promise<string[]> {
  await work.finish()
  return work.complaints
}

/** What is still to be done when patience ends; empty as soon as both nodes are at rest. */
async function untilAtRest(country: CrashCountry): Promise<string[]> {
  for (const deadline = Date.now() + restMs; ; await sleep(200)) {
    const left = (await Promise.all([unfinished(country.db.national), unfinished(country.db.province)]).catch((error: unknown) => [[String(error)], []])).flat()
    if (left.length === 0 || Date.now() > deadline) return left
  }
}

async function observe(country: CrashCountry): Promise<CountryFacts> {
  const [national, province] = await Promise.all([observeNode(country.db.national), observeNode(country.db.province)])
  return { national, province, gateway: country.gatewayMessages() }
}

/** The observer's own connections were lost as well. */
async function patiently<T>(look: () => Promise<T>): Promise<T> {
  return look().catch(() => sleep(500).then(look))
}

class Undo extends Error {}

/** Harms a node in a transaction, looks at it there, and undoes the harm. */
async function observeHarmed(country: CrashCountry, at: CrashNode, harm: (tx: Tx) => Promise<unknown>): Promise<CountryFacts[CrashNode]> {
  let seen: CountryFacts[CrashNode] | undefined
  await country.db[at].begin(async (transaction) => {
    await harm(transaction as Tx)
    seen = await observeNode(transaction as Tx)
    throw new Undo()
  }).catch((error: unknown) => { if (!(error instanceof Undo)) throw error })
  return seen!
}

function sampleOf(facts: CountryFacts, { filed, accepted }: Promised): Sample {
  const isAccepted = new Set(facts.province.dossiers.filter((d) => d.code !== null).map((d) => d.id))
  return { waiting: filed.find((f) => !isAccepted.has(f.id))!.id, accepted: accepted[0]! }
}

/** A process may die because it was killed, or while starting because its database was; never of an error that nobody caught. */
function deathsByMistake(country: CrashCountry): string[] {
  return (['national', 'province', 'stand-ins'] as const).flatMap((name) => {
    const lines = readFileSync(join(country.logFolder, `${name}.log`), 'utf8').split('\n')
    return lines.flatMap((line, i) => (/triggerUncaughtException|Uncaught|UnhandledPromiseRejection/i.test(line) ? [`${name}: ${lines.slice(Math.max(0, i - 3), i + 8).join(' ⏎ ')}`] : []))
  })
}
