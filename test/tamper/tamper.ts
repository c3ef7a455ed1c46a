/**
 * `npm run stress:log`: makes an honest log, looks how fast it is entered, sealed and audited, and plays every trick of the threat model on 25 dossiers. Ends with 1 when one is not named, or an honest event
 * is. Options: --events N (100,000), --dossiers N, --step N events between two checkpoints, --honest (no tricks: for a log of a million).
 */
import { parseArgs } from 'node:util'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'
import { auditLog, ledger } from '../../src/modules/ledger/index.ts'
import { mirrorOf } from '../../src/modules/witness/index.ts'
import { makeHonestLog } from './support/honest-log.ts'
import { playTrick, tricks, victims } from './support/run-tricks.ts'

const { values } = parseArgs({ options: { events: { type: 'string', default: '100000' }, dossiers: { type: 'string' }, step: { type: 'string', default: '5000' }, honest: { type: 'boolean', default: false } } })
const [events, step] = [Number(values.events), Number(values.step)]
const dossiers = Number(values.dossiers ?? Math.ceil(events / 10))
const [own, hub] = [await testDatabase(), await testDatabase()]
const clock = { now: new Date() }
const node = testNode(own.db, { modules: [ledger], now: () => clock.now })

/** Seconds by the clock, and microseconds of this process's processor for each event. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  console.log(`${what}: ${((performance.now() - from) / 1000).toFixed(1)} s, ${((user + system) / events).toFixed(1)} µs of this process for each event`)
  return result
}

let failed = 0
await timed(`${events} events written, entered, sealed ${Math.ceil(events / step)} times and copied`, () => makeHonestLog(node, clock, hub.db, { events, dossiers, step }))
await own.owner`ANALYZE`
const mirror = (await mirrorOf(hub.db, 'H21'))!
const alarms = await timed('honest log audited', async () => {
  let count = 0
  for await (const finding of auditLog(own.db, 'H21', mirror)) if (count++ < 5) console.log(finding)
  return count
})
console.log(`alarms: ${alarms}`)
failed += alarms
let named = 0
for (const trick of values.honest ? [] : tricks) {
  const result = await playTrick(own, node, mirror, trick, dossiers)
  console.log(`${trick.name}: ${result.named} of ${victims} named, ${result.innocent} others, ${result.kinds.join(', ')}`)
  named += result.named
  failed += victims - result.named + result.innocent
}
if (!values.honest) console.log(`${named} of ${tricks.length * victims} named`)
await Promise.all([own, hub].map((database) => database[Symbol.asyncDispose]()))
process.exit(failed === 0 ? 0 : 1)
