import type { VNode } from 'preact'
import { formatDateTime, type Translate } from '../../platform/i18n.ts'
import { classNames } from '../class-names.ts'
import { usePage } from '../use-page.ts'
import { Icon } from './icon.tsx'

export interface DeadlineProps {
  readonly due: Date
  readonly now: Date
  /** 'paused': the clock stands; 'done': finished at `now`, in time or late. */
  readonly state?: 'running' | 'paused' | 'done'
  /** Show the exact moment as text; else it is behind the words (title and screen readers). */
  readonly exact?: boolean
  /** Below this many hours the time is marked as short. 24 unless told. */
  readonly soonHours?: number
}

/** "Còn 2 ngày 3 giờ", with the exact moment behind it. Late is red, has a sign and says so. */
export function Deadline({ due, now, state = 'running', exact, soonHours = 24 }: DeadlineProps): VNode {
  const { t } = usePage()
  const left = due.getTime() - now.getTime()
  const look = state === 'paused' ? 'paused' : left < 0 ? 'late' : state === 'done' ? 'done' : left < soonHours * 3_600_000 ? 'attention' : 'running'
  const moment = t('ui.deadline.due', { at: formatDateTime(due) })
  return (
    <span class={classNames('mc-deadline', `mc-deadline--${look}`)}>
      <time class="mc-deadline__left" dateTime={due.toISOString()} title={moment}><Icon name={look} />{deadlineWords(left, state, t)}</time>{'\u2002'}
      <span class={exact ? 'mc-deadline__exact' : 'govuk-visually-hidden'}>{moment}</span>
    </span>
  )
}

function deadlineWords(left: number, state: NonNullable<DeadlineProps['state']>, t: Translate): string {
  if (state === 'paused') return t('ui.deadline.paused')
  const span = spanWords(Math.abs(left), t)
  if (state === 'done') return left < 0 ? t('ui.deadline.doneLate', { span }) : t('ui.deadline.doneInTime')
  return left < 0 ? t('ui.deadline.late', { span }) : t('ui.deadline.left', { span })
}

/** "2 ngày 3 giờ", "3 giờ 5 phút", "5 phút": the two largest units. */
export function spanWords(milliseconds: number, t: Translate): string {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000))
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  const parts: readonly (readonly [string, number])[] = days > 0 ? [['days', days], ['hours', hours]] : [['hours', hours], ['minutes', rest]]
  return parts.filter(([, count]) => count > 0).map(([unit, count]) => t(`ui.span.${unit}`, { count })).join(' ')
}
