import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { langs, translator } from '../../platform/i18n.ts'
import { shippedDefinitions } from './definitions/index.ts'
import type { Problem, ProcessModel } from './model.ts'
import { parseProcess } from './parse-process.ts'
import { checkSoundness } from './soundness.ts'
import { draw, subProcess, userTasks, written } from './testing.ts'

async function model(xml: string): Promise<ProcessModel> {
  const { model: found, problems } = await parseProcess(xml)
  assert.deepEqual(problems, [])
  return found!
}

async function problemsOf(xml: string, legalLimit?: string): Promise<Problem[]> {
  return checkSoundness(await model(xml), legalLimit)
}

const short = (problems: Problem[]): string[] => problems.map(({ key, params }) => `${key.replace('process.problem.', '')} ${params.id ?? params.at ?? params.count ?? ''}`.trim())

describe('what the standard lets stand for a gateway', () => {
  it('several flows out of one element are all taken', async () => {
    assert.deepEqual(await problemsOf(draw('k', 's>a a>b a>c b>p c>p p>e')), [])
    assert.deepEqual(short(await problemsOf(draw('k', 's>a a>b a>c b>p p>e c>e'))), ['ends_twice e'], 'as behind a parallel gateway')
  })

  it('conditions on flows out of a step choose as an inclusive gateway behind it, with its default flow', async () => {
    const xml = written('k', `<startEvent id="s"/>${userTasks('a', 'b', 'c').replace('<userTask id="a"', '<userTask id="a" default="a_c"')}<inclusiveGateway id="m"/><endEvent id="e"/>`, 's>a a>b{yes} a>c b>m c>m m>e')
    const parsed = await model(xml)
    assert.deepEqual(parsed.nodes.find((node) => node.id === 'a.ways'), { id: 'a.ways', name: { vi: 'a', en: 'a' }, kind: 'inclusive', defaultFlow: 'a_c' })
    assert.deepEqual(checkSoundness(parsed), [])
    assert.deepEqual(short(await problemsOf(xml.replace(' default="a_c"', ''))), ['no_default a.ways', 'no_condition a_c'])
  })

  it('a pair of link events is a flow, and an event without a trigger a place that is passed', async () => {
    const link = (name: string): string => `<linkEventDefinition name="${name}"/>`
    const xml = written('k', `<startEvent id="s"/>${userTasks('a', 'b')}<intermediateThrowEvent id="there">${link('L')}</intermediateThrowEvent><intermediateCatchEvent id="here">${link('L')}</intermediateCatchEvent><intermediateThrowEvent id="mark"/><endEvent id="e"/>`, 's>a a>there here>b b>mark mark>e')
    assert.deepEqual(await problemsOf(xml), [])
    assert.deepEqual((await parseProcess(xml.replace('here">' + link('L'), 'here">' + link('M')))).problems.map(({ key, params }) => [key, params.id, params.link]), [['process.problem.no_link', 'there', 'M']])
  })
})

