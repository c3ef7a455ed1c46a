import { isActivity, type ProcessModel, type ProcessNode } from '../model.ts'
import { alike } from './move-marking.ts'

/** An element of the old version and what it becomes; `to` undefined where nothing is proposed. `by`: because ids or names are the same, or as somebody chose. */
export interface Proposal { from: ProcessNode; to: ProcessNode | undefined; by: 'id' | 'name' | 'chosen' | undefined; choices: ProcessNode[] }

/** Elements at which work can stand and for which somebody may choose: all but gateways and what only begins or ends. */
const isChosen = (node: ProcessNode): boolean => isActivity(node) || node.kind === 'timer' || node.kind === 'catch'

/** What each element of a version becomes in another: as chosen, else that with its id, else the only one with its name that is alike. */
export function proposeMapping(from: ProcessModel, to: ProcessModel, chosen: ReadonlyMap<string, string>): Proposal[] {
  const plain = (name: string): string => name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
  const ownIds = new Set(from.nodes.map((node) => node.id))
  return from.nodes.filter(isChosen).map((node): Proposal => {
    const choices = to.nodes.filter((one) => alike(node, one))
    const picked = chosen.get(node.id)
    if (picked !== undefined) return { from: node, to: choices.find((one) => one.id === picked), by: 'chosen', choices }
    const sameId = choices.find((one) => one.id === node.id)
    if (sameId) return { from: node, to: sameId, by: 'id', choices }
    const sameName = choices.filter((one) => plain(one.name.vi) === plain(node.name.vi) && plain(node.name.vi) !== '' && !ownIds.has(one.id))
    return sameName.length === 1 ? { from: node, to: sameName[0], by: 'name', choices } : { from: node, to: undefined, by: undefined, choices }
  })
}

/** What was proposed as a mapping. An element for which nothing was chosen on purpose maps to nothing. */
export function mappingOf(proposals: readonly Proposal[]): Map<string, string> {
  return new Map(proposals.flatMap(({ from, to, by }): [string, string][] => (to ? (to.id === from.id ? [] : [[from.id, to.id]]) : by === 'chosen' ? [[from.id, '']] : [])))
}
