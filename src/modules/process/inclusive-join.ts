import type { Token } from './marking.ts'
import type { ModelIndex } from './model.ts'

/**
 * Whether a token elsewhere can still come to an inclusive join by a flow that has none yet (BPMN 2.0.2, 13.4.3). One that can also come by a flow that already
 * has its token does not hold the join up: else two joins in one loop would wait for each other. What is inside a sub-process counts as standing at it.
 */
export function canStillCome(index: ModelIndex, tokens: readonly Token[], { at: gateway, in: scope }: Token): boolean {
  const here = tokens.filter((token) => token.in === scope && !token.armed)
  const come = new Set(here.filter((token) => token.at === gateway).map((token) => token.by))
  const flows = index.incoming(gateway)
  const missing = sourcesOf(index, gateway, flows.filter((flow) => !come.has(flow.id)).map((flow) => flow.from))
  const covered = sourcesOf(index, gateway, flows.filter((flow) => come.has(flow.id)).map((flow) => flow.from))
  return here.some((token) => token.at !== gateway && missing.has(token.at) && !covered.has(token.at))
}

/** All elements from which a way leads to one of these without passing the gateway. */
function sourcesOf(index: ModelIndex, gateway: string, targets: readonly string[]): Set<string> {
  const found = new Set<string>()
  const open = [...targets]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === gateway || found.has(id)) continue
    found.add(id)
    const node = index.node(id)
    if (node.kind === 'boundary-timer' || node.kind === 'boundary-event') open.push(node.attachedTo)
    open.push(...index.incoming(id).map((flow) => flow.from))
  }
  return found
}