describe('unsound processes', () => {
  const table: [title: string, arrows: string, found: string[], options?: Parameters<typeof draw>[2]][] = [
    ['a choice that ends in a parallel join waits for ever', 's>x x>a{ok} x>b* a>p b>p p>e', ['stuck p']],
    ['parallel branches that meet in a choice run into the next step twice', 's>p p>a p>b a>x b>x x>c c>e', ['unsafe c']],
    ['parallel branches that come to the same end', 's>p p>a p>b a>e b>e', ['ends_twice e']],
    ['a step to which nothing leads', 's>a a>e b>e', ['unreachable b']],
    ['an island that turns in itself', 's>a a>e b>c c>b', ['unreachable b', 'unreachable c']],
    ['a loop without a way out', 's>a a>b b>a e1>e', ['end_goes_on e1']],
    ['a loop that never comes to an end', 's>a a>x x>b{ok} x>c* b>a c>a d>e', ['stuck a (a)']],
    ['a step that leads nowhere', 's>a s>b a>e', ['no_way_out b']],
    ['two starts', 's>a s2>a a>e', ['one_start 2']],
    ['no step for a person', 's>e', ['no_task']],
    ['a choice without a default', 's>a a>x x>b{ok} x>c{no} b>e c>e', ['no_default x']],
    ['a way behind a choice without a condition', 's>a a>x x>b{ok} x>c x>d* b>e c>e d>e', ['no_condition f3']],
    ['a condition that no gateway looks at', 's>a a>b{ok} b>e', ['condition_elsewhere f1']],
    ['a circle of gateways alone', 's>a a>x x>x2{ok} x>e* x2>x{ok} x2>e*', ['circle x', 'circle x2']],
    ['a parallel split inside a loop that comes back on one branch', 's>a a>p p>a p>b b>e', ['unsafe b']],
    ['an interrupting timer into a parallel join', 's>p p>a p>b a>p2 b>p2 p2>e late:a>p2', ['stuck p2'], { timers: { late: 'PT1H!' } }],
    ['a step without role', 's>a a>e', ['no_role a'], { attributes: { a: 'motcua:limit="PT1H"' } }],
    ['a step without limit', 's>a a>e', ['no_limit a'], { attributes: { a: 'motcua:role="leader"' } }],
    ['a limit that is no duration', 's>a a>e', ['no_limit a'], { attributes: { a: 'motcua:role="leader" motcua:limit="2 days"' } }],
    ['an end that goes on', 's>a a>e e>b b>e2', ['end_goes_on e']],
  ]
  for (const [title, arrows, found, options] of table) {
    it(`are found: ${title}`, async () => assert.deepEqual(short(await problemsOf(draw('k', arrows, options))).sort(), [...found].sort()))
  }

  const timer = '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>'
  const [start, end] = ['<startEvent id="s"/>', '<endEvent id="e"/>']
  const elements: [title: string, xml: string, found: string[]][] = [
    ['a service task without a service', written('k', `${start}<serviceTask id="a" name="a"/>${end}`, 's>a a>e'), ['no_service a']],
    ['a business rule task without a table', written('k', `${start}<businessRuleTask id="a" name="a"/>${end}`, 's>a a>e'), ['no_decision a']],
    ['an event gateway that leads to a task', written('k', `${start}<eventBasedGateway id="g"/>${userTasks('a')}<intermediateCatchEvent id="w">${timer}</intermediateCatchEvent><exclusiveGateway id="m"/>${end}`, 's>g g>a g>w a>m w>m m>e'), ['event_gateway g']],
    ['a sub-process without a start', written('k', `${start}${subProcess('sub', `${userTasks('a')}<endEvent id="e1"/>`, 'a>e1')}${end}`, 's>sub sub>e'), ['sub_start sub']],
    ['a flow out of a sub-process', written('k', `${start}${subProcess('sub', `<startEvent id="s1"/>${userTasks('a')}`, 's1>a a>e')}${end}`, 's>sub sub>e'), ['crossing_flow a_e']],
    ['an event sub-process in the flow', written('k', `${start}${subProcess('sub', `<startEvent id="s1">${timer}</startEvent>${userTasks('b')}<endEvent id="e1"/>`, 's1>b b>e1', 'triggeredByEvent="true"')}${userTasks('a')}${end}`, 's>a a>sub sub>e'), ['aside sub']],
    ['an error that nobody catches', written('k', `${start}${userTasks('a')}<endEvent id="e"><errorEventDefinition errorRef="x"/></endEvent>`, 's>a a>e', '<error id="x" errorCode="X"/>'), ['uncaught e']],
    ['an error event for which nothing can happen', written('k', `${start}${userTasks('a', 'b')}<boundaryEvent id="edge" attachedToRef="a"><errorEventDefinition/></boundaryEvent>${end}<endEvent id="e2"/>`, 's>a a>e edge>b b>e2'), ['unreachable b', 'unreachable e2', 'unreachable edge']],
    ['a compensation of what has no handler', written('k', `${start}${userTasks('a')}<endEvent id="e"><compensateEventDefinition activityRef="a"/></endEvent>`, 's>a a>e'), ['nothing_to_undo e']],
    ['a timer at the edge of a decision, which takes no time', written('k', `${start}<businessRuleTask id="a" name="a" motcua:decision="fee"/><boundaryEvent id="edge" attachedToRef="a">${timer}</boundaryEvent>${end}<endEvent id="e2"/>`, 's>a a>e edge>e2'), ['boundary_host edge']],
    ['an inclusive gateway without a default', written('k', `${start}${userTasks('a', 'b', 'c')}<inclusiveGateway id="o"/><inclusiveGateway id="j"/>${end}`, 's>a a>o o>b{x} o>c{y} b>j c>j j>e'), ['no_default o']],
    ['several times of what is no expression', written('k', `${start}<userTask id="a" name="a" motcua:role="r" motcua:limit="PT1H"><multiInstanceLoopCharacteristics motcua:items="a b ("/></userTask>${end}`, 's>a a>e'), ['bad_condition a']],
    ['sub-processes that turn without a step', written('k', `${start}${userTasks('a')}${subProcess('sub', '<startEvent id="s1"/><endEvent id="e1"/>', 's1>e1')}<exclusiveGateway id="m"/><exclusiveGateway id="x" default="x_e"/>${end}`, 's>a a>m m>sub sub>x x>m{v} x>e'), ['circle m']],
    ['inclusive branches that wait for each other in a parallel join', written('k', `${start}${userTasks('a', 'b', 'c')}<inclusiveGateway id="o" default="o_b"/><parallelGateway id="j"/>${end}`, 's>a a>o o>b o>c{y} b>j c>j j>e'), ['stuck j']],
  ]
  for (const [title, xml, found] of elements) {
    it(`are found: ${title}`, async () => {
      const problems = await problemsOf(xml)
      assert.deepEqual(short(problems).sort(), found)
      for (const problem of problems) for (const lang of langs) assert.doesNotMatch(translator(lang)(problem.key, problem.params), /[{}]/)
    })
  }

  it('are found: too many states for anyone to follow', async () => {
    const branches = Array.from({ length: 16 }, (_, i) => `p>t${i} t${i}>p2`).join(' ')
    assert.deepEqual(short(await problemsOf(draw('k', `s>p ${branches} p2>e`))), ['too_tangled'])
  })

  it('have a sentence in both languages for every problem', async () => {
    for (const [, arrows, , options] of table) {
      for (const problem of await problemsOf(draw('k', arrows, options))) {
        for (const lang of langs) assert.doesNotMatch(translator(lang)(problem.key, problem.params), /[{}]/)
      }
    }
  })
})

