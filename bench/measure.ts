import { perUnit, type Processor } from './memory.ts'

/** One request or one transaction; resolves when it is answered. `worker` numbers the connection from 0. */
export type Unit = (worker: number) => Promise<void>

export interface Measured { perSecond: number; p50: number; p99: number; done: number; failed: number }
export interface Limit { connections: number; seconds: number }

const rounds = 3

/**
 * Measures a request beside the bare database: in turns, so that what the machine and its disk do meanwhile falls on both, after a warm-up of
 * both that does not count. `between` waits until the program has done what the requests left it to do; `meter` tells what the programs have worked so far.
 */
export async function measurePair(http: Unit, bare: Unit, { connections, seconds }: Limit, between: () => Promise<void>, meter?: () => Processor): Promise<{ http: Measured & { cpu?: Processor }; bare: Measured }> {
  const warmUp = Math.min(6, seconds / 2)
  await drive(http, connections, warmUp)
  await between()
  await drive(bare, connections, warmUp)
  const runs: { http: Driven[]; bare: Driven[] } = { http: [], bare: [] }
  const spent: Processor[] = []
  for (let round = 0; round < rounds; round++) {
    const before = meter?.()
    runs.http.push(await drive(http, connections, seconds / rounds))
    if (before) spent.push(perUnit(before, meter!(), 1))
    await between()
    runs.bare.push(await drive(bare, connections, seconds / rounds))
  }
  const ours = summary(runs.http)
  const sum = (which: keyof Processor): number => spent.reduce((total, one) => total + one[which], 0) / ours.done
  return { http: { ...ours, ...(meter ? { cpu: { node: sum('node'), database: sum('database'), load: sum('load') } } : {}) }, bare: summary(runs.bare) }
}

/** Measures one request by itself, after a warm-up that does not count. `cpuMs` tells how long the measured process has worked so far. */
export async function measure(unit: Unit, { connections, seconds }: Limit, cpuMs: () => number): Promise<Measured & { cpu: number }> {
  await drive(unit, connections, Math.min(6, seconds / 2))
  const before = cpuMs()
  const measured = summary([await drive(unit, connections, seconds)])
  return { ...measured, cpu: (cpuMs() - before) / (measured.done + measured.failed) }
}

/** Does a unit over and over on so many connections for so long: preparation, not measurement. Bounded in count and time. */
export async function repeat(unit: Unit, { connections, seconds }: Limit, maxUnits: number): Promise<void> {
  await drive(unit, connections, seconds, maxUnits)
}

function summary(runs: readonly Driven[]): Measured {
  const latencies = runs.flatMap((r) => r.latencies).sort((a, b) => a - b)
  const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { perSecond: latencies.length / runs.reduce((sum, r) => sum + r.elapsed, 0), p50: at(0.5), p99: at(0.99), done: latencies.length, failed: runs.reduce((sum, r) => sum + r.failed, 0) }
}

interface Driven { latencies: number[]; failed: number; elapsed: number }

async function drive(unit: Unit, connections: number, seconds: number, maxUnits = 2_000_000): Promise<Driven> {
  const latencies: number[] = []
  let failed = 0
  const begun = performance.now()
  const end = begun + seconds * 1000
  const work = async (worker: number): Promise<void> => {
    while (performance.now() < end && latencies.length + failed < maxUnits) {
      const start = performance.now()
      try {
        await unit(worker)
        latencies.push(performance.now() - start)
      } catch (error) {
        if (error instanceof Exhausted) return
        if (failed++ === 0) console.error(error)
        if (failed > 100) throw new Error('More than 100 requests failed; the measurement is void.')
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, worker) => work(worker)))
  return { latencies, failed, elapsed: (performance.now() - begun) / 1000 }
}

/** Thrown by a unit that has nothing left to do: the measurement ends there without a failure. */
export class Exhausted extends Error {}
