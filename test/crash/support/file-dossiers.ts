import { setTimeout as sleep } from 'node:timers/promises'
import { findForm, sampleAnswers, type Form } from '../../../src/modules/forms/index.ts'
import type { Citizen, CrashCountry, CrashNode } from './crash-country.ts'
import { seededRandom, type Random } from './random.ts'

const procedure = '1.001612'

/** A filing that somebody was told to be done. */
export interface Acknowledged { node: CrashNode; accountId: string; phone: string; key: string; id: string; reference: string; communeCode: string; tries: number; /** The answer said that the filing was known: an earlier one was lost. */ repeated: boolean; waitMs: number }

export interface Filer { readonly acknowledged: Acknowledged[]; /** What no client may see: refusals, or another answer to the same key. */ readonly complaints: string[]; finish(): Promise<void> }

/** People file one dossier after the other, each with its own key, and ask again with the same key until they get an answer. */
export function fileDossiers(country: CrashCountry, citizens: readonly Citizen[], options: { seed: number; communes: readonly string[]; pauseMs: number }): Filer {
  const acknowledged: Acknowledged[] = []
  const complaints: string[] = []
  let over = false
  const working = citizens.map(async (citizen, place) => {
    const random = seededRandom(options.seed * 1000 + place)
    const form = await formOf(country, citizen.node)
    for (let number = 1; !over; number++) {
      const key = `${options.seed}-${place}-${number}`
      const communeCode = options.communes[random.below(options.communes.length)]!
      const body = JSON.stringify({ procedure, answers: answersFor(form, random, communeCode), returnWay: 'online' })
      const filing = { url: `${country.configs[citizen.node].baseUrl}/api/v1/dossiers`, token: citizen.token, key, body }
      const begun = Date.now()
      const first = await untilAnswered(filing, complaints)
      const waitMs = Date.now() - begun
      if (!first) return
      // People press twice on purpose as well.
      const again = random.chance(0.05) ? await untilAnswered(filing, complaints) : undefined
      if (again && (again.id !== first.id || again.reference !== first.reference)) complaints.push(`${key} was answered ${first.reference}, then ${again.reference}`)
      acknowledged.push({ node: citizen.node, accountId: citizen.accountId, phone: citizen.phone, key, communeCode, waitMs, ...first })
      await sleep(options.pauseMs / 2 + random.below(options.pauseMs))
    }
  })
  return { acknowledged, complaints, async finish() { over = true; await Promise.all(working) } }
}

/** The observer's connections may have been lost a moment ago. */
async function formOf(country: CrashCountry, node: CrashNode): Promise<Form> {
  const find = (): Promise<Form | undefined> => findForm(country.db[node], 'household-business')
  return (await find().catch(() => sleep(500).then(find)))!
}

function answersFor(form: Form, random: Random, communeCode: string): Record<string, unknown> {
  // No files: those go through the pages.
  const answers = sampleAnswers(form, random.below(1_000_000), { fixed: { founder: 'individual', idCopies: undefined } })
  return { ...answers, [form.definition.placeField!]: { province: '52', commune: communeCode, street: `Số ${1 + random.below(200)}, đường Thử Nghiệm` } }
}

const patienceMs = 120_000

interface Filing { url: string; token: string; key: string; body: string }

/** Undefined, with a complaint, when the answer is a refusal or none comes at all. */
async function untilAnswered({ url, token, key, body }: Filing, complaints: string[]): Promise<{ id: string; reference: string; tries: number; repeated: boolean } | undefined> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
  const deadline = Date.now() + patienceMs
  for (let tries = 1; Date.now() < deadline; tries++) {
    const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(8000) }).then(async (r) => ({ status: r.status, text: await r.text() }), () => undefined)
    if (answer && answer.status < 300) {
      const { id, reference } = JSON.parse(answer.text) as { id: string; reference: string }
      return { id, reference, tries, repeated: answer.status === 200 }
    }
    if (answer && answer.status < 500) {
      complaints.push(`${key} was refused: ${answer.status} ${answer.text.slice(0, 300)}`)
      return undefined
    }
    await sleep(150)
  }
  complaints.push(`${key} got no answer in ${patienceMs / 1000} s`)
  return undefined
}
