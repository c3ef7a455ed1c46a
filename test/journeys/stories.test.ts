import { describe, test } from 'node:test'
import { country } from './support/country.ts'
import { story, type Plan } from './support/story.ts'

const vi = { lang: 'vi' } as const
const en = { lang: 'en' } as const
const [on, off] = [{ scripts: true }, { scripts: false }]

/** Each procedure at both portals in both languages, half of each without scripts; every story has a citizen of its own. */
const plans: readonly Omit<Plan, 'commune' | 'supplement'>[] = [
  { procedure: '3.000347', portal: 'national', ...vi, ...on, citizen: '064085000013' },
  { procedure: '3.000347', portal: 'national', ...en, ...off, citizen: '052095000015' },
  { procedure: '3.000347', portal: 'province', ...en, ...on, citizen: '064079000019' },
  { procedure: '3.000347', portal: 'province', ...vi, ...off, citizen: '052206000017' },
  { procedure: '1.001193', portal: 'national', ...en, ...on, citizen: '052090000011' },
  { procedure: '1.001193', portal: 'national', ...vi, ...off, citizen: '064192000012' },
  { procedure: '1.001193', portal: 'province', ...vi, ...on, citizen: '064307000018' },
  { procedure: '1.001193', portal: 'province', ...en, ...off, citizen: '001080000022' },
  { procedure: '1.001612', portal: 'national', ...vi, ...on, citizen: '064188000014' },
  { procedure: '1.001612', portal: 'national', ...en, ...off, citizen: '064183000020' },
  { procedure: '1.001612', portal: 'province', ...en, ...on, citizen: '052168000016' },
  { procedure: '1.001612', portal: 'province', ...vi, ...off, citizen: '052141000021' },
]

const names = { '3.000347': 'driving licence', '1.001193': 'birth', '1.001612': 'household business' }
const filter = process.env.STORY

// One procedure after the other would take three times as long; within a procedure one after the other, so that its figures can be told apart.
describe('a dossier from the search for its procedure to the signed result', { concurrency: 3 }, () => {
  for (const procedure of Object.keys(names) as (keyof typeof names)[]) {
    describe(names[procedure], { concurrency: 1 }, () => {
      plans.filter((p) => p.procedure === procedure).forEach((plan, i) => {
        const title = `${names[procedure]}, filed at the ${plan.portal} portal, ${plan.lang}, scripts ${plan.scripts ? 'on' : 'off'}`
        if (filter && !title.includes(filter)) return
        test(title, async (t) => story(t, await country(), { ...plan, commune: i % 2 === 0 ? 'pleiku' : 'dienhong', supplement: i === 0 || i === 3 }))
      })
    })
  }
})
