import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import fc from 'fast-check'
import { systemCtx, transact } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { begin, leave, type Marking } from './advance.ts'
import { completeTask, listTasks, publishProcess, startProcess } from './index.ts'
import type { ProcessModel } from './model.ts'
import { parseProcess } from './parse-process.ts'
import { checkSoundness } from './soundness.ts'
import { draw } from './testing.ts'

/**
 * The oracle knows nothing of flows and tokens: a process is a tree of blocks, and what is left of it after a step is again a tree.
 * The engine plays the same process drawn as a BPMN graph.
 */
type Block =
  | { kind: 'task'; name: string }
  | { kind: 'sequence'; parts: Block[] }
  | { kind: 'parallel'; parts: Block[] }
  | { kind: 'choice'; decider: string; branches: (Block | null)[]; otherwise: number }
  | { kind: 'loop'; body: Block; decider: string }

function enabled(block: Block | null): string[] {
  if (!block) return []
  switch (block.kind) {
    case 'task': return [block.name]
    case 'sequence': return enabled(block.parts[0]!)
    case 'parallel': return block.parts.flatMap(enabled)
    case 'choice': return [block.decider]
    case 'loop': return enabled(block.body)
  }
}

/** What is left after a task with an outcome; null when nothing is. */
function after(block: Block, task: string, outcome: string): Block | null {
  switch (block.kind) {
    case 'task': return null
    case 'sequence': return sequence([after(block.parts[0]!, task, outcome), ...block.parts.slice(1)])
    case 'parallel': {
      const parts = block.parts.map((part) => (enabled(part).includes(task) ? after(part, task, outcome) : part)).filter((part) => part !== null)
      return parts.length > 0 ? { kind: 'parallel', parts } : null
    }
    case 'choice': return block.branches[Number(outcome.slice(1)) < block.branches.length ? Number(outcome.slice(1)) : block.otherwise] ?? null
    case 'loop': return sequence([after(block.body, task, outcome), { kind: 'choice', decider: block.decider, branches: [block, null], otherwise: 1 }])
  }
}

function sequence(parts: (Block | null)[]): Block | null {
  const left = parts.filter((part) => part !== null)
  return left.length > 1 ? { kind: 'sequence', parts: left } : (left[0] ?? null)
}

const tree = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof({ maxDepth: 4, withCrossShrink: true },
    fc.constant<Block>({ kind: 'task', name: 't' }),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((parts): Block => ({ kind: 'sequence', parts })),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((parts): Block => ({ kind: 'parallel', parts })),
    fc.array(fc.option(tie('block')), { minLength: 2, maxLength: 3 }).map((branches): Block => ({ kind: 'choice', decider: 'd', branches, otherwise: 0 })),
    tie('block').map((body): Block => ({ kind: 'loop', body, decider: 'd' }))),
})).block.map((block) => numbered(block, { n: 0 }))

function numbered(block: Block, count: { n: number }): Block {
  const name = `t${count.n++}`
  switch (block.kind) {
    case 'task': return { kind: 'task', name }
    case 'sequence': case 'parallel': return { ...block, parts: block.parts.map((part) => numbered(part, count)) }
    case 'choice': return { ...block, decider: name, branches: block.branches.map((branch) => branch && numbered(branch, count)) }
    case 'loop': return { kind: 'loop', body: numbered(block.body, count), decider: name }
  }
}

function arrowsOf(root: Block): string {
  const arrows: string[] = []
  let gateways = 0
  // Draws a block from an open line end (its source with what stands at the arrow's head) and returns the new line end.
  const put = (block: Block, from: string, mark = ''): string => {
    const line = (to: string): void => void arrows.push(`${from}>${to}${mark}`)
    switch (block.kind) {
      case 'task': line(block.name); return block.name
      case 'sequence': return block.parts.reduce((end, part, i) => put(part, end, i === 0 ? mark : ''), from)
      case 'parallel': {
        const [split, join] = [`p${++gateways}`, `p${++gateways}`]
        line(split)
        for (const part of block.parts) arrows.push(`${put(part, split)}>${join}`)
        return join
      }
      case 'choice': {
        const [split, join] = [`x${++gateways}`, `x${++gateways}`]
        line(block.decider)
        arrows.push(`${block.decider}>${split}`)
        block.branches.forEach((branch, i) => {
          const mark = i === 0 ? '*' : `{v${i}}`
          arrows.push(branch ? `${put(branch, split, mark)}>${join}` : `${split}>${join}${mark}`)
        })
        return join
      }
      case 'loop': {
        const [merge, split] = [`x${++gateways}`, `x${++gateways}`]
        line(merge)
        arrows.push(`${put(block.body, merge)}>${block.decider}`, `${block.decider}>${split}`, `${split}>${merge}{v0}`)
        // The way on is this gateway's default, whatever comes next.
        const out = `x${++gateways}`
        arrows.push(`${split}>${out}*`)
        return out
      }
    }
  }
  const end = put(root, 's')
  return [...arrows, `${end}>e`].join(' ')
}

