import { setTimeout as sleep } from 'node:timers/promises'
import type { CrashCountry, Victim } from './crash-country.ts'
import type { Acknowledged } from './file-dossiers.ts'
import type { Random } from './random.ts'

export interface Kill {
  victim: Victim
  /** Milliseconds until the killed part answered again; of the database, until both nodes did. Undefined when they did not in time. */
  backAfterMs: Promise<number | undefined>
}

const turns: readonly Victim[] = ['national', 'province', 'database', 'stand-ins', 'database']
const patienceMs = 30_000

/** Kills processes without warning, spread over all kinds, each while filings go on; returns what was killed. */
export async function killProcesses(country: CrashCountry, count: number, filed: readonly Acknowledged[], random: Random): Promise<Kill[]> {
  const victims = random.shuffled(Array.from({ length: count }, (_, i) => turns[i % turns.length]!))
  const kills: Kill[] = []
  while (victims.length > 0) {
    const before = filed.length
    await sleep(100 + random.below(1200))
    // A country that stands still is not hurt by another kill, so some filings come through first; on a slow machine not before every kill.
    await until(() => filed.length >= before + 3, 2500)
    const victim = await until(() => victims.find((v) => country.pidOf(v) !== undefined), patienceMs)
    const pid = victim && country.pidOf(victim)
    if (!pid) throw new Error(`Nothing of what was killed came back within ${patienceMs / 1000} s.`)
    victims.splice(victims.indexOf(victim), 1)
    process.kill(pid, 'SIGKILL')
    kills.push({ victim, backAfterMs: untilHealthy(country, victim) })
  }
  return kills
}

async function untilHealthy(country: CrashCountry, victim: Victim): Promise<number | undefined> {
  const begun = Date.now()
  const { national, province } = country.configs
  const urls = victim === 'database' ? [national.baseUrl, province.baseUrl] : [victim === 'stand-ins' ? national.standIns.smsUrl : country.configs[victim].baseUrl]
  const answers = (url: string): Promise<boolean> => fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then((r) => r.ok, () => false)
  for (; Date.now() - begun < patienceMs; await sleep(50)) if ((await Promise.all(urls.map(answers))).every(Boolean)) return Date.now() - begun
  return undefined
}

/** The fact as soon as there is one; what it is at last when time is over. */
export async function until<T>(fact: () => T, ms: number): Promise<T> {
  for (const deadline = Date.now() + ms; Date.now() < deadline && !fact(); ) await sleep(20)
  return fact()
}
