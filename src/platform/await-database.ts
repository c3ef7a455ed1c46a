import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from './db.ts'

/** Not there yet, just going, or just coming back. */
const passing: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', '57P01', '57P02', '57P03'])

/**
 * Waits until the database answers: it may be starting together with the program, or coming back from a crash.
 * @throws at once what time does not heal (a wrong password), and the last failure when patience ends.
 */
export async function untilDatabaseAnswers(url: string, patienceMs = 60_000): Promise<void> {
  const db = openDatabase(url, { max: 1, name: 'motcua start' })
  try {
    for (const deadline = Date.now() + patienceMs; ; await sleep(100)) {
      try {
        return void await db`SELECT 1`
      } catch (error) {
        if (!passing.has(String((error as { code?: unknown }).code)) || Date.now() > deadline) throw error
      }
    }
  } finally {
    await db.end({ timeout: 1 })
  }
}
