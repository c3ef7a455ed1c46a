import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { begin, comeTo, listeners, type Move } from './advance.ts'
import { byConditions } from './chooser.ts'
import { expandCalls } from './expand-calls.ts'
import { standing } from './marking.ts'
import type { ProcessModel } from './model.ts'
import { parseProcess } from './parse-process.ts'
import { checkSoundness } from './soundness.ts'
import { draw, subProcess, userTasks, written } from './testing.ts'

/** Random processes are compared with an oracle in `test/oracle`; here stand single elements, and what their blocks do not have. */
class Play {
  readonly model: ProcessModel
  move: Move
  private readonly outcomes: Record<string, string> = {}

  constructor(model: ProcessModel, message?: string) {
    this.model = model
    this.move = begin(model, this.chooser(''), message)
  }

  private chooser(outcome: string) {
    return byConditions(this.model, { outcome, outcomes: this.outcomes, variables: { offices: ['H21.1', 'H21.2', 'H21.3'], fee: 0 } })
  }

  /** The work at the only token there is done, or its event comes. */
  come(at: string, outcome = ''): this {
    const tokens = this.move.marking.tokens.filter((token) => token.at === at && !token.items)
    assert.ok(tokens.length > 0, `nothing stands at ${at}, but at ${this.at}`)
    this.outcomes[at] = outcome
    this.move = comeTo(this.model, this.move.marking, tokens[0]!.id, this.chooser(outcome))
    return this
  }

  get at(): string {
    return standing(this.move.marking.tokens).sort().join(' ')
  }
}

async function sound(xml: string): Promise<ProcessModel> {
  const { model, problems } = await parseProcess(xml)
  assert.deepEqual(problems, [])
  assert.deepEqual(checkSoundness(model!), [])
  return model!
}

const start = '<startEvent id="s"/>'
const inner = (n = ''): string => `<startEvent id="s${n}"/>`

describe('an inclusive join', () => {
  it('waits for what can come from the edge of a task', async () => {
    const model = await sound(written('k', `${start}${userTasks('a', 'b', 'c')}<inclusiveGateway id="o"/><inclusiveGateway id="j"/><endEvent id="e"/><endEvent id="e2"/>
      <parallelGateway id="p"/><boundaryEvent id="late" attachedToRef="a"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></boundaryEvent>`, 's>p p>a p>b a>e2 late>j b>j j>c c>e').replace('<inclusiveGateway id="o"/>', ''))
    assert.equal(new Play(model).come('b').at, 'a')
    assert.equal(new Play(model).come('b').come('late').at, 'c')
    assert.equal(new Play(model).come('b').come('a').at, 'c')
  })

  it('is not held up by what can also come where somebody has already come', async () => {
    const { model } = await parseProcess(written('k', `${start}${userTasks('a', 'b', 'c')}<parallelGateway id="p"/><exclusiveGateway id="x" default="x_j"/><exclusiveGateway id="m"/><inclusiveGateway id="j"/><endEvent id="e"/>`, 's>p p>a p>b a>m b>x x>m{v} x>j m>j j>c c>e'))
    assert.equal(new Play(model!).come('a').at, 'b c')
    assert.equal(new Play(model!).come('b').at, 'a')
  })
})

