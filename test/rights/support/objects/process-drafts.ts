import { handOverProcessDraft } from '../../../../src/modules/process/designer/hand-over-process-draft.ts'
import { startProcessDraft } from '../../../../src/modules/process/designer/start-process-draft.ts'
import { publishProcess } from '../../../../src/modules/process/index.ts'
import { draw } from '../../../../src/modules/process/testing.ts'
import { systemCtx, transact } from '../../../../src/platform/ctx.ts'
import type { House } from '../house.ts'
import { idOf } from '../seats.ts'
import { next, type Make, type MakeFor, type Made } from './made.ts'

/** A process of this node with a version in force. */
async function publish({ node }: House): Promise<Made> {
  const key = `quy-trinh-thu-quyen-${next()}`
  const ctx = systemCtx(node, 'test')
  const { problems } = await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn: draw(key, 's>a a>e'), validFrom: new Date(0) }))
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return { key, version: '1', id: 'a' }
}

async function draftOf(house: House, editedBy?: string): Promise<Made> {
  const made = await publish(house)
  await startProcessDraft(systemCtx(house.node, 'test'), made.key!, 1)
  if (editedBy) await house.node.db`UPDATE process.draft SET edited_by = ${editedBy} WHERE key = ${made.key!}`
  return made
}

const year = String(new Date().getFullYear() + 5)
async function inCheck(house: House, editedBy?: string): Promise<Made> {
  const made = await draftOf(house, editedBy)
  const problems = await handOverProcessDraft(systemCtx(house.node, 'test'), made.key!, 1)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return { ...made, revision: '1', note: 'Thêm bước ký', 'firstDay-day': '1', 'firstDay-month': '1', 'firstDay-year': year }
}

const publishedProcess: Make = publish
const processDraft: Make = (house) => draftOf(house)
const processInCheck: Make = (house) => inCheck(house)
const processOfMine: MakeFor = (house, seat) => inCheck(house, `officer:${idOf(seat)}`)

export const processDraftMakers = { publishedProcess, processDraft, processInCheck } as const
export const processDraftMakersFor = { processOfMine } as const
