import type { Tone } from '../../../../ui/index.ts'
import type { ProblemState } from './problem.ts'

export const problemTones: Readonly<Record<ProblemState, Tone>> = { new: 'attention', taken: 'running', closed: 'done' }
