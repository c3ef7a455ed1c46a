import type { Block } from './blocks.ts'

/** Where a line begins: an element, and what stands at the line. */
interface Open { from: string; condition?: string; isDefault?: boolean }

/** How the conditions of a file are written: that the outcome is "vN", or that N is in it. */
export interface Conditions { is(n: number): string; has(n: number): string }
const feel: Conditions = { is: (n) => `outcome = "v${n}"`, has: (n) => `contains(outcome, "${n}")` }

/** The BPMN file of a block: the same process as flows, gateways and events. */
export function drawn(root: Block, conditions = feel): string {
  let count = 0
  const roots: string[] = ['<error id="refused" name="refused" errorCode="refused"/>']
  const fresh = (kind: string): string => `${kind}_${++count}`

  /** The elements of the process or of one sub-process around a block. */
  const contents = (block: Block | null, start: string, end = ''): string => {
    const parts: string[] = [start]
    const defaults = new Map<string, string>()
    const startId = /id="(\w+)"/.exec(start)![1]!
    const line = ({ from, condition, isDefault }: Open, to: string): void => {
      const id = fresh('f')
      if (isDefault) defaults.set(from, id)
      parts.push(`<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${condition ? `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>` : ''}</sequenceFlow>`)
    }
    const element = (tag: string, id: string, inside = '', attributes = ''): string => {
      parts.push(`<${tag} id="${id}"${attributes}>${inside}</${tag}>`)
      return id
    }
    const task = (name: string, inside = '', attributes = ''): string => element('userTask', name, inside, ` name="${name}" motcua:role="specialist" motcua:limit="PT1H"${attributes}`)
    const gateway = (kind: string, from: Open[]): string => {
      const id = fresh(kind)
      for (const one of from) line(one, id)
      parts.push(`<${kind}Gateway id="${id}"@${id}@/>`)
      return id
    }
    const message = (name: string): string => {
      roots.push(`<message id="message_${name}" name="${name}"/>`)
      return `<messageEventDefinition messageRef="message_${name}"/>`
    }
    const clock = '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>'
    const several = ({ times, sequential, enough }: Block & { kind: 'multi' }): string => `<multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality xsi:type="tFormalExpression">${times}</loopCardinality>${enough ? `<completionCondition xsi:type="tFormalExpression">numberOfCompletedInstances >= ${enough}</completionCondition>` : ''}</multiInstanceLoopCharacteristics>`
    const subProcess = (block: Block | null, from: Open, more = '', end?: string): string => {
      const id = fresh('sub')
      line(from, id)
      return element('subProcess', id, more + contents(block, `<startEvent id="${fresh('s')}"/>`, end))
    }
    const branches = (kind: 'exclusive' | 'inclusive', from: Open, all: (Block | null | 'fail')[], condition: (i: number) => string): Open => {
      const split = gateway(kind, [from])
      const ends: Open[] = []
      all.forEach((branch, i) => {
        const way: Open = { from: split, ...(i === 0 ? { isDefault: true } : { condition: condition(i) }) }
        if (branch === 'fail') line(way, element('endEvent', fresh('e'), '<errorEventDefinition errorRef="refused"/>'))
        else ends.push(branch ? put(branch, way) : way)
      })
      return { from: gateway(kind, ends) }
    }
    /** Draws a block at an open line; the open line behind it. */
    const put = (block: Block, from: Open): Open => {
      switch (block.kind) {
        case 'task': line(from, task(block.name)); return { from: block.name }
        case 'sequence': return block.parts.reduce((at, part) => put(part, at), from)
        case 'parallel': { const split = gateway('parallel', [from]); return { from: gateway('parallel', block.parts.map((part) => put(part, { from: split }))) } }
        case 'choice': line(from, task(block.decider)); return branches('exclusive', { from: block.decider }, block.branches, conditions.is)
        case 'inclusive': line(from, task(block.decider)); return branches('inclusive', { from: block.decider }, block.branches, conditions.has)
        case 'loop': {
          const merge = gateway('exclusive', [from])
          line(put(block.body, { from: merge }), task(block.decider))
          const split = gateway('exclusive', [{ from: block.decider }])
          line({ from: split, condition: conditions.is(1) }, merge)
          return { from: split, isDefault: true }
        }
        case 'events': {
          const split = gateway('eventBased', [from])
          return { from: gateway('exclusive', block.events.map((event) => {
            line({ from: split }, element('intermediateCatchEvent', event.name, event.message ? message(event.name) : clock))
            return event.branch ? put(event.branch, { from: event.name }) : { from: event.name }
          })) }
        }
        case 'sub': return { from: subProcess(block.body, from) }
        case 'multi':
          if (block.body.kind === 'sub') return { from: subProcess(block.body.body, from, several(block)) }
          line(from, task(block.body.name, several(block)))
          return { from: block.body.name }
        case 'guarded': {
          const host = put(block.host, from)
          element('boundaryEvent', block.timer, clock, ` attachedToRef="${host.from}" cancelActivity="${block.interrupting}"`)
          const handled = block.handler ? put(block.handler, { from: block.timer }) : { from: block.timer }
          if (block.interrupting) return { from: gateway('exclusive', [host, handled]) }
          line(handled, element('endEvent', fresh('e')))
          return host
        }
        case 'attempt': {
          const sub = subProcess(block.body, from)
          const caught = element('boundaryEvent', fresh('caught'), '<errorEventDefinition errorRef="refused"/>', ` attachedToRef="${sub}"`)
          return { from: gateway('exclusive', [{ from: sub }, put(block.handler, { from: caught })]) }
        }
        case 'race': return { from: raceOf(block.parts, from) }
        case 'undoing': return { from: undoingOf(block.tasks, from) }
        case 'listening': {
          const begins = `<startEvent id="${block.message}" isInterrupting="${block.interrupting}">${message(block.message)}</startEvent>`
          const id = fresh('sub')
          line(from, id)
          const aside = `<subProcess id="${fresh('aside')}" triggeredByEvent="true">${contents(block.handler, begins)}</subProcess>`
          return { from: element('subProcess', id, aside + contents(block.body, `<startEvent id="${fresh('s')}"/>`)) }
        }
      }
    }
    const raceOf = (racers: Block[], from: Open): string => {
      const id = fresh('sub')
      line(from, id)
      const [start, split] = [fresh('s'), fresh('p')]
      const inside = racers.map((racer) => {
        const begins = `<startEvent id="${start}"/>`
        return contents(racer, begins, '<terminateEventDefinition/>').replace(begins, '').replaceAll(`sourceRef="${start}"`, `sourceRef="${split}"`)
      })
      return element('subProcess', id, `<startEvent id="${start}"/><sequenceFlow id="${fresh('f')}" sourceRef="${start}" targetRef="${split}"/><parallelGateway id="${split}"/>${inside.join('')}`)
    }
    const undoingOf = (tasks: { name: string; undo: string }[], from: Open): string => {
      const id = fresh('sub')
      line(from, id)
      const all: Block = { kind: 'parallel', parts: tasks.map(({ name }) => ({ kind: 'task', name })) }
      const undo = tasks.map(({ name, undo }) => {
        const edge = fresh('undo')
        return `<boundaryEvent id="${edge}" attachedToRef="${name}"><compensateEventDefinition/></boundaryEvent><userTask id="${undo}" name="${undo}" isForCompensation="true" motcua:role="specialist" motcua:limit="PT1H"/>|<association id="${fresh('a')}" associationDirection="One" sourceRef="${edge}" targetRef="${undo}"/>`.split('|')
      })
      return element('subProcess', id, contents(all, `<startEvent id="${fresh('s')}"/>`, '<compensateEventDefinition/>') + undo.map(([elements]) => elements).join('') + undo.map(([, association]) => association).join(''))
    }
    line(block ? put(block, { from: startId }) : { from: startId }, element('endEvent', fresh('e'), end))
    return parts.join('').replace(/@(\w+)@/g, (_, id: string) => (defaults.has(id) ? ` default="${defaults.get(id)}"` : ''))
  }

  const process = contents(root, '<startEvent id="s"/>')
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="urn:motcua:bpmn:1" targetNamespace="t">
${roots.join('')}<process id="k" isExecutable="true">${process}</process></definitions>`
}
