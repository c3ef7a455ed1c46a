import { completion, dossierStates, edges, type DossierState } from '../../src/modules/dossiers/index.ts'
import { loadTexts } from '../../src/platform/i18n.ts'
import { code, generatedPage, table } from './markdown.ts'

const id = (state: string): string => state.replaceAll('-', '_')

/** docs/generated/states.md: the states of a dossier and what leads from one to another. */
export function statesPage(): string {
  const { vi, en } = loadTexts()
  const states = Object.keys(dossierStates) as DossierState[]
  const stateRows = states.map((s) => [dossierStates[s], code(s), vi.get(`dossiers.state.${s}`), en.get(`dossiers.state.${s}`), `${completion(s)} %`])
  const edgeRows = Object.entries(edges).map(([action, e]) => [code(action), e.from.map(code).join(', '), e.to === 'before' ? 'where it was: `in-progress` once received, else `new`' : code(e.to), e.by, code(e.event), e.clock])
  return generatedPage('States of a dossier', 'src/modules/dossiers/dossier-states.ts',
    'The ten official states by the numbers of the national portal, and the share of completion that anyone with the dossier code may know.',
    table(['No.', 'State', 'Vietnamese', 'English', 'Completion'], stateRows),
    '## Actions', 'Anything that is not in this table is refused with `dossiers.NOT_IN_STATE`. *Clock*: what the action does to the time limit.',
    table(['Action', 'From', 'To', 'By', 'Event', 'Clock'], edgeRows),
    '## Diagram', diagram(states))
}

/** A clock that stood goes on where the dossier was: never received, or in progress. Only what can have led to `from` counts. */
function targets(from: DossierState, to: DossierState | 'before'): readonly DossierState[] {
  if (to !== 'before') return [to]
  return (['new', 'in-progress'] as const).filter((state) => Object.values(edges).some((e) => e.to === from && e.from.includes(state)))
}

function diagram(states: readonly DossierState[]): string {
  const { vi } = loadTexts()
  const arrows = Object.entries(edges).flatMap(([action, e]) => e.from.flatMap((from) => targets(from, e.to).map((to) => `  ${id(from)} --> ${id(to)} : ${action}`)))
  const ends = states.filter((s) => !Object.values(edges).some((e) => e.from.includes(s)))
  return ['```mermaid', 'stateDiagram-v2', ...states.map((s) => `  state "${dossierStates[s]}. ${vi.get(`dossiers.state.${s}`)}" as ${id(s)}`), '  [*] --> new', ...arrows, ...ends.map((s) => `  ${id(s)} --> [*]`), '```'].join('\n')
}
