import { compileForm, sampleAnswers, shippedDefinitions, type Answers } from '../../../src/modules/forms/index.ts'
import { openHouse, type House } from '../../rights/support/house.ts'

export interface KeyOutcome {
  key: string
  /** Ids that the posts with the same body were answered with. */
  ids: string[]
  /** How many of them said that they made the dossier (201). */
  made: number
  /** Statuses that were neither 201 nor 200. */
  odd: number[]
  /** Status and code of a post with the same key and another body, afterwards. */
  other: string
  /** Status and id of one more post with the first body, after that. */
  again: { status: number; id: string }
}

export interface Filed { outcomes: KeyOutcome[]; dossiers: number; events: number; contents: number }

const procedure = '1.001612'
const form = compileForm(shippedDefinitions.find((d) => d.key === 'household-business')!)

/** Valid answers without files, other for each number. */
const answersOf = (n: number): Answers => sampleAnswers(form, 1, { communes: [{ code: '23575', province: '52' }], fixed: { founder: 'individual', idCopies: undefined, businessName: `Hộ kinh doanh số ${n}` } })

/**
 * Posts each of `keys` filings `posts` times at the same moment to the API of a province's node, then once with another body and once more with the first:
 * `atOnce` keys are under way together.
 */
export async function fileByKeys({ keys, posts, atOnce }: { keys: number; posts: number; atOnce: number }): Promise<Filed> {
  const ends: (() => Promise<unknown>)[] = []
  try {
    const house = await openHouse({ after: (end) => void ends.push(end) }, 'province')
    const waiting = Array.from({ length: keys }, (_, n) => n)
    const outcomes: KeyOutcome[] = []
    await Promise.all(Array.from({ length: atOnce }, async () => {
      for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) outcomes.push(await postOne(house, n, posts))
    }))
    const [row] = await house.node.db<{ dossiers: number; contents: number; events: number }[]>`
      SELECT (SELECT count(*) FROM dossiers.dossier)::int AS dossiers, (SELECT count(DISTINCT answers->>'businessName') FROM dossiers.content)::int AS contents, (SELECT count(*) FROM ledger.event WHERE type = 'dossier.submitted')::int AS events`
    return { outcomes, ...row! }
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function postOne(house: House, n: number, posts: number): Promise<KeyOutcome> {
  const key = `key-${n}`
  const same = await Promise.all(Array.from({ length: posts }, () => post(house, key, answersOf(n))))
  const other = await post(house, key, answersOf(n + 1_000_000))
  const again = await post(house, key, answersOf(n))
  return {
    key, ids: same.map((s) => s.body.id ?? ''), made: same.filter((s) => s.status === 201).length, odd: same.map((s) => s.status).filter((status) => status !== 200 && status !== 201),
    other: `${other.status} ${other.body.code ?? ''}`, again: { status: again.status, id: again.body.id ?? '' },
  }
}

async function post({ server, seat }: House, key: string, answers: Answers): Promise<{ status: number; body: { id?: string; code?: string } }> {
  const reply = await server.inject({ method: 'POST', url: '/api/v1/dossiers', headers: { cookie: seat('owner').cookie, 'content-type': 'application/json', 'idempotency-key': key }, payload: JSON.stringify({ procedure, answers }) })
  return { status: reply.statusCode, body: JSON.parse(reply.body) as { id?: string; code?: string } }
}

/** What is wrong: a key with more than one dossier or none, an answer that is none, another body let through, a dossier or event too many or too few. */
export function faultsOf({ outcomes, dossiers, events, contents }: Filed): string[] {
  const faults = outcomes.flatMap(({ key, ids, made, odd, other, again }) => [
    ...(new Set(ids).size === 1 && ids[0] ? [] : [`${key} led to ${new Set(ids).size} dossiers`]),
    ...(made === 1 ? [] : [`${key} was answered ${made} times with 201`]),
    ...(odd.length === 0 ? [] : [`${key} was answered with ${odd.join(', ')}`]),
    ...(other === '409 dossiers.KEY_REUSED' ? [] : [`${key} with another body was answered with ${other}`]),
    ...(again.status === 200 && again.id === ids[0] ? [] : [`${key} once more was answered with ${again.status}`]),
  ])
  const counts = { dossiers, events, contents }
  return [...faults, ...Object.entries(counts).filter(([, n]) => n !== outcomes.length).map(([what, n]) => `${n} ${what} for ${outcomes.length} keys`)]
}
