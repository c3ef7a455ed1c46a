import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { openHouse, type House, type LiveRoute } from './support/house.ts'
import { mismatches, nameOf, rowsOf, told, variables, type Cell } from './support/matrix.ts'
import { objectRules, ruleOf } from './support/rules.ts'

/** An answer that never ends, and one for which another node must be there. */
const elsewhere = (route: LiveRoute, house: House): boolean => route.path === '/so-lieu/truc-tiep' || (house.slug === 'province' && route.path === '/dang-nhap')

/** For mutants: only the routes that hang on the check that was taken out. */
const only = process.env.RIGHTS_ONLY ? new RegExp(process.env.RIGHTS_ONLY) : undefined

const seen = new Set<string>()

for (const slug of ['national', 'province'] as const) {
  suite(`rights of the ${slug} node`, () => {
    let house: House
    let routes: LiveRoute[]
    const closing: (() => Promise<unknown>)[] = []
    before(async () => {
      house = await openHouse({ after: (stop) => void closing.push(stop) }, slug)
      routes = house.routes.filter((route) => !elsewhere(route, house) && (!only || only.test(nameOf(route))))
    })
    after(async () => { for (const stop of closing.reverse()) await stop() })

    test('whose object an address names is said for every address with variables that is not public', () => {
      assert.deepEqual(routes.filter((r) => r.declared !== 'public' && r.declared !== 'node' && variables(r.path).length > 0 && !ruleOf(nameOf(r))).map(nameOf), [])
      for (const route of routes) seen.add(nameOf(route))
    })

    test('every route × every role × own and other object answers as declared; who is refused changes nothing, and nobody sees another’s data', async () => {
      const cells: Cell[] = []
      for (const route of routes) cells.push(...await rowsOf(house, route))
      console.log(`${slug}: ${house.routes.length} routes × ${house.seats.length} seats: ${cells.length} cells`)
      assert.deepEqual(mismatches(cells).map(told), [])
    })

    test('without the right of any one route the matrix does not hold', { skip: only !== undefined }, async () => {
      const blind: string[] = []
      for (const route of routes.filter((r) => r.declared !== 'public' && r.declared !== 'node')) {
        route.set('public')
        if (mismatches(await rowsOf(house, route, { onlyRefused: true })).length === 0) blind.push(nameOf(route))
        route.set(route.declared)
      }
      assert.deepEqual(blind, [])
    })
  })
}

test('every rule about objects is about a route that there is', { skip: only !== undefined }, () => {
  assert.deepEqual(objectRules.filter((rule) => ![...seen].some((name) => rule.routes.test(name))).map((rule) => String(rule.routes)), [])
})
