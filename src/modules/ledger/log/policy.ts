import { formatKey, NoteFault, parseKey, type NoteKey } from './note.ts'
import type { LogPolicy } from './proof-file.ts'

/** Writes whom a verifier believes (C2SP tlog-policy): one log, and so many of these witnesses. */
export function formatPolicy({ log, witnesses, quorum }: LogPolicy): string {
  const name = ({ name: full }: NoteKey): string => full.split('/').at(-1)!
  const group = quorum === 0 ? ['quorum none'] : [`group witnesses ${quorum} ${witnesses.map(name).join(' ')}`, 'quorum witnesses']
  return [`log ${formatKey(log)}`, ...witnesses.map((key) => `witness ${name(key)} ${formatKey(key)}`), ...group, ''].join('\n')
}

/**
 * Reads a policy of one log whose quorum is one witness, one group of witnesses, or nobody.
 * @throws {NoteFault} for any other
 */
export function parsePolicy(text: string): LogPolicy {
  const lines = text.split('\n').map((line) => line.trim().split(/[ \t]+/)).filter(([word]) => word && !word.startsWith('#'))
  const of = (word: string): string[][] => lines.filter(([first]) => first === word).map(([, ...rest]) => rest)
  const fault = (): never => { throw new NoteFault('this is no policy of one log with one group of witnesses') }
  const [logs, named, groups, quorums] = [of('log'), of('witness'), of('group'), of('quorum')]
  if (logs.length !== 1 || quorums.length !== 1 || groups.length > 1 || lines.length !== logs.length + named.length + groups.length + 1) fault()
  const keys = new Map(named.map(([name, key]) => [name!, parseKey(key ?? '')]))
  const log = parseKey(logs[0]![0] ?? '')
  const [wanted] = quorums[0]!
  if (wanted === 'none') return { log, witnesses: [...keys.values()], quorum: 0 }
  const single = keys.get(wanted ?? '')
  if (single) return { log, witnesses: [single], quorum: 1 }
  const [name, threshold = '', ...members] = groups[0] ?? []
  const quorum = threshold === 'all' ? members.length : threshold === 'any' ? 1 : /^[1-9]\d?$/.test(threshold) ? Number(threshold) : 0
  const witnesses = members.map((member) => keys.get(member) ?? fault())
  if (name !== wanted || quorum < 1 || quorum > witnesses.length || new Set(members).size !== members.length) fault()
  return { log, witnesses, quorum }
}
