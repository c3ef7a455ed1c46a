import { planVersionMove } from '../../../../src/modules/process/migrate/plan-version-move.ts'
import { publishProcess } from '../../../../src/modules/process/index.ts'
import { draw } from '../../../../src/modules/process/testing.ts'
import { systemCtx, transact } from '../../../../src/platform/ctx.ts'
import type { House } from '../house.ts'
import { next, type Make } from './made.ts'

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

export const processMakers = { processVersions, versionMove } as const