describe('sound processes', () => {
  const table: [title: string, arrows: string, options?: Parameters<typeof draw>[2]][] = [
    ['a line', 's>a a>b b>e'],
    ['a choice with two ends', 's>a a>x x>b{ok} x>c* b>e c>e2'],
    ['parallel branches with an end each', 's>p p>a p>b a>e b>e2'],
    ['a loop', 's>a a>x x>a{again} x>e*'],
    ['a reminder in a loop', 's>a a>x x>a{again} x>e* late:a>e2', { timers: { late: 'PT1H' } }],
    ['an interrupting timer with its own end', 's>a a>e late:a>b b>e2', { timers: { late: 'PT1H!' } }],
    ['a choice between parallel blocks', 's>x x>p{ok} x>c* p>a p>b a>p2 b>p2 p2>x2 c>x2 x2>e'],
  ]
  for (const [title, arrows, options] of table) {
    it(`pass: ${title}`, async () => assert.deepEqual(await problemsOf(draw('k', arrows, options)), []))
  }
  const shipped = shippedDefinitions()
  for (const { file, bpmn } of shipped.filter((one) => one.legalLimit === undefined)) {
    it(`pass: the shipped ${file}, which has no step of its own and sends the parts of a linked group`, async () => {
      assert.deepEqual(await problemsOf(bpmn), [])
      assert.ok((await model(bpmn)).nodes.every((node) => node.kind !== 'user'))
    })
  }
  for (const { file, bpmn, legalLimit } of shipped.filter((one) => one.legalLimit !== undefined)) {
    it(`pass: the shipped ${file} within its legal limit, drafted before it is signed, signed before it is returned`, async () => {
      assert.deepEqual(await problemsOf(bpmn, legalLimit), [])
      const acts = (await model(bpmn)).nodes.flatMap((node) => (node.kind === 'user' && node.act ? [node.act] : []))
      const order = ['draft-result', 'review', 'sign', 'return'].filter((act) => acts.includes(act))
      assert.deepEqual([...acts].filter((act) => order.includes(act)), order)
      assert.ok(order.includes('draft-result') && order.includes('sign') && order.includes('return'))
    })
  }
})

describe('the legal limit', () => {
  const attributes = { a: 'motcua:role="r" motcua:limit="P1D"', b: 'motcua:role="r" motcua:limit="P2D"', c: 'motcua:role="r" motcua:limit="PT4H"' }
  it('holds against the longest way, of parallel branches the longer one', async () => {
    const xml = draw('k', 's>p p>a p>b a>p2 b>p2 p2>c c>e', { attributes })
    assert.deepEqual(await problemsOf(xml, 'PT20H'), [])
    const [problem] = await problemsOf(xml, 'PT19H')
    assert.deepEqual([problem?.key, problem?.params.hours, problem?.params.path], ['process.problem.too_long', 20, 'b → c'])
  })
  it('counts what a loop repeats once', async () => {
    assert.deepEqual(await problemsOf(draw('k', 's>a a>x x>a{again} x>c* c>e', { attributes }), 'PT12H'), [])
  })
  it('may stand in the file', async () => {
    assert.deepEqual(short(await problemsOf(draw('k', 's>b b>e', { attributes, limit: 'P1D' }))), ['too_long'])
  })
})
