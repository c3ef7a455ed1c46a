import { clockCase } from './clock-case.ts'
import { oracleDates } from './clock-oracle.ts'
import { programDates, type Difference, type Program } from './program-dates.ts'

/** Compares the program with the oracle on the cases of consecutive seeds; stops after `most` differences. */
export function compare(program: Program, from: number, count: number, most = 10): Difference[] {
  const differences: Difference[] = []
  for (let seed = from; seed < from + count && differences.length < most; seed++) {
    const c = clockCase(seed)
    const oracle = oracleDates(c)
    const got = programDates(program, c)
    if (oracle.some((date, i) => date !== got[i])) differences.push({ seed, case: c, oracle, program: got })
  }
  return differences
}
