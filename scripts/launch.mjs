// Runs every command of the project on a machine with any Node from 20 on: installs what is missing, builds what changed, then goes on
// under the pinned Node 24. Uses nothing but Node itself, because it runs before anything is installed.
import process from 'node:process'

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error('Một Cửa needs Node 20 or later to start (this is ' + process.version + '); install a current Node from https://nodejs.org.')
  process.exit(1)
}

const { commands } = await import('./launch/commands.mjs')
const { fail } = await import('./launch/fail.mjs')
const { install } = await import('./launch/install.mjs')
const { pinnedNode, run } = await import('./launch/run.mjs')

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) fail(`There is no command "${name}". Commands: ${Object.entries(commands).map(([key, { about }]) => `\n  ${key.padEnd(18)}${about}`).join('')}`)

await install()
const node = pinnedNode()
if (command.build) {
  const built = await run(node, ['scripts/build.mjs'])
  if (built !== 0) process.exit(built)
}
process.exit(await run(node, [...(command.nodeArgs ?? []), command.entry, ...args], { onParentGone: true }))
