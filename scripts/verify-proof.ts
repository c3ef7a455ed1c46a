/**
 * `npm run verify-proof -- --policy POLICY FILE…`: checks proofs of events (.tlog-proof) that a node gave to a person, offline. POLICY says whose keys are believed (C2SP tlog-policy); it comes from somebody
 * who is trusted, such as a gazette, and not from the node whose proof is checked. Ends with 1 when one does not hold, with 2 when nothing could be checked.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkReceipt, NoteFault, parsePolicy, type LogPolicy } from '../src/modules/ledger/index.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { policy: { type: 'string' } } })
if (!values.policy || positionals.length === 0) {
  console.error('Name the proofs, and with --policy the file that says whose keys are believed.')
  process.exit(2)
}
let policy: LogPolicy
try {
  policy = parsePolicy(readFileSync(values.policy, 'utf8'))
} catch (error) {
  console.error(`${values.policy}: ${(error as Error).message}`)
  process.exit(2)
}
let bad = 0
for (const path of positionals) {
  try {
    const { type, subject, claimed, index, size, seen } = checkReceipt(readFileSync(path, 'utf8'), policy)
    console.log(`${path}: holds. ${type} about ${subject}, at ${claimed.toISOString()} as the node says; entry ${index} of ${size}; seen by ${seen.map((s) => `${s.witness} at ${s.at.toISOString()}`).join(', ') || 'nobody'}.`)
  } catch (error) {
    if (!(error instanceof NoteFault) && !(error instanceof Error && 'code' in error)) throw error
    bad++
    console.log(`${path}: does not hold. ${error.message}.`)
  }
}
process.exit(bad === 0 ? 0 : 1)
