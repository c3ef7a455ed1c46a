/**
 * How long to wait after `failures` failures in a row, in milliseconds: doubling from half a second to half a minute, and a
 * random half of it, so that the nodes that waited for one node do not all come back in the same instant.
 */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(failures - 1, 10))
  return Math.round(full / 2 + (full / 2) * random())
}
