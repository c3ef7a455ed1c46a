/** Share of equal answers from which two filings are taken for the same matter: a corrected word or a new telephone number makes no other dossier of it. */
export const alikeFrom = 0.8

/** Answers one by one, by their place: files and ticks say nothing about the matter. */
function leaves(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'string' || typeof value === 'number') into.set(path, String(value).trim().toLocaleLowerCase('vi'))
  else if (Array.isArray(value)) value.forEach((item, i) => leaves(item, `${path}.${i}`, into))
  else if (typeof value === 'object' && value !== null && !('size' in value && 'type' in value)) for (const [name, inner] of Object.entries(value)) leaves(inner, `${path}.${name}`, into)
  return into
}

/** From 0 to 1: how much of what either filing answers both answer alike. */
export function likeness(a: Record<string, unknown>, b: Record<string, unknown>): number {
  const [one, two] = [leaves(a, '', new Map()), leaves(b, '', new Map())]
  const all = new Set([...one.keys(), ...two.keys()])
  return all.size === 0 ? 0 : [...all].filter((path) => one.get(path) === two.get(path)).length / all.size
}
