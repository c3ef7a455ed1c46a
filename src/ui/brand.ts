import type { Brand } from './page-context.ts'

/** The node's colours as custom properties: the one style sheet serves every node. */
export function brandCss(brand: Brand): string {
  for (const colour of [brand.colour, brand.dark]) if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`The brand colour "${colour}" is not of the form #rrggbb.`)
  return `:root{--mc-brand:${brand.colour};--mc-brand-dark:${brand.dark}}`
}
