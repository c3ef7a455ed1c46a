import { dirname } from 'node:path'
import type { CaseResult } from './run-dmn.ts'

export interface Score { level: string; cases: number; passed: number; aim: number }

/** Level 2 whole; level 3 at least the share that feelin, the best JavaScript engine in the public results, reaches: 1,722 of 2,053 cases. */
const aims: Record<string, number> = { 'level 2': 1, 'level 3': 1722 / 2053 }

export const levelOf = (file: string): string => `level ${/level-(\d)/.exec(file)?.[1] ?? '?'}`
const passed = ({ failures }: CaseResult): boolean => failures.length === 0

export function scoresOf(results: readonly CaseResult[]): Score[] {
  return [...new Set(results.map(({ file }) => levelOf(file)))].sort().map((level) => {
    const own = results.filter(({ file }) => levelOf(file) === level)
    return { level, cases: own.length, passed: own.filter(passed).length, aim: aims[level] ?? 0 }
  })
}

const percent = (n: number, of: number): string => `${((100 * n) / of).toFixed(1)} %`
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')

export function reportOf(results: readonly CaseResult[]): string {
  const scores = scoresOf(results)
  const failed = results.filter((result) => !passed(result))
  const folders = [...new Set(results.map(({ file }) => dirname(file)))]
  return `# Conformance to DMN

Written by \`npm run conformance:dmn\`; do not edit. The cases are those of the [DMN TCK](https://github.com/dmn-tck/tck) that lay in the folder
given: ${results.length} cases in ${folders.length} folders. A case has passed when every result that it names is the expected one: numbers to the eighth place, dates with
their zones, contexts with the same entries. A case that takes more than ten seconds, or more than 512 MB, has failed.

| Level | Cases | Passed | Share | Aim |
| --- | ---: | ---: | ---: | ---: |
${scores.map(({ level, cases, passed: n, aim }) => `| ${level} | ${cases} | ${n} | ${percent(n, cases)} | ${aim > 0 ? percent(aim, 1) : '–'} |`).join('\n')}

The aim of level 3 is the share that the best JavaScript engine among the public results reaches on FEEL, 1,722 of 2,053.

## Failing cases

${failed.length === 0 ? 'None.' : `| Folder | Case | Reason |\n| --- | --- | --- |\n${failed.map(({ file, id, failures }) => `| ${dirname(file)} | ${id} | ${cell(failures.join('; '))} |`).join('\n')}`}

## By folder

| Folder | Cases | Passed |
| --- | ---: | ---: |
${folders.map((folder) => {
    const own = results.filter(({ file }) => dirname(file) === folder)
    return `| ${folder} | ${own.length} | ${own.filter(passed).length} |`
  }).join('\n')}
`
}
