import type { ModelResult } from './check-bpmn.ts'

export interface FileResult extends ModelResult { file: string }

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ')
const list = (texts: readonly string[], most = 12): string => `${texts.slice(0, most).map(cell).join('<br>')}${texts.length > most ? `<br>and ${texts.length - most} more` : ''}`

export const isWhole = ({ warnings, differences, toDraw, drawn, undrawn }: ModelResult): boolean => warnings?.length === 0 && differences.length === 0 && drawn === toDraw && (toDraw > 0 || undrawn.length === 0)

function runsOf({ processes }: ModelResult): string {
  if (processes.length === 0) return 'no process'
  const running = processes.filter(({ problems }) => problems.length === 0).length
  return running === processes.length ? 'to the end' : `${running} of ${processes.length}`
}

function rowOf(result: FileResult): string {
  const { file, warnings, elements, differences, toDraw, drawn, shortened } = result
  if (!warnings) return `| ${cell(file)} | no BPMN 2.0 | – | – | – | – | – |`
  return `| ${cell(file)} | ${warnings.length === 0 ? 'yes' : `${warnings.length} warnings`} | ${elements} | ${differences.length} | ${toDraw === 0 ? 'own layout' : `${drawn} of ${toDraw}`} | ${shortened.length} | ${runsOf(result)} |`
}

function remarks(results: readonly FileResult[], of: (result: FileResult) => string[]): string {
  const rows = results.flatMap((result) => (of(result).length > 0 ? [`| ${cell(result.file)} | ${list(of(result))} |`] : []))
  return rows.length === 0 ? 'None.' : `| File | |\n| --- | --- |\n${rows.join('\n')}`
}

export function reportOf(results: readonly FileResult[]): string {
  const cannotRun = results.flatMap(({ file, processes }) => processes.filter(({ problems }) => problems.length > 0).map(({ name, problems }) => `| ${cell(file)} | ${cell(name)} | ${list(problems, 30)} |`))
  return `# Conformance to BPMN

Written by \`npm run conformance:bpmn\`; do not edit. The files are those that lay in the folders given: the reference models of the
[BPMN Model Interchange Working Group](https://github.com/bpmn-miwg/bpmn-miwg-test-suite) and processes of public services.
${results.filter(isWhole).length} of ${results.length} files are imported without a warning, written again without a difference and drawn whole.

* **Imported**: warnings name what the reader could not place: a reference to nothing, an element where the standard has none.
* **Elements, differences**: the file and what is written again, read by a reader of XML that shares no code with the program's. Compared are all
  elements in their order, attributes and texts, also of other namespaces. Prefixes, the order of attributes, comments and the white space around texts
  mean nothing. The program's own models of both texts are compared too.
* **Drawn**: shapes and edges of the file's own diagrams that the drawing has; a process in no diagram is drawn in a layout of our own.
  **Shortened** are names that do not fit their shape even in the smallest size.
* **Runs**: each process of the file judged by itself; *to the end* means that a walk through all states that its tokens can reach found none from
  which the end cannot be reached. (That two tokens may reach the same end, which keeps a file from being published, is left aside.) What only this program asks for is filled in first: role and limit of a step, the name of a service, a default flow, a
  condition in FEEL. So is what a file leaves open: which message or signal an event is about, how long a timer is set, what a collapsed sub-process holds (one step), the condition of a
  conditional event (a signal stands in), starts and ends that the standard lets one leave out; an error that nothing in the file catches ends the process. Which way a token takes is open: all are walked.

| File | Imported | Elements | Differences | Drawn | Shortened | Runs |
| --- | --- | ---: | ---: | ---: | ---: | --- |
${results.map(rowOf).join('\n')}

## Warnings

${remarks(results, ({ warnings }) => warnings ?? [])}

## Differences

${remarks(results, ({ differences }) => differences)}

## Not drawn

Flow nodes and flows that the file's diagrams leave out.

${remarks(results, ({ undrawn }) => undrawn)}

## What cannot run, and why

${cannotRun.length === 0 ? 'None.' : `| File | Process | What stands in the way |\n| --- | --- | --- |\n${cannotRun.join('\n')}`}
`
}
