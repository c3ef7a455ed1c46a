/**
 * `npm run verify-log -- --node CODE --database URL --witness URL`: compares the ledger and the transparency log of a node with what a witness holds of them (the national node: it also knows what each
 * entry is about), and names each dossier that differs and each event whose time does not fit. Reads only. Ends with 1 when anything differs, with 2 when it cannot compare.
 */
import { parseArgs } from 'node:util'
import { openDatabase } from '../src/platform/db.ts'
import { auditLog, type Finding } from '../src/modules/ledger/index.ts'
import { mirrorOf } from '../src/modules/witness/index.ts'

const { values } = parseArgs({ options: { node: { type: 'string' }, database: { type: 'string' }, witness: { type: 'string' } } })
if (!values.node || !values.database || !values.witness) {
  console.error('Say which log: --node CODE (H21), --database URL of the database of that node, --witness URL of the database of a node that witnesses it (the national one).')
  process.exit(2)
}

const meanings: Record<Finding['kind'], string> = {
  changed: 'is not what the witness holds of it', missing: 'is not there any more', unlogged: 'has an event that was never entered into the log',
  time: 'claims a time that does not fit', lost: 'was lost with a database that was restored', head: 'the node has signed another history', mirror: 'what the witness holds does not lead to what it cosigned',
}

const shown = (at: Date | null): string => at?.toISOString() ?? '…'
const told = ({ kind, subject, index, claimed, window }: Finding): string =>
  `${subject || 'the log'} ${index === null ? '' : `(entry ${index}) `}${meanings[kind]}${claimed && window ? `: it says ${shown(claimed)}, witnesses had it between ${shown(window[0])} and ${shown(window[1])}` : ''}`

const [own, hub] = [openDatabase(values.database, { max: 2 }), openDatabase(values.witness, { max: 2 })]
const mirror = await mirrorOf(hub, values.node)
if (!mirror) {
  console.error(`The witness knows no log of node ${values.node}.`)
  process.exit(2)
}
const started = Date.now()
const named = new Set<string>()
let findings = 0
for await (const finding of auditLog(own, values.node, mirror)) {
  findings++
  named.add(finding.subject)
  console.log(told(finding))
}
named.delete('')
console.log(`${mirror.size} entries compared in ${((Date.now() - started) / 1000).toFixed(1)} s; ${findings === 0 ? 'nothing differs.' : `${findings} differences, ${named.size} subjects named.`}`)
await Promise.all([own.end(), hub.end()])
process.exit(findings === 0 ? 0 : 1)
