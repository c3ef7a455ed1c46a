/** What a value must not be: the driver fails on it while it writes the statement. */
const isUnsendable = (value: unknown): boolean => value === undefined || (value instanceof Date && Number.isNaN(value.getTime()))

/** A statement of postgres.js, as far as it is looked at here. A fragment inside another statement is one too. */
interface Query {
  readonly args: readonly unknown[]
  readonly strings: readonly string[]
  handler(query: Query): unknown
  resolve(result: unknown): void
  reject(error: unknown): void
}

const isQuery = (value: unknown): value is Query => value instanceof Promise && 'strings' in value && 'args' in value
/** `sql(rows, ...columns)` or `sql(values)`. */
const isHelper = (value: unknown): value is { first: unknown; rest: readonly unknown[] } => typeof value === 'object' && value !== null && 'first' in value && 'rest' in value
/** `sql.json(value)`, `sql.array(value)`. */
const isTyped = (value: unknown): value is { value: unknown } => typeof value === 'object' && value !== null && 'value' in value && 'type' in value && 'array' in value

function hasUnsendable(value: unknown): boolean {
  if (isUnsendable(value)) return true
  if (isQuery(value)) return value.args.some(hasUnsendable)
  if (isTyped(value)) return isUnsendable(value.value)
  if (isHelper(value)) return helped(value.first, value.rest.flat() as string[])
  // Parts that are written one after the other; any other array is one value.
  return Array.isArray(value) && isQuery(value[0]) && value.some(hasUnsendable)
}

/** Of rows only the columns that are written. */
function helped(first: unknown, columns: readonly string[]): boolean {
  if (typeof first !== 'object' || first === null || first instanceof Date) return isUnsendable(first)
  if (Array.isArray(first) && !first.some((row) => typeof row === 'object' && row !== null)) return first.some(hasUnsendable)
  return (Array.isArray(first) ? first : [first]).some((row: Record<string, unknown>) => row === null || row === undefined || (columns.length > 0 ? columns : Object.keys(Array.isArray(first) ? first[0] as object : first)).some((column) => hasUnsendable(row[column])))
}

/** A statement with a value that is missing (undefined) or a date that is none. Nothing of it was sent. */
export class UnsendableValue extends TypeError {
  constructor(strings: readonly string[]) {
    super(`A value of the statement is undefined, or a date that is none: ${strings.join('?').replace(/\s+/g, ' ').trim().slice(0, 200)}`)
    this.name = 'UnsendableValue'
  }
}

/**
 * A query that cannot bring the others on its connection into disorder. postgres.js 3.4 has two faults there. It finds only while it writes a statement that
 * a value is undefined: when another statement is under way on the connection, that other one is rejected, and the bad one stays in the row of those who wait
 * for an answer, so that from then on every answer goes to the wrong statement (porsager/postgres#1082). And it goes on counting the rows of a statement that
 * failed after some of them, so that the next result begins with holes (#1181). Here a bad statement is refused before it comes near a connection, and the
 * holes are taken out.
 */
export function sound<T>(query: T): T {
  if (!isQuery(query)) return query
  const { handler, resolve } = query
  query.handler = (sent) => (sent.args.some(hasUnsendable) ? sent.reject(new UnsendableValue(sent.strings)) : handler(sent))
  query.resolve = (result) => {
    if (Array.isArray(result) && result.length > 0 && !(0 in result)) result.splice(0, result.findIndex((row) => row !== undefined))
    resolve(result)
  }
  return query
}
