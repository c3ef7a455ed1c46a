import type { Translate } from '../../../../platform/i18n.ts'
import type { Problem } from '../../model.ts'
import type { VersionMove } from '../version-move.store.ts'
import type { Tone } from '../../../../ui/index.ts'

/** Why something cannot be moved, as a sentence. */
export function problemWords(t: Translate, { key, params }: Problem): string {
  return t(key, typeof params.problem === 'string' ? { ...params, problem: t(params.problem, params) } : params)
}

export const moveTones: Readonly<Record<VersionMove['state'], Tone>> = { planned: 'neutral', running: 'running', done: 'done', cancelled: 'stopped' }
