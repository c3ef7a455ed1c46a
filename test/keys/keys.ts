/** `npm run stress:keys`: 1,000 filing keys, each posted 20 times at once; ends with 1 where a key led to more or less than one dossier. Options: --keys N, --posts N, --at-once N. */
import { parseArgs } from 'node:util'
import { faultsOf, fileByKeys } from './support/file-by-keys.ts'

const { values } = parseArgs({ options: { keys: { type: 'string', default: '1000' }, posts: { type: 'string', default: '20' }, 'at-once': { type: 'string', default: '4' } } })
const began = performance.now()
const filed = await fileByKeys({ keys: Number(values.keys), posts: Number(values.posts), atOnce: Number(values['at-once']) })
const faults = faultsOf(filed)
for (const fault of faults) console.log(`✖ ${fault}`)
console.log(`${filed.outcomes.length.toLocaleString('en')} keys × ${values.posts} posts: ${filed.dossiers.toLocaleString('en')} dossiers, ${faults.length} faults, ${((performance.now() - began) / 1000).toFixed(0)} s`)
process.exit(faults.length > 0 || filed.outcomes.length !== Number(values.keys) ? 1 : 0)