describe('events', () => {
  const late = '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>'

  it('a signal is heard by all that wait for it in the same process', async () => {
    const model = await sound(written('k', `${start}${userTasks('a', 'b', 'c', 'd')}<parallelGateway id="p"/><parallelGateway id="j"/><endEvent id="e"/>
      <intermediateThrowEvent id="recall"><signalEventDefinition signalRef="r"/></intermediateThrowEvent><intermediateCatchEvent id="heard"><signalEventDefinition signalRef="r"/></intermediateCatchEvent>
      <boundaryEvent id="edge" attachedToRef="b"><signalEventDefinition signalRef="r"/></boundaryEvent><exclusiveGateway id="m"/>`, 's>p p>a a>recall recall>j p>heard heard>c c>j p>b b>m edge>d d>m m>j j>e', '<signal id="r" name="recall"/>'))
    const play = new Play(model).come('a')
    assert.equal(play.at, 'c d')
    assert.deepEqual(play.move.told, ['recall'])
  })

  it('an escalation begins a way beside the sub-process, which goes on', async () => {
    const sub = subProcess('sub', `${inner('1')}${userTasks('a', 'b')}<intermediateThrowEvent id="up"><escalationEventDefinition escalationRef="x"/></intermediateThrowEvent><endEvent id="e1"/>`, 's1>a a>up up>b b>e1')
    const model = await sound(written('k', `${start}${sub}${userTasks('boss')}<boundaryEvent id="edge" attachedToRef="sub" cancelActivity="false"><escalationEventDefinition escalationRef="x"/></boundaryEvent><endEvent id="e"/><endEvent id="e2"/>`, 's>sub sub>e edge>boss boss>e2', '<escalation id="x" escalationCode="late"/>'))
    const play = new Play(model).come('a')
    assert.equal(play.at, 'b boss')
    assert.equal(play.come('boss').come('b').move.ended, true)
  })

  it('an escalation that interrupts its own sub-process takes away who tells it', async () => {
    const aside = subProcess('aside', `<startEvent id="sa"><escalationEventDefinition escalationRef="x"/></startEvent>${userTasks('boss')}<endEvent id="ea"/>`, 'sa>boss boss>ea', 'triggeredByEvent="true"')
    const model = await sound(written('k', `${start}${aside}${userTasks('a', 'b')}<parallelGateway id="p"/><endEvent id="up"><escalationEventDefinition escalationRef="x"/></endEvent><endEvent id="e2"/>`, 's>p p>a a>up p>b b>e2', '<escalation id="x" escalationCode="late"/>'))
    const play = new Play(model).come('a')
    assert.equal(play.at, 'boss')
    assert.equal(play.come('boss').move.ended, true)
  })

  it('an error inside an event sub-process is caught further out', async () => {
    const aside = subProcess('aside', '<startEvent id="sa"><errorEventDefinition errorRef="x"/></startEvent><endEvent id="ea"><errorEventDefinition errorRef="y"/></endEvent>', 'sa>ea', 'triggeredByEvent="true"')
    const sub = subProcess('sub', `${inner('1')}${userTasks('a')}${aside}<endEvent id="e1"><errorEventDefinition errorRef="x"/></endEvent>`, 's1>a a>e1')
    const model = (await parseProcess(written('k', `${start}${sub}${userTasks('mend')}<boundaryEvent id="edge" attachedToRef="sub"><errorEventDefinition errorRef="y"/></boundaryEvent><endEvent id="e"/><endEvent id="e2"/>`, 's>sub sub>e edge>mend mend>e2', '<error id="x" errorCode="X"/><error id="y" errorCode="Y"/>'))).model!
    assert.equal(new Play(model).come('a').at, 'mend')
  })

  it('a terminate event ends the process whatever else is open', async () => {
    const model = await sound(written('k', `${start}${userTasks('a', 'b')}<parallelGateway id="p"/><endEvent id="e"><terminateEventDefinition/></endEvent><endEvent id="e2"/>`, 's>p p>a a>e p>b b>e2'))
    assert.equal(new Play(model).come('b').at, 'a')
    const { move } = new Play(model).come('a')
    assert.deepEqual([move.ended, move.marking.tokens], [true, []])
  })

  it('a message begins the process at its start, or comes to the receive task behind an event gateway', async () => {
    const model = await sound(written('k', `${start}<startEvent id="sm"><messageEventDefinition messageRef="m"/></startEvent>${userTasks('a')}<exclusiveGateway id="x"/><eventBasedGateway id="g"/><receiveTask id="paid" name="paid" messageRef="n"/><intermediateCatchEvent id="late">${late}</intermediateCatchEvent><exclusiveGateway id="y"/><endEvent id="e"/>`,
      's>x sm>a a>x x>g g>paid g>late paid>y late>y y>e', '<message id="m" name="filed"/><message id="n" name="paid"/>'))
    assert.equal(new Play(model, 'filed').at, 'a')
    const play = new Play(model)
    assert.deepEqual([play.at, listeners(model, play.move.marking, 'message', 'paid').map((token) => token.at)], ['g', ['paid']])
    assert.equal(play.come('paid').move.ended, true)
  })
})

