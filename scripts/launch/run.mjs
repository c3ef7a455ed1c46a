import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { fail } from './fail.mjs'

const wanted = 24

/** The Node of the packages (never whatever `node` means on this machine), or this very one where it is new enough. */
export function pinnedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const file = resolve(`node_modules/node-${system}-${process.arch}/bin/node${system === 'win' ? '.exe' : ''}`)
  if (existsSync(file) && spawnSync(file, ['--version']).status === 0) return file
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath
  fail(`Node ${wanted} is not packaged for ${process.platform} ${process.arch}; install Node ${wanted} or later on this machine (this is ${process.version}).`)
}

/**
 * Runs a program to its end and returns its exit code. Signals go on to it; Ctrl-C reaches it twice (from the terminal and from here),
 * which it takes as one. The channel tells it when this process is killed outright.
 */
export function run(program, args, { onParentGone = false } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', ...(onParentGone ? ['ipc'] : [])], env: { ...process.env, MOTCUA_LAUNCHED: '1' } })
    const forward = (signal) => child.exitCode === null && child.signalCode === null && child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    child.once('error', (error) => fail(`${program} does not run on this machine (${error.message}).`))
    child.once('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward)
      done(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}