async function modelOf(root: Block): Promise<ProcessModel> {
  const { model, problems } = await parseProcess(draw('k', arrowsOf(root)))
  assert.deepEqual(problems, [])
  return model!
}

const context = (outcome: string) => ({ outcome, outcomes: {}, variables: {} })
const schedule = fc.infiniteStream(fc.nat(1000))

describe('random processes', () => {
  it('are sound, and the engine offers the same steps as the oracle after every step', async () => {
    await fc.assert(fc.asyncProperty(tree, schedule, async (root, choices) => {
      const model = await modelOf(root)
      const problems = checkSoundness(model).filter((problem) => problem.key !== 'process.problem.too_tangled')
      assert.deepEqual(problems, [])
      let left: Block | null = root
      let move = begin(model, context(''))
      for (let step = 0; step < 40; step++) {
        assert.deepEqual([...move.marking.waiting].sort(), enabled(left).sort())
        assert.equal(move.ended, left === null)
        if (left === null) return
        const task = enabled(left)[choices.next().value % enabled(left).length]!
        const outcome = `v${choices.next().value % 3}`
        left = after(left, task, outcome)
        move = leave(model, move.marking, task, context(outcome))
      }
    }), { numRuns: 100 })
  })

  it('that were damaged and still pass the check never get stuck and never double a step', async () => {
    let passed = 0
    await fc.assert(fc.asyncProperty(tree, fc.nat(), fc.nat(), schedule, async (root, which, where, choices) => {
      const model = await modelOf(root)
      const targets = model.nodes.filter((node) => node.kind !== 'start')
      model.flows[which % model.flows.length]!.to = targets[where % targets.length]!.id
      if (checkSoundness(model).length > 0) return
      passed++
      let marking: Marking = begin(model, context('')).marking
      for (let step = 0; step < 40 && marking.waiting.length > 0; step++) {
        const task = marking.waiting[choices.next().value % marking.waiting.length]!
        marking = leave(model, marking, task, context(`v${choices.next().value % 3}`)).marking
        assert.equal(new Set(marking.waiting).size, marking.waiting.length)
      }
      if (marking.waiting.length === 0) assert.deepEqual(marking.arrived, [])
    }), { numRuns: 200 })
    assert.ok(passed > 10, `${passed} of the damaged processes passed the check`)
  })
})

test('random processes run through the database as the oracle says', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db)
  const ctx = systemCtx(node, 'test')
  await fc.assert(fc.asyncProperty(tree, schedule, async (root, choices) => {
    const subject = newId()
    const published = await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn: draw('k', arrowsOf(root)), validFrom: new Date(0) }))
    if (published.problems.length > 0) return
    let { ended } = await transact(ctx, (tx) => startProcess(tx, ctx, { processKey: 'k', subject, agencyCode: 'H21' }))
    let left: Block | null = root
    for (let step = 0; step < 12 && left; step++) {
      const open = await listTasks(db, { subject, open: true })
      assert.deepEqual(open.map((task) => task.elementId).sort(), enabled(left).sort())
      const task = open[choices.next().value % open.length]!
      const outcome = `v${choices.next().value % 3}`
      left = after(left, task.elementId, outcome)
      const offered = task.outcomes.some((one) => one.value === outcome)
      ended = (await transact(ctx, (tx) => completeTask(tx, ctx, { taskId: task.id, ...(offered ? { outcome } : {}) }))).ended
    }
    assert.equal(ended, left === null)
  }), { numRuns: 12 })
})
