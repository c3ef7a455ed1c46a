import { planVersionMove } from '../../../../src/modules/process/migrate/plan-version-move.ts'
import { proposeOverride } from '../../../../src/modules/process/overrides/propose-override.ts'
import { publishProcess } from '../../../../src/modules/process/index.ts'
import { draw } from '../../../../src/modules/process/testing.ts'
import { systemCtx, transact, type Ctx } from '../../../../src/platform/ctx.ts'
import type { House } from '../house.ts'
import { next, type Make, type MakeFor } from './made.ts'

/** A process with two versions. */
async function versionsOf({ node }: House): Promise<{ process: string; from: string; to: string }> {
  const ctx = systemCtx(node, 'test')
  const process = `rights-${next()}`
  const publish = (arrows: string) => transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn: draw(process, arrows) }))
  const [from, to] = [await publish('s>a a>e'), await publish('s>a a>b b>e')]
  if (!('definitionId' in from) || !('definitionId' in to)) throw new Error('not sound')
  return { process, from: from.definitionId, to: to.definitionId }
}
const processVersions: Make = async (house) => ({ id: '', ...await versionsOf(house), reason: 'Quyết định thử' })

const versionMove: Make = async (house) => {
  const { process, from, to } = await versionsOf(house)
  return { id: (await planVersionMove(systemCtx(house.node, 'test'), { processKey: process, from: [from], to, mapping: {}, reason: 'x', at: new Date('2031-03-12T00:00:00Z') })).id }
}

/** A step to which somebody may be named. */
const processStep: Make = async (house) => ({ id: '', process: (await versionsOf(house)).process, step: 'a', role: 'leader', reason: 'Quyết định thử', 'day-day': '12', 'day-month': '3', 'day-year': '2031' })

async function proposed(ctx: Ctx, house: House): Promise<string> {
  const { process } = await versionsOf(house)
  return (await proposeOverride(ctx, { processKey: process, elementId: 'a', agencyCode: null, role: 'leader', unitId: null, withOpen: false, reason: 'x', validFrom: new Date('2031-03-12T00:00:00Z') })).id
}
const stepOverride: Make = async (house) => ({ id: await proposed(systemCtx(house.node, 'test'), house) })
/** Who proposes does not confirm. */
const overrideOfMine: MakeFor = async (house, seat) => ({ id: await proposed({ ...seat.ctx, now: new Date() }, house) })

export const processMakers = { processVersions, versionMove, processStep, stepOverride } as const
export const processMakersFor = { overrideOfMine } as const
