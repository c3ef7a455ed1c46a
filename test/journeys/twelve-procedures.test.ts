import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { findCitizen, type DemoCitizen } from '../../src/stand-ins/demo-people.ts'
import type { NodeSlug } from '../../src/nodes.ts'
import { look, open, visitor, type Visitor, type VisitorOptions } from './support/browser.ts'
import { beginFiling, submitTwice } from './support/citizen.ts'
import { country, type JourneyCountry } from './support/country.ts'
import { accept, deskOf, handle } from './support/desk.ts'
import { answerForm, caseOf, press, type ProcedureCode } from './support/filing.ts'
import { hasResult } from './support/story.ts'

/** Who decides: the node and the end of its officers' log-ins. */
const desks: Readonly<Record<ProcedureCode, [node: NodeSlug, suffix: string]>> = {
  '1.001193': ['province', 'pleiku'], '1.000656': ['province', 'pleiku'], '1.000894': ['province', 'pleiku'], '1.004873': ['province', 'pleiku'], '2.000815': ['province', 'pleiku'], '1.001612': ['province', 'pleiku'],
  '1.013225': ['province', 'pleiku'], '2.001610': ['province', 'taichinh'], '3.000347': ['public-security', 'congan'], '1.004222': ['public-security', 'caxa'], '1.004194': ['public-security', 'caxa'], '1.002759': ['social-insurance', 'baohiem'],
}

/** Nobody here appears in another journey. Each files two procedures at each portal. */
const people: readonly [citizen: string, ProcedureCode, ProcedureCode][] = [
  ['052193000042', '1.001193', '3.000347'], ['052091000041', '1.004873', '2.000815'], ['064087000043', '1.004222', '1.013225'],
  ['064189000044', '1.004194', '1.002759'], ['052084000045', '2.001610', '1.001612'], ['052186000046', '1.000894', '1.000656'],
]

/** The languages change sides with the width; without scripts both. */
const walks = [{ portal: 'national', width: 390 }, { portal: 'province', width: 1280 }] as const

test('every procedure with a desk is walked', () => {
  assert.deepEqual(people.flatMap(([, ...procedures]) => procedures).sort(), Object.keys(desks).sort())
})

describe('the twelve procedures from the first page to the result in hand, without scripts', { concurrency: 3 }, () => {
  for (const [i, [idNumber, ...procedures]] of people.entries()) {
    describe(findCitizen(idNumber)!.fullName, { concurrency: 1 }, () => {
      for (const [j, { portal, width }] of walks.entries()) {
        const lang = (i + j) % 2 === 0 ? 'vi' : 'en'
        test(`files ${procedures.join(' and ')} at the ${portal} portal, in ${lang} at ${width} px`, async (t) => {
          const options = { lang, scripts: false, axe: true, width } as const
          const who = await visitor(t, options)
          for (const [k, procedure] of procedures.entries()) await walk(t, who, { place: await country(), portal, options, procedure, citizen: findCitizen(idNumber)!, seed: 10 * i + 2 * j + k + 1, first: k === 0 })
        })
      }
    })
  }
})

interface Walk { place: JourneyCountry; portal: 'national' | 'province'; options: VisitorOptions; procedure: ProcedureCode; citizen: DemoCitizen; seed: number; first: boolean }

async function walk(t: TestContext, who: Visitor, { place, portal, options, procedure, citizen, seed, first }: Walk): Promise<void> {
  const [node, suffix] = desks[procedure]
  await open(who, place.at(portal, `/thu-tuc/${procedure}`))
  await look(who)
  await open(who, place.at(portal, `/nop-ho-so/${procedure}`))
  if (first) await beginFiling(who, place, portal, procedure, citizen)
  else await press(who, who.t('dossiers.start.begin'))
  await answerForm(who, caseOf(procedure, citizen, '23575', seed))
  const { reference, id } = await submitTwice(who)
  await open(who, place.at(portal, `/ho-so/${id}`))
  await look(who)
  const desk = await deskOf(t, place, node, suffix, options)
  const { code } = await accept(place, desk, reference)
  const steps = await handle(place, desk, id)
  t.diagnostic(`${procedure} ${code}: ${steps.join(' → ')}`)
  await look(desk.oneStop)
  await hasResult(who, place, portal, { id, code })
  for (const page of [who, desk.oneStop, desk.specialist, desk.leader]) await fits(page, options.width!)
}

/** Nothing of the page lies beyond its edge. */
async function fits({ page }: Visitor, width: number): Promise<void> {
  const needed = await page.locator('html').evaluate((html) => html.scrollWidth)
  assert.ok(needed <= width, `${page.url()} is ${needed} px wide`)
}
