import { isRecord, type Answers } from './answers.ts'

/** The answer at a place: 'noticeFile', of an entry 'papers.0.picture'. */
export function valueOf(answers: Answers, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (Array.isArray(value) ? (value as unknown[])[Number(step)] : isRecord(value) ? value[step] : undefined), answers)
}

/** Puts an answer in its place, or takes it away, and copies what lies on the way: the entries may belong to somebody else. A place that is not there stays so. */
export function setValue(answers: Answers, path: string, value: unknown): void {
  const [id = '', index, inner] = path.split('.')
  if (index === undefined || inner === undefined) {
    if (value === undefined) delete answers[id]
    else answers[id] = value
    return
  }
  const entries = answers[id]
  const entry: unknown = Array.isArray(entries) ? entries[Number(index)] : undefined
  if (!Array.isArray(entries) || !isRecord(entry)) return
  const { [inner]: _, ...rest } = entry
  answers[id] = entries.map((one: unknown, i) => (i === Number(index) ? (value === undefined ? rest : { ...entry, [inner]: value }) : one))
}
