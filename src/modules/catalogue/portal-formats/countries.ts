/** Two-letter codes that the language tables know but that are no countries: unions, zones, tests. */
const noCountries = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ'])

let known: (readonly [code: string, name: string])[] | undefined

/** Countries by their ISO 3166-1 codes with their Vietnamese names, from the language tables of the platform. */
export function countries(): readonly (readonly [code: string, name: string])[] {
  if (known) return known
  const names = new Intl.DisplayNames('vi', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => !noCountries.has(code))
  // Withdrawn codes are told by the name of their successor: each name counts once, under the code that the tables hold for it.
  const canonical = codes.filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
  known = canonical.flatMap((code) => { const name = names.of(code); return name ? [[code, name] as const] : [] })
  return known
}
