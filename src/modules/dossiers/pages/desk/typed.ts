/** What came with a form that was refused, by field. */
export type Typed = Readonly<Record<string, string | string[]>>

export function textOf(typed: Typed, name: string): string {
  const value = typed[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

export function listOf(typed: Typed, name: string): string[] {
  const value = typed[name]
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}
