import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../src/platform/embedded-postgres.ts'
import { randomToken } from '../src/platform/ids.ts'
import { httpClient } from './http-client.ts'
import type { Unit } from './measure.ts'

/** The version that is measured, so that figures of different days can be compared. */
export const directusVersion = '12.4.0'
/** It stands on a module of native code that does not build for the Node of this project. */
export const directusNode = '22.23.3'

/**
 * Directus, a well-known open platform for data over HTTP, on a database of its own on the same server: a collection with a field for each answer of the form, and a
 * request that creates an item. Installed into `folder` at the first run, from the package registry.
 */
export async function startDirectus(folder: string, databaseUrl: string, bodies: readonly Record<string, unknown>[]): Promise<{ request: Unit; pid: number; stop(): Promise<void> }> {
  const [program, engine] = install(folder)
  const port = await freePort()
  const token = randomToken()
  const database = new URL(databaseUrl)
  const env = {
    PATH: process.env.PATH, HOME: folder, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, SECRET: randomToken(), TELEMETRY: 'false', LOG_LEVEL: 'error',
    DB_CLIENT: 'pg', DB_HOST: database.hostname, DB_PORT: database.port, DB_DATABASE: database.pathname.slice(1), DB_USER: database.username, DB_PASSWORD: decodeURIComponent(database.password), DB_POOL__MAX: '10',
    ADMIN_EMAIL: 'bench@example.com', ADMIN_PASSWORD: randomToken(), ADMIN_TOKEN: token, RATE_LIMITER_ENABLED: 'false', CACHE_ENABLED: 'false',
  }
  if (spawnSync(engine, [program, 'bootstrap'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) throw new Error('Directus could not be set up.')
  const server = spawn(engine, [program, 'start'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM')
    await new Promise((done) => server.once('exit', done))
  }
  const http = httpClient(`http://127.0.0.1:${port}`)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await new Promise((done) => setTimeout(done, 200))) {
    if (await http(0, 'GET', '/server/ping').then((answer) => answer.status === 200, () => false)) break
  }
  const fields = [...new Map(bodies.flatMap(Object.entries)).entries()].map(([field, value]) => ({ field, type: typeof value === 'string' ? 'text' : typeof value === 'number' ? 'integer' : typeof value === 'boolean' ? 'boolean' : 'json', schema: {}, meta: {} }))
  const made = await http(0, 'POST', '/collections', { headers, body: JSON.stringify({ collection: 'filing', schema: {}, meta: {}, fields: [{ field: 'id', type: 'uuid', schema: { is_primary_key: true }, meta: { special: ['uuid'] } }, ...fields] }) })
  if (made.status !== 200) {
    await stop()
    throw new Error(`Directus did not make the collection: ${made.status} ${made.body.slice(0, 300)}`)
  }
  const texts = bodies.map((body) => JSON.stringify(body))
  return {
    pid: server.pid!, stop,
    request: async (worker) => {
      const answer = await http(worker, 'POST', '/items/filing', { headers, body: texts[Math.floor(Math.random() * texts.length)]! })
      if (answer.status !== 200) throw new Error(`Directus answered ${answer.status}: ${answer.body.slice(0, 300)}`)
    },
  }
}

/** The program and the Node to run it with; installed where they are missing, with the native module built on this machine (ten minutes; a C++ compiler and Python are needed). */
function install(folder: string): [program: string, engine: string] {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [program, node] = [join(folder, 'node_modules/directus/cli.js'), join(folder, `node_modules/node-linux-${process.arch}`)]
  const engine = join(node, 'bin/node')
  if (existsSync(program) && existsSync(engine)) return [program, engine]
  console.log(`Installing Directus ${directusVersion} on Node ${directusNode} into ${folder} …`)
  const add = (packages: Readonly<Record<string, string>>): void => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
    const env = { ...process.env, PATH: `${join(node, 'bin')}:${process.env.PATH ?? ''}`, npm_config_nodedir: node }
    if (spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env, stdio: 'inherit' }).status !== 0) throw new Error('Directus could not be installed.')
  }
  add({ [`node-linux-${process.arch}`]: directusNode })
  add({ [`node-linux-${process.arch}`]: directusNode, directus: directusVersion })
  return [program, engine]
}
