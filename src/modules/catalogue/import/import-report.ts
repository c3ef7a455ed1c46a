import type { ImportResult } from './import-file.ts'
import type { Oddity } from './oddities.ts'

/** What each kind of oddity means, for the person who reads the report. */
const meanings: Readonly<Record<string, string>> = {
  'agency-missing': 'No executing agency is named.',
  'channel-unknown': 'A way to apply that is none of desk, online, post.',
  'code-invalid': 'The line has no procedure code of the national form.',
  'code-twice': 'The file holds this code more than once; the first counts.',
  'content-invalid': 'The content breaks a rule of the catalogue.',
  'decision-missing': 'No publication decision is named.',
  'agency-unknown': 'An agency code that the portal names nowhere.',
  'date-unread': 'A date that cannot be read.',
  'detail-missing': 'The portal lists the procedure but does not give it.',
  'paper-code-odd': 'The code of a paper in another form than KQ.G00.000000.',
  'sectors-several': 'More than one sector.',
  'fee-cut-off': 'A sum below 1,000 đồng: the thousands were lost before.',
  'fee-in-foreign-currency': 'A fee that is not in đồng.',
  'fee-in-words': 'A fee in words only.',
  'fee-missing': 'A way to apply without a word about fees.',
  'fee-unknown': 'The source says that it has no information on the fee.',
  'field-unknown': 'A field that the import does not know.',
  'free-but-speaks-of-money': 'Printed as free, but the words beside it name a fee: no figure had been entered.',
  'invisible-characters': 'Characters that nobody sees.',
  'kept-own-edition': 'The procedure was written or shipped here; the import leaves it.',
  'law-number-glued': 'A date stuck to the number of a legal text.',
  'law-number-odd': 'A number of a legal text in no known form.',
  'law-twice': 'A legal text twice, once with a letter of its title.',
  'laws-missing': 'No legal basis.',
  'level-spelling': 'The level is spelled otherwise than in the catalogue.',
  'level-unknown': 'A level that does not exist.',
  'levels-missing': 'No level.',
  'line-unreadable': 'The line is not a JSON object.',
  'many-papers': 'More than fifty papers.',
  'method-text-unread': 'Words about the ways to apply that belong to none.',
  'methods-from-text': 'The ways to apply were read from running text.',
  'methods-missing': 'No way to apply.',
  'ministry-missing': 'No ministry.',
  'ministry-without-code': 'A ministry that has no identifier code.',
  'money-in-note': 'A sum of money in the column of notes.',
  'money-in-time': 'A sum of money in the column of time.',
  'name-long': 'A name of more than 300 characters.',
  'name-missing': 'No name.',
  'not-text': 'Something else where text should be.',
  'paper-name-long': 'The name of a paper has more than 500 characters.',
  'paper-number-unread': 'How many originals and copies cannot be read.',
  'paper-text-unread': 'Words after the last paper.',
  'paper-without-name': 'A paper without a name.',
  'paper-without-number': 'Neither originals nor copies: mostly a remark in the list of papers.',
  'papers-from-text': 'The papers were read from running text.',
  'papers-missing': 'No papers.',
  'result-code-odd': 'A result code in another form than KQ.G00.000000.',
  'result-name-long': 'The name of a result has more than 500 characters.',
  'result-twice': 'A result listed twice.',
  'result-without-code': 'A result without a code.',
  'results-missing': 'No result.',
  'sector-missing': 'No sector.',
  'steps-missing': 'No steps.',
  'subject-unknown': 'Applicants that are in no list.',
  'subjects-missing': 'Nobody is named who may apply.',
  'time-in-words': 'A time limit in words.',
  'time-missing': 'No time limit.',
  'time-unit-unknown': 'A unit of time that is not hour, day, working day or month.',
  'time-without-unit': 'A number of time without a unit: not guessed.',
  'time-zero': 'A time limit of nothing.',
}

/** The whole report as Markdown: the count, then every oddity by kind, none left out. */
export function importReport(result: ImportResult, file: string, at: Date): string {
  const kinds = Map.groupBy(result.oddities, (o) => o.kind)
  const sorted = [...kinds].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
  return [
    `# Import of ${file}`, '',
    `${at.toISOString()}, ${result.seconds.toFixed(1)} s.`, '',
    `| lines | new | amended | unchanged | own edition kept | not imported |`, '|---:|---:|---:|---:|---:|---:|',
    `| ${result.lines} | ${result.created} | ${result.amended} | ${result.unchanged} | ${result.kept} | ${result.refused} |`, '',
    `## Oddities: ${result.oddities.length}`, '', '| kind | times | procedures | meaning |', '|---|---:|---:|---|',
    ...sorted.map(([kind, list]) => `| [${kind}](#${kind}) | ${list.length} | ${new Set(list.map((o) => o.code)).size} | ${meanings[kind] ?? ''} |`), '',
    ...sorted.flatMap(([kind, list]) => [`## ${kind}`, '', meanings[kind] ?? '', '', '| procedure | found | done |', '|---|---|---|', ...list.map(tableRow), '']),
  ].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const tableRow = ({ code, found, done }: Oddity): string => `| ${code} | ${cell(found)} | ${cell(done)} |`
