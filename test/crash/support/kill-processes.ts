import { setTimeout as sleep } from 'node:timers/promises'
import { untilDatabaseAnswers } from '../../../src/platform/await-database.ts'
import type { CrashCountry, Victim } from './crash-country.ts'
import type { Acknowledged } from './file-dossiers.ts'
import type { Random } from './random.ts'

export interface Kill {
  victim: Victim
  /** Milliseconds until the killed part answered again; undefined when it did not in time. */
  backAfterMs: Promise<number | undefined>
}

const turns: readonly Victim[] = ['national', 'province', 'database', 'stand-ins', 'database']
const patienceMs = 30_000

/** Kills processes without warning, spread over all kinds, each while filings go on; returns what was killed. */
export async function killProcesses(country: CrashCountry, count: number, filed: readonly Acknowledged[], random: Random): Promise<Kill[]> {
  const victims = random.shuffled(Array.from({ length: count }, (_, i) => turns[i % turns.length]!))
  const coming = new Set<Victim>()
  const kills: Kill[] = []
  while (victims.length > 0) {
    const before = filed.length
    await sleep(100 + random.below(1200))
    // A country that stands still is not hurt by another kill, so some filings come through first; on a slow machine not before every kill.
    await until(() => filed.length >= before + 3, 2500)
    // Now and then one that is just coming back; mostly one that works.
    const alsoStarting = random.chance(0.15)
    const victim = await until(() => victims.find((v) => country.pidOf(v) !== undefined && (alsoStarting || !coming.has(v))), patienceMs)
    const pid = victim && country.pidOf(victim)
    if (!pid) throw new Error(`Nothing of what was killed came back within ${patienceMs / 1000} s.`)
    victims.splice(victims.indexOf(victim), 1)
    process.kill(pid, 'SIGKILL')
    coming.add(victim)
    const backAfterMs = untilBack(country, victim).then((ms) => { coming.delete(victim); return ms })
    kills.push({ victim, backAfterMs })
  }
  return kills
}

async function untilBack(country: CrashCountry, victim: Victim): Promise<number | undefined> {
  const begun = Date.now()
  const { national, province } = country.configs
  if (victim === 'database') return untilDatabaseAnswers(province.ownerUrl!, patienceMs).then(() => Date.now() - begun, () => undefined)
  const url = victim === 'stand-ins' ? national.standIns.smsUrl : country.configs[victim].baseUrl
  for (; Date.now() - begun < patienceMs; await sleep(50)) if (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then((r) => r.ok, () => false)) return Date.now() - begun
  return undefined
}

/** The fact as soon as there is one; what it is at last when time is over. */
export async function until<T>(fact: () => T, ms: number): Promise<T> {
  for (const deadline = Date.now() + ms; Date.now() < deadline && !fact(); ) await sleep(20)
  return fact()
}
