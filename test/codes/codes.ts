/** `npm run stress:codes`: 10,000 concurrent acceptances at 50 agencies around midnight; ends with 1 where a code is double, missing or of the wrong day. Options: --dossiers N, --agencies N, --connections N, --seed S. */
import { parseArgs } from 'node:util'
import { acceptAroundMidnight, faultsOf } from './support/accept-around-midnight.ts'

const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '10000' }, agencies: { type: 'string', default: '50' }, connections: { type: 'string', default: '16' }, seed: { type: 'string', default: '1' } } })
const began = performance.now()
const accepted = await acceptAroundMidnight({ dossiers: Number(values.dossiers), agencies: Number(values.agencies), connections: Number(values.connections), seed: Number(values.seed) })
const faults = faultsOf(accepted)
for (const fault of faults) console.log(`✖ ${fault}`)
const series = new Set(accepted.map((a) => a.code.slice(0, a.code.lastIndexOf('-')))).size
console.log(`${accepted.length.toLocaleString('en')} accepted at ${new Set(accepted.map((a) => a.agency)).size} agencies in ${series} series, seed ${values.seed}: ${faults.length} faults, ${((performance.now() - began) / 1000).toFixed(0)} s`)
process.exit(faults.length > 0 || accepted.length !== Number(values.dossiers) ? 1 : 0)
