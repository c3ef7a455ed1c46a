import { setTimeout as sleep } from 'node:timers/promises'
import type { CrashCountry, Desk } from './crash-country.ts'
import type { Acknowledged } from './file-dossiers.ts'
import { seededRandom } from './random.ts'

export interface Reception { /** Ids of the dossiers that an officer was told to have accepted. */ readonly accepted: string[]; readonly complaints: string[]; finish(): Promise<void> }

/** At each desk an officer accepts a share of what came in, and presses again after every failure. */
export function acceptDossiers(country: CrashCountry, places: readonly Desk[], filed: readonly Acknowledged[], options: { seed: number; share: number }): Reception {
  const accepted: string[] = []
  const complaints: string[] = []
  let over = false
  let patienceEnds = Infinity
  const baseUrl = country.configs.province.baseUrl
  const working = places.map(async (desk, place) => {
    const random = seededRandom(options.seed * 1000 + 500 + place)
    const forms = await openDesk(baseUrl, desk)
    const waiting: { filing: Acknowledged; answerLost: boolean }[] = []
    for (let seen = 0; !over || waiting.length > 0; ) {
      for (; seen < filed.length && !over; seen++) if (filed[seen]!.communeCode === desk.communeCode && random.chance(options.share)) waiting.push({ filing: filed[seen]!, answerLost: false })
      const next = waiting.shift()
      if (!next) { await sleep(50); continue }
      const outcome = await accept(`${baseUrl}/desk/dossiers/${next.filing.id}/accept`, forms, next.answerLost)
      if (outcome === 'accepted') accepted.push(next.filing.id)
      else if (typeof outcome === 'number' || Date.now() > patienceEnds) complaints.push(`accepting ${next.filing.reference} (${next.filing.key}) was answered ${outcome}`)
      else {
        waiting.push({ ...next, answerLost: next.answerLost || outcome === 'no answer' })
        await sleep(100)
      }
    }
  })
  return { accepted, complaints, async finish() { over = true; patienceEnds = Date.now() + patienceMs; await Promise.all(working) } }
}

interface Forms { cookie: string; csrf: string }

async function openDesk(baseUrl: string, desk: Desk): Promise<Forms> {
  const page = await fetch(`${baseUrl}/desk?view=incoming`, { headers: { cookie: desk.cookie } })
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1]
  const own = page.headers.getSetCookie().map((c) => c.split(';')[0]!).find((c) => c.startsWith('mc_csrf'))
  if (!csrf || !own) throw new Error(`The desk did not open (${page.status}).`)
  return { cookie: `${desk.cookie}; ${own}`, csrf }
}

/** How long after the last kill somebody may still wait. */
const patienceMs = 60_000

/** Accepted, by this press or an earlier one whose answer was lost. What was filed at the national node may still be under way. */
async function accept(url: string, { cookie, csrf }: Forms, answerLost: boolean): Promise<'accepted' | 'under way' | 'no answer' | number> {
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  const status = await fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ _csrf: csrf }), signal: AbortSignal.timeout(8000) }).then((r) => r.status, () => undefined)
  if (status === 303 || (status === 409 && answerLost)) return 'accepted'
  if (status === 404) return 'under way'
  return status === undefined || status >= 500 ? 'no answer' : status
}
