/** A common step as the palette and the table offer it, with what it usually has; its names are the texts `process.designer.step.*`. */
export interface StepTemplate { kind: string; role?: string; limit?: string; act?: string; lane?: string; duration?: string; /** It stands at the edge of a step. */ atEdge?: true }

export const stepTemplates = {
  check: { kind: 'userTask', role: 'one-stop', limit: 'PT4H', act: 'check' },
  appraise: { kind: 'userTask', role: 'specialist', limit: 'P1D', act: 'appraise' },
  consult: { kind: 'userTask', role: 'specialist', limit: 'P2D', act: 'appraise' },
  draft: { kind: 'userTask', role: 'specialist', limit: 'PT4H', act: 'draft-result' },
  review: { kind: 'userTask', role: 'leader', limit: 'PT4H', act: 'review' },
  sign: { kind: 'userTask', role: 'leader', limit: 'PT4H', act: 'sign' },
  return: { kind: 'userTask', role: 'one-stop', limit: 'PT4H', act: 'return' },
} as const satisfies Record<string, StepTemplate>

/** Everything else that the engine runs and a person may put into a process. */
export const plainElements = {
  user: { kind: 'userTask' },
  service: { kind: 'serviceTask' },
  decision: { kind: 'businessRuleTask' },
  send: { kind: 'sendTask' },
  receive: { kind: 'receiveTask' },
  wait: { kind: 'intermediateCatchEvent', duration: 'P1D' },
  call: { kind: 'callActivity' },
  timer: { kind: 'boundaryEvent', duration: 'P1D', atEdge: true },
} as const satisfies Record<string, StepTemplate>

export const addable: Readonly<Record<string, StepTemplate>> = { ...stepTemplates, ...plainElements }
export const roles = ['one-stop', 'specialist', 'leader'] as const
/** What the desk offers for a step of a person. */
export const acts = ['check', 'appraise', 'draft-result', 'review', 'sign', 'return'] as const
