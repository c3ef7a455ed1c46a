// One process that runs test cases one after the other and tells before each which it is: its parent ends it when one takes too long.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Evaluation, prepare } from '../../../src/modules/decisions/dmn/evaluation.ts'
import { linkImports } from '../../../src/modules/decisions/dmn/link-imports.ts'
import { readModel } from '../../../src/modules/decisions/dmn/read-model.ts'
import { Run } from '../../../src/modules/decisions/feel/run.ts'
import { isContext, type Value } from '../../../src/modules/decisions/feel/value.ts'
import { casesOf, keyOf, matches, shown, type DmnCase } from './dmn-case.ts'

export interface Work { files: string[]; skip: string[] }
export type Report = { begins: string } | { ends: string; failures: string[] } | { done: true }

/** Goes on when the report has left: a case that hangs after it cannot keep it back. */
const say = (report: Report): Promise<void> => new Promise((resolve, reject) => { process.send?.(report, (error: Error | null) => (error ? reject(error) : resolve())) })

async function runFile(file: string, skip: ReadonlySet<string>): Promise<void> {
  const folder = dirname(file)
  const test = casesOf(readFileSync(file, 'utf8'))
  for (const [i, one] of test.cases.entries()) {
    const key = keyOf(file, i)
    if (skip.has(key)) continue
    await say({ begins: key })
    await say({ ends: key, failures: failuresOf(() => runCase(join(folder, test.model), folder, one)) })
  }
}

function failuresOf(run: () => string[]): string[] {
  try {
    return run()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function modelOf(file: string, folder: string) {
  // One of the others that cannot be read is none that could be imported.
  const models = readdirSync(folder).filter((name) => name.endsWith('.dmn')).flatMap((name) => {
    try {
      return [readModel(readFileSync(join(folder, name), 'utf8'))]
    } catch {
      return []
    }
  })
  return linkImports(readModel(readFileSync(file, 'utf8')), models)
}

let last: { file: string; names: ReadonlySet<string>; ready: ReturnType<typeof prepare> } | undefined

const keysIn = (value: Value): string[] => (Array.isArray(value) ? value.flatMap(keysIn) : isContext(value) ? [...value.keys(), ...[...value.values()].flatMap(keysIn)] : [])

function runCase(file: string, folder: string, { invocable, inputs, expected }: DmnCase): string[] {
  const names = [...inputs.values()].flatMap(keysIn)
  // Entries of contexts that no type of the model declares are named by the inputs alone.
  if (last?.file !== file || names.some((name) => !last!.names.has(name))) last = { file, names: new Set(names), ready: prepare(modelOf(file, folder), names) }
  const { ready } = last
  const evaluation = new Evaluation(ready, inputs, new Run({ now: new Date(), types: ready.types }))
  const called = invocable === undefined ? undefined : evaluation.callByName(invocable)
  return expected.flatMap(({ name, value }) => {
    const actual = called ? called.get(name) ?? called.get(invocable!) ?? null : evaluation.decide(name)
    if (matches(value, actual)) return []
    const problem = evaluation.run.problems[0]
    return [`${name}: ${shown(value)} expected, ${shown(actual)} found${problem ? ` (${problem.reason} ${problem.about})` : ''}`]
  })
}

process.once('message', async ({ files, skip }: Work) => {
  const skipped = new Set(skip)
  for (const file of files) await runFile(file, skipped)
  await say({ done: true })
  process.disconnect?.()
})
