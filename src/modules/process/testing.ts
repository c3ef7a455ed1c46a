/**
 * BPMN from a line of arrows, for tests: `s>a a>x x>b{ok} x>c* b>e c>e`. A name's first letter says what it is: s start, e end, x exclusive
 * gateway, p parallel gateway, everything else a user task; names in `timers` are timers. `{v}` is the condition outcome = "v", `*` the
 * default flow; `name:host>to` hangs a timer on a task; a duration with `!` interrupts.
 */
export function draw(key: string, arrows: string, options: { timers?: Record<string, string>; attributes?: Record<string, string>; limit?: string } = {}): string {
  const timers = options.timers ?? {}
  const hosts = new Map<string, string>()
  const names = new Set<string>()
  const defaults = new Map<string, string>()
  const flows = arrows.split(/\s+/).filter(Boolean).map((arrow, i) => {
    const [, timer, from_, to, value, star] = /^(?:(\w+):)?(\w+)>(\w+)(?:\{(\w+)\})?(\*)?$/.exec(arrow)!
    const from = timer ?? from_!
    if (timer) hosts.set(timer, from_!)
    for (const name of [from, to!, from_!]) names.add(name)
    if (star) defaults.set(from, `f${i}`)
    const condition = value ? `<conditionExpression xsi:type="tFormalExpression">outcome = "${value}"</conditionExpression>` : ''
    return `<sequenceFlow id="f${i}" sourceRef="${from}" targetRef="${to}">${condition}</sequenceFlow>`
  })
  const element = (name: string): string => {
    const duration = timers[name]
    if (duration) {
      const host = hosts.get(name)
      const body = `<timerEventDefinition><timeDuration xsi:type="tFormalExpression">${duration.replace('!', '')}</timeDuration></timerEventDefinition>`
      return host ? `<boundaryEvent id="${name}" attachedToRef="${host}" cancelActivity="${duration.endsWith('!')}">${body}</boundaryEvent>` : `<intermediateCatchEvent id="${name}">${body}</intermediateCatchEvent>`
    }
    if (/^s\d*$/.test(name)) return `<startEvent id="${name}"/>`
    if (/^e\d*$/.test(name)) return `<endEvent id="${name}"/>`
    if (/^x\d*$/.test(name)) return `<exclusiveGateway id="${name}"${defaults.has(name) ? ` default="${defaults.get(name)}"` : ''}/>`
    if (/^p\d*$/.test(name)) return `<parallelGateway id="${name}"/>`
    return `<userTask id="${name}" name="${name}" ${options.attributes?.[name] ?? 'motcua:role="specialist" motcua:limit="PT1H"'}/>`
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="urn:motcua:bpmn:1" targetNamespace="t">
<process id="${key}" isExecutable="true"${options.limit ? ` motcua:limit="${options.limit}"` : ''}>${[...names].map(element).join('')}${flows.join('')}</process></definitions>`
}

/** BPMN from elements written out, for what arrows cannot say; `flows` are arrows like those of `draw`. `roots` are messages, errors and so on. */
export function written(key: string, elements: string, flows: string, roots = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="urn:motcua:bpmn:1" targetNamespace="t">
${roots}<process id="${key}" name="${key}" isExecutable="true">${elements}${arrowsOf(flows)}</process></definitions>`
}

/** A sub-process with elements and arrows inside. */
export function subProcess(id: string, elements: string, flows: string, attributes = ''): string {
  return `<subProcess id="${id}" name="${id}" ${attributes}>${elements}${arrowsOf(flows)}</subProcess>`
}

export function userTasks(...ids: string[]): string {
  return ids.map((id) => `<userTask id="${id}" name="${id}" motcua:role="specialist" motcua:limit="PT1H"/>`).join('')
}

function arrowsOf(flows: string): string {
  return flows.split(/\s+/).filter(Boolean).map((arrow) => {
    const [, from, to, value] = /^(\w+)>(\w+)(?:\{(\w+)\})?$/.exec(arrow)!
    return `<sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${value ? `<conditionExpression xsi:type="tFormalExpression">outcome = "${value}"</conditionExpression>` : ''}</sequenceFlow>`
  }).join('')
}
