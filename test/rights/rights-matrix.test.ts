import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { openCountry, openHouse, type House, type LiveRoute } from './support/house.ts'
import { furnish, mismatches, nameOf, rowsOf, told, variables, type Cell } from './support/matrix.ts'
import { objectRules, rulesOf } from './support/rules.ts'
import { atTheDoor, type Seat } from './support/seats.ts'

/** An answer that never ends, tiles of a log that nobody seals here, and those for which another node must be there. */
const elsewhere = (route: LiveRoute, house: House): boolean => route.path === '/so-lieu/truc-tiep' || route.path === '/log/tile/*' || (!house.hasNeighbours && /^\/dang-nhap(\/nang-muc|\/dinh-danh-dien-tu)?$/.test(route.path))

/** For mutants: only the routes that hang on the check that was taken out, at the node where they are. */
const only = process.env.RIGHTS_ONLY ? new RegExp(process.env.RIGHTS_ONLY) : undefined
const slugs = (['national', 'province'] as const).filter((slug) => !process.env.RIGHTS_NODE || process.env.RIGHTS_NODE === slug)

const closing: (() => Promise<unknown>)[] = []
const t = { after: (stop: () => Promise<unknown>) => void closing.push(stop) }
let houses: Partial<Record<'national' | 'province', House>> = {}

suite('rights', () => {
  before(async () => {
    houses = slugs.length > 1 ? await openCountry(t) : { [slugs[0]!]: await openHouse(t, slugs[0]!) }
  })
  after(async () => { for (const stop of closing.reverse()) await stop() })

  const routesOf = (house: House): LiveRoute[] => house.routes.filter((route) => !elsewhere(route, house) && (!only || only.test(nameOf(route))))
  const guarded = ({ declared }: LiveRoute): boolean => declared !== 'public' && declared !== 'node'

  for (const slug of slugs) {
    test(`${slug}: whose object an address names is said for every address with variables that is not public`, () => {
      const house = houses[slug]!
      assert.deepEqual(routesOf(house).filter((r) => guarded(r) && variables(r.path).length > 0 && rulesOf(nameOf(r)).length === 0).map(nameOf), [])
    })

    test(`${slug}: every route × every role × own and other object answers as declared; who is refused changes nothing, and nobody sees another’s data`, async () => {
      const house = houses[slug]!
      const cells: Cell[] = []
      const broken: string[] = []
      await furnish(house, routesOf(house))
      for (const route of routesOf(house)) await rowsOf(house, route).then((rows) => cells.push(...rows), (error: unknown) => broken.push(`${nameOf(route)} could not be asked: ${String(error)}`))
      console.log(`${slug}: ${house.routes.length} routes × ${house.seats.length} seats: ${cells.length} cells`)
      assert.deepEqual([...broken, ...mismatches(cells).map(told)], [])
    })

    test(`${slug}: without the right of any one route the matrix does not hold`, { skip: only !== undefined }, async () => {
      const house = houses[slug]!
      const blind: string[] = []
      for (const route of routesOf(house).filter(guarded)) {
        if (!(await isMissed(house, route, 'public'))) blind.push(nameOf(route))
        // Nor where any log-in would do instead of a strong one.
        if (typeof route.declared === 'object' && 'assurance' in route.declared && !(await isMissed(house, route, 'person'))) blind.push(`${nameOf(route)}, weakly known`)
      }
      assert.deepEqual(blind, [])
    })
  }

  test('every rule about objects is about a route that there is', { skip: only !== undefined }, () => {
    const seen = Object.values(houses).flatMap((house) => house.routes.map(nameOf))
    assert.deepEqual(objectRules.filter((rule) => !seen.some((name) => rule.routes.test(name))).map((rule) => String(rule.routes)), [])
  })
})

/** Whether one who must be refused, of any kind, notices that the door stands open: the whole matrix asks them all. */
async function isMissed(house: House, route: LiveRoute, instead: 'public' | 'person'): Promise<boolean> {
  const toBeRefused = house.seats.filter((seat) => (seat.asked?.(route) ?? true) && ['log-in', 'forbidden'].includes(atTheDoor(route, seat)) && (instead === 'public' || seat.lacks === 'strength'))
  const oneOfAKind = [...new Map(toBeRefused.map((seat): [string, Seat] => [`${seat.kind} ${seat.lacks ?? ''}`, seat])).values()]
  route.set(instead)
  try {
    for (const seat of oneOfAKind) if (mismatches(await rowsOf(house, route, [seat]).catch(() => [])).length > 0) return true
    return false
  } finally {
    route.set(route.declared)
  }
}
