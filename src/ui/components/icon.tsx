import type { VNode } from 'preact'

const paths = {
  done: 'M2 8.5 6.2 12.5 14 3.5',
  running: 'M8 4v4.2l3 1.8M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z',
  attention: 'M8 1.8 15 14H1zM8 6v4M8 11.6v.8',
  late: 'M8 4v5M8 11v1M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z',
  paused: 'M5.5 3v10M10.5 3v10',
  stopped: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  neutral: 'M3 8h10',
  search: 'M10.4 10.4 14.5 14.5M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2z',
  print: 'M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z',
  phone: 'M3 2h3l1.2 3.2L5.5 6.5a8 8 0 0 0 4 4l1.3-1.7L14 10v3a1 1 0 0 1-1 1C7 14 2 9 2 3a1 1 0 0 1 1-1z',
  up: 'M8 13.5V3M3.5 7 8 2.5 12.5 7',
  down: 'M8 2.5V13M3.5 9 8 13.5 12.5 9',
} as const

export type IconName = keyof typeof paths

/** A drawn sign beside a word; never alone, so it is silent for screen readers. */
export function Icon({ name }: { name: IconName }): VNode {
  return (
    <svg class="mc-icon" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
