/** One request or one transaction; resolves when it is answered. `worker` numbers the connection from 0. */
export type Unit = (worker: number) => Promise<void>

export interface Measured { perSecond: number; p50: number; p99: number; done: number; failed: number }
export interface Limit { connections: number; seconds: number }

/** Runs a unit over and over on so many connections for so long, after a short warm-up that does not count. Bounded in count and time. */
export async function measure(unit: Unit, { connections, seconds }: Limit, maxUnits = 2_000_000): Promise<Measured> {
  await drive(unit, connections, Math.min(4, seconds / 3), maxUnits)
  const { latencies, failed, elapsed } = await drive(unit, connections, seconds, maxUnits)
  latencies.sort((a, b) => a - b)
  const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99), done: latencies.length, failed }
}

async function drive(unit: Unit, connections: number, seconds: number, maxUnits: number): Promise<{ latencies: number[]; failed: number; elapsed: number }> {
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
