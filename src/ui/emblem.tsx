import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Brand } from './page-context.ts'

/** One to four letters for a node: those given, else the first letters of the short name without the words every office shares. */
export function initialsOf(brand: Brand): string {
  if (brand.initials) return brand.initials.slice(0, 4)
  const name = (brand.shortName ?? brand.name).vi.replace(/^(Tỉnh|Thành phố|Bộ|Cổng)\s+/i, '').replace(/\s+Việt Nam$/, '')
  return name.split(/\s+/).slice(0, 4).map((word) => word.charAt(0)).join('').toUpperCase()
}

/**
 * Our own mark: a door that stands open. The national node shows the door with light behind it,
 * a province an arch and a ministry a gable, each with its letters in the doorway.
 */
export function Emblem({ brand, size = 48, label }: { brand: Brand; size?: number; label?: string }): VNode {
  return (
    <svg class="mc-emblem" xmlns="http://www.w3.org/2000/svg" width={size} height={size} viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"
      role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : 'true'} focusable="false">
      {brand.emblem === 'national' ? <NationalDoor /> : <LetterDoor gable={brand.emblem !== 'province'} letters={initialsOf(brand)} />}
    </svg>
  )
}

function NationalDoor(): VNode {
  return (
    <>
      <path d="M10 43V20a14 14 0 0 1 28 0v23M4 43h40" />
      <path d="M24 15.5 36 12v31l-12 3.2z" fill="currentColor" stroke-width="1.5" />
      <path d="m17 19 2.6 3.6L17 26.2l-2.6-3.6z" fill="currentColor" stroke="none" />
      <path d="M15 43h9" />
    </>
  )
}

function LetterDoor({ gable, letters }: { gable: boolean; letters: string }): VNode {
  return (
    <>
      <path d={gable ? 'M7 43V18L24 5l17 13v25M3 43h42' : 'M7 43V21a17 17 0 0 1 34 0v22M3 43h42'} />
      <path d="m24 10.5 2.2 3-2.2 3-2.2-3z" fill="currentColor" stroke="none" />
      <text x="24" y="35.5" text-anchor="middle" font-size={[16, 16, 16, 13, 10.5][letters.length]} font-weight="700" font-family="'Be Vietnam Pro', sans-serif" fill="currentColor" stroke="none">{letters}</text>
    </>
  )
}

/** The emblem as a file, for the browser's tab and for papers; `colour` instead of the brand's. */
export function emblemSvg(brand: Brand, colour: string = brand.colour): string {
  return renderToString(<Emblem brand={brand} />).replaceAll('currentColor', colour)
}
