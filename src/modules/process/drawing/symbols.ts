import type { Marker, Symbol } from './scene.ts'

/** Outlines of the signs of BPMN 2.0 (tables 7.1 to 7.3, 10.3, 10.86 to 10.93), in a square from -8 to 8 around the middle. */
export const symbols: Record<Symbol, string> = {
  user: 'M-3 -3.5A3 3 0 1 1 3 -3.5A3 3 0 1 1 -3 -3.5M-7 7V4C-7 1 -4.5 0 -2.5 0L0 2.5L2.5 0C4.5 0 7 1 7 4V7Z',
  manual: 'M-7 0L-2 -6H6C7.6 -6 7.6 -3.5 6 -3.5H1H6.5C8.2 -3.5 8.2 -0.8 6.5 -0.8H2H6C7.6 -0.8 7.6 1.9 6 1.9H2H5C6.4 1.9 6.4 4.5 5 4.5H-4L-7 2.5Z',
  service: 'M-1.6 -7H1.6L2.2 -4.9L4 -4.1L5.9 -5.2L7.6 -2.9L6.2 -1.3V1.3L7.6 2.9L5.9 5.2L4 4.1L2.2 4.9L1.6 7H-1.6L-2.2 4.9L-4 4.1L-5.9 5.2L-7.6 2.9L-6.2 1.3V-1.3L-7.6 -2.9L-5.9 -5.2L-4 -4.1L-2.2 -4.9ZM-2.6 0A2.6 2.6 0 1 1 2.6 0A2.6 2.6 0 1 1 -2.6 0',
  script: 'M-3 -7H7C3 -4 3 -2 5 1C7 4 6 6 3 7H-7C-4 5 -4 3 -5.5 1C-7.5 -2 -6 -5 -3 -7ZM-3 -4H2M-3.5 -1H2M-2.5 2H3.5M-2.5 4.6H3',
  rule: 'M-7 -6H7V6H-7ZM-7 -2.5H7M-7 1.8H7M-2.5 -2.5V6',
  message: 'M-7 -5H7V5H-7ZM-7 -5L0 1L7 -5',
  timer: 'M-8 0A8 8 0 1 1 8 0A8 8 0 1 1 -8 0M0 -5V0L3.5 2M0 -8V-6.6M0 8V6.6M8 0H6.6M-8 0H-6.6',
  escalation: 'M0 -7L5 6.5L0 1L-5 6.5Z',
  conditional: 'M-5.5 -7H5.5V7H-5.5ZM-3.5 -4H3.5M-3.5 -1.3H3.5M-3.5 1.3H3.5M-3.5 4H3.5',
  link: 'M-7 -2.6H1.5V-6L7.5 0L1.5 6V2.6H-7Z',
  error: 'M-7 6L-3 -6L2 1.5L7 -6L3 6.5L-2.5 -1Z',
  cancel: 'M-6.5 -4.5L-4.5 -6.5L0 -2L4.5 -6.5L6.5 -4.5L2 0L6.5 4.5L4.5 6.5L0 2L-4.5 6.5L-6.5 4.5L-2 0Z',
  compensation: 'M0 -5V5L-7.5 0ZM7.5 -5V5L0 0Z',
  signal: 'M0 -7L7 5.5H-7Z',
  terminate: 'M-7 0A7 7 0 1 1 7 0A7 7 0 1 1 -7 0',
  multiple: 'M0 -7.5L7.2 -2.3L4.4 6.2H-4.4L-7.2 -2.3Z',
  'parallel-multiple': 'M-2.4 -7.5H2.4V-2.4H7.5V2.4H2.4V7.5H-2.4V2.4H-7.5V-2.4H-2.4Z',
  exclusive: 'M-5.5 -6.5L5.5 6.5M5.5 -6.5L-5.5 6.5',
  parallel: 'M0 -8V8M-8 0H8',
  inclusive: 'M-7.5 0A7.5 7.5 0 1 1 7.5 0A7.5 7.5 0 1 1 -7.5 0',
  complex: 'M0 -8V8M-8 0H8M-5.5 -5.5L5.5 5.5M5.5 -5.5L-5.5 5.5',
  'event-based': 'M-10 0A10 10 0 1 1 10 0A10 10 0 1 1 -10 0M-8 0A8 8 0 1 1 8 0A8 8 0 1 1 -8 0M0 -5.2L5 -1.6L3.1 4.3H-3.1L-5 -1.6Z',
  'event-based-start': 'M-10 0A10 10 0 1 1 10 0A10 10 0 1 1 -10 0M0 -5.2L5 -1.6L3.1 4.3H-3.1L-5 -1.6Z',
  'event-based-parallel': 'M-10 0A10 10 0 1 1 10 0A10 10 0 1 1 -10 0M-1.6 -5.5H1.6V-1.6H5.5V1.6H1.6V5.5H-1.6V1.6H-5.5V-1.6H-1.6Z',
  input: 'M-7 -2.6H1.5V-6L7.5 0L1.5 6V2.6H-7Z',
  output: 'M-7 -2.6H1.5V-6L7.5 0L1.5 6V2.6H-7Z',
}

/** Signs of gateways are strokes, which no filling could make visible; they are drawn strongly. */
export const strokes = new Set<Symbol>(['exclusive', 'parallel', 'inclusive', 'complex'])

/** Signs at the foot of a shape, in a square from -6 to 6. */
export const markers: Record<Marker, string> = {
  loop: 'M-2.2 5A5 5 0 1 1 2.2 5M-2.2 5L-5.8 4.6M-2.2 5L-2.4 1.4',
  'parallel-instances': 'M-4 -5V5M0 -5V5M4 -5V5',
  'sequential-instances': 'M-5 -4H5M-5 0H5M-5 4H5',
  compensation: 'M0 -4V4L-5.5 0ZM5.5 -4V4L0 0Z',
  'ad-hoc': 'M-5.5 1.5C-3.5 -4 -1 -1.5 0 0C1.2 1.6 3.6 4 5.5 -1.5',
  closed: 'M-6 -6H6V6H-6ZM0 -3.8V3.8M-3.8 0H3.8',
  collection: 'M-4 -4.5V4.5M0 -4.5V4.5M4 -4.5V4.5',
}
