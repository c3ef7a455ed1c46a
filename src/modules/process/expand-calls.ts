import type { Flow, Problem, ProcessModel, ProcessNode } from './model.ts'

/** More elements than this after all called processes stand in their places is more than people can follow. */
const mostNodes = 2_000

/**
 * Puts the processes that call activities name in their places, as sub-processes with the ids `call/id`. They are bound when the caller is published, so that the
 * whole is checked for soundness and time, and a running dossier stays on what it began with: a later version of the called process is taken up when the caller is published again.
 */
export async function expandCalls(model: ProcessModel, find: (key: string) => Promise<ProcessModel | undefined>): Promise<{ model: ProcessModel; problems: Problem[] }> {
  const nodes: ProcessNode[] = []
  const flows: Flow[] = [...model.flows]
  const problems: Problem[] = []
  for (const node of model.nodes) {
    if (node.kind !== 'call') {
      nodes.push(node)
      continue
    }
    const { called, ...rest } = node
    const found = await find(called)
    if (!found) problems.push({ key: 'process.problem.unknown_process', params: { id: node.id, name: node.name.vi, called } })
    else {
      nodes.push({ ...rest, kind: 'sub' }, ...found.nodes.map((inner) => placed(inner, node.id)))
      flows.push(...found.flows.map((flow) => ({ ...flow, id: `${node.id}/${flow.id}`, from: `${node.id}/${flow.from}`, to: `${node.id}/${flow.to}` })))
    }
  }
  if (nodes.length > mostNodes) problems.push({ key: 'process.problem.too_tangled', params: { most: mostNodes } })
  return { model: { ...model, nodes, flows }, problems }
}

function placed(node: ProcessNode, call: string): ProcessNode {
  const inside = (id: string): string => `${call}/${id}`
  return {
    ...node, id: inside(node.id), in: node.in === undefined ? call : inside(node.in),
    ...('defaultFlow' in node && node.defaultFlow !== undefined ? { defaultFlow: inside(node.defaultFlow) } : {}),
    ...('attachedTo' in node ? { attachedTo: inside(node.attachedTo) } : {}),
    ...('handler' in node ? { handler: inside(node.handler) } : {}),
    ...('throws' in node && node.throws?.type === 'compensate' && node.throws.activity !== undefined ? { throws: { ...node.throws, activity: inside(node.throws.activity) } } : {}),
  }
}