describe('compensation', () => {
  const undoable = (id: string): [string, string] => [`<boundaryEvent id="edge_${id}" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent><userTask id="undo_${id}" name="undo" isForCompensation="true" motcua:role="specialist" motcua:limit="PT1H"/>`, `<association id="assoc_${id}" sourceRef="edge_${id}" targetRef="undo_${id}"/>`]

  it('undoes what a sub-process did after it, the last first, or only the one named', async () => {
    const [a, aLink] = undoable('a')
    const [b, bLink] = undoable('b')
    const [c, cLink] = undoable('c')
    const sub = subProcess('sub', `${inner('1')}${userTasks('a', 'b')}${a}${b}<endEvent id="e1"/>`, 's1>a a>b b>e1').replace('</subProcess>', `${aLink}${bLink}</subProcess>`)
    const xml = (activity: string): string => written('k', `${start}${sub}${userTasks('c')}${c}<endEvent id="e"><compensateEventDefinition${activity}/></endEvent>`, 's>sub sub>c c>e').replace('</process>', `${cLink}</process>`)
    const all = new Play(await sound(xml(''))).come('a').come('b').come('c')
    assert.deepEqual([all.at, all.come('undo_c').at, all.come('undo_b').at, all.come('undo_a').move.ended], ['undo_c', 'undo_b', 'undo_a', true])
    const one = new Play((await parseProcess(xml(' activityRef="sub"'))).model!).come('a').come('b').come('c')
    assert.deepEqual([one.at, one.come('undo_b').at, one.come('undo_a').move.ended], ['undo_b', 'undo_a', true])
  })
})

describe('an activity for several things', () => {
  it('is done for each of a list, and conditions inside know which', async () => {
    const sub = subProcess('each', `<multiInstanceLoopCharacteristics isSequential="true" motcua:items="offices"/>${inner('1')}<exclusiveGateway id="x" default="x_b"/>${userTasks('a', 'b')}<endEvent id="e1"/><endEvent id="e2"/>`, 's1>x x>a x>b a>e1 b>e2')
      .replace('<sequenceFlow id="x_a" sourceRef="x" targetRef="a">', '<sequenceFlow id="x_a" sourceRef="x" targetRef="a"><conditionExpression xsi:type="tFormalExpression">item = "H21.2" and loopCounter = 2</conditionExpression>')
    const play = new Play(await sound(written('k', `${start}${sub}<endEvent id="e"/>`, 's>each each>e')))
    assert.deepEqual([play.at, play.come('b').at, play.come('a').at, play.come('b').move.ended], ['b', 'a', 'b', true])
  })
})

describe('a call activity', () => {
  it('runs the called process in its place, whose conditions know its own steps', async () => {
    const called = await sound(draw('called', 's>a a>x x>b{ok} x>c* b>e c>e'))
    called.flows.find((flow) => flow.condition)!.condition = 'outcomes.a = "ok"'
    const { model: caller } = await parseProcess(written('k', `${start}<callActivity id="call" name="call" calledElement="called"/><endEvent id="e"/>`, 's>call call>e'))
    const { model, problems } = await expandCalls(caller!, async (key) => (key === 'called' ? called : undefined))
    assert.deepEqual([problems, checkSoundness(model)], [[], []])
    const play = new Play(model)
    assert.equal(play.at, 'call/a')
    play.move = comeTo(model, play.move.marking, play.move.marking.tokens.at(-1)!.id, byConditions(model, { outcome: null, outcomes: { a: 'ok' }, variables: {} }))
    assert.equal(play.at, 'call/b')
    assert.equal(play.come('call/b').move.ended, true)
    assert.deepEqual((await expandCalls(caller!, async () => undefined)).problems.map((problem) => [problem.key, problem.params.id]), [['process.problem.unknown_process', 'call']])
  })
})
