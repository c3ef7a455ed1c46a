import type { Tone } from '../../../../ui/index.ts'
import type { RequestState } from './data-request.ts'

export const requestTones: Readonly<Record<RequestState, Tone>> = { asked: 'attention', accepted: 'running', refused: 'stopped', done: 'done', cancelled: 'neutral' }
