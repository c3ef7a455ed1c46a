/**
 * Where a dossier stands in the national figures. Each dossier stands at exactly one place, so that the places of a row add up to
 * what was submitted. Decided from the facts of its last event and the time.
 */
export const places = ['waiting', 'refused', 'running', 'overdue', 'on-time', 'late', 'stopped'] as const
export type Place = (typeof places)[number]

export interface Facts {
  node: string
  agency: string
  procedure: string
  state: string
  receivedAt: string | null
  dueAt: string | null
  finishedAt: string | null
  /** Late whatever the date says: a second request to supplement, a date put off after the time had run out. Absent in older events. */
  late?: boolean
  seq: number
}

/** Time goes on in these states; a supplement or a payment stops it (indicator 2.1 of Decision 766/2022). */
export const clockRuns = (state: string): boolean => state === 'received' || state === 'in-progress' || state === 'withdrawal-requested'

/**
 * - waiting: submitted, not yet received; refused: not received;
 * - running / overdue: received, not finished, within or past its due date;
 * - on-time / late: finished, no later or later than its due date; stopped: withdrawn.
 */
export function placeOf(f: Facts, now: Date): Place {
  if (f.state === 'not-accepted') return 'refused'
  if (f.state === 'stopped') return 'stopped'
  if (!f.receivedAt) return 'waiting'
  if (f.finishedAt) return !f.late && (!f.dueAt || f.finishedAt <= f.dueAt) ? 'on-time' : 'late'
  return f.late || (clockRuns(f.state) && f.dueAt !== null && new Date(f.dueAt) < now) ? 'overdue' : 'running'
}

export interface Figures {
  /** Every dossier filed. */
  submitted: number
  /** Received as valid. */
  received: number
  waiting: number
  inProgress: number
  onTime: number
  /** Finished late, or still running past the due date. */
  late: number
  refused: number
  stopped: number
}

/** The figures of a row from the numbers at each place. */
export function figuresOf(n: Partial<Record<Place, number>>): Figures {
  const at = (place: Place): number => n[place] ?? 0
  const received = at('running') + at('overdue') + at('on-time') + at('late') + at('stopped')
  return {
    submitted: received + at('waiting') + at('refused'),
    received, waiting: at('waiting'), inProgress: at('running') + at('overdue'), onTime: at('on-time'), late: at('late') + at('overdue'), refused: at('refused'), stopped: at('stopped'),
  }
}
