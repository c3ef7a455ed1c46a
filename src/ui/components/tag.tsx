import type { ComponentChildren, VNode } from 'preact'
import { Icon } from './icon.tsx'

/** What a state means for the reader. Each has a colour and a sign; the word is given by the caller. */
export type Tone = 'neutral' | 'running' | 'paused' | 'done' | 'attention' | 'late' | 'stopped'

export interface TagProps {
  readonly tone?: Tone
  readonly children: ComponentChildren
  /** Without the sign, where rows of tags would be too loud. */
  readonly plain?: boolean
}

export function Tag({ tone = 'neutral', plain, children }: TagProps): VNode {
  return <strong class={`govuk-tag mc-tag--${tone}`}>{!plain && tone !== 'neutral' && <Icon name={tone} />}{children}</strong>
}
