import type { Strength } from './demand-strength.ts'

export const stepUpPath = '/dang-nhap/nang-muc'

/** Where one proves more, or once more (`again`), who one is; leads back to `returnTo`. The same address at every node: a local one sends on to the national node. */
export function stepUpHref(level: Strength, returnTo: string, options: { again?: boolean } = {}): string {
  return `${stepUpPath}?muc=${level}${options.again ? '&lai=1' : ''}&tiep=${encodeURIComponent(returnTo)}`
}

/** The level in an address; `fallback` where there is none that makes sense. */
export function readStrength(value: string | undefined, fallback: Strength): Strength {
  return value === '1' || value === '2' || value === '3' ? (Number(value) as Strength) : fallback
}
