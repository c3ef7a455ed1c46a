import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateSync } from 'otplib'
import { startCountry, type Country } from '../../../src/country/start-country.ts'
import { nodeConfig, nodeSlugs, type NodeSlug } from '../../../src/nodes.ts'
import { StartFailure } from '../../../src/platform/start-failure.ts'
import { findOfficer } from '../../../src/stand-ins/demo-people.ts'
import type { BoxMessage } from '../../../src/stand-ins/message-box.ts'

/** The country in small as the journeys see it: addresses, and what arrives on people's telephones. */
export interface JourneyCountry extends Country {
  /** Address of a page of a node. */
  at(node: NodeSlug, path?: string): string
  /** Address of the page on which messages are read. */
  readonly mailbox: string
  messagesTo(recipient: string): Promise<BoxMessage[]>
}

let running: Promise<JourneyCountry> | undefined

after(async () => (await running)?.stop())

/** One country for all journeys of a run, begun anew at the first call. A run that is killed takes it along: its programs watch their parent. */
export function country(): Promise<JourneyCountry> {
  return (running ??= begin())
}

async function begin(): Promise<JourneyCountry> {
  const started = process.env.JOURNEYS_AT ? alreadyRunning(Number(process.env.JOURNEYS_AT)) : await startAnew()
  const mailbox = started.configs[0]!.standIns.smsUrl
  return {
    ...started,
    mailbox,
    at: (node, path = '/') => `${started.configs.find((c) => c.slug === node)!.baseUrl}${path}`,
    messagesTo: async (recipient) => (await fetch(`${mailbox}/messages?to=${encodeURIComponent(recipient)}`)).json() as Promise<BoxMessage[]>,
  }
}

async function startAnew(): Promise<Country> {
  const dataDir = mkdtempSync(join(tmpdir(), 'motcua-journeys-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }))
  return startOnFreePorts(dataDir)
}

/** While writing a journey: `JOURNEYS_AT=3000` walks through the country that runs at this port and leaves it running. */
function alreadyRunning(firstPort: number): Country {
  const configs = nodeSlugs.map((slug) => nodeConfig(slug, { host: '127.0.0.1', firstPort, dataDir: tmpdir(), databaseUrl: () => 'postgres://unused' }))
  return { configs, logFolder: tmpdir(), pids: () => ({}), stop: async () => {} }
}

/** Several runs on one machine take different ports. */
async function startOnFreePorts(dataDir: string): Promise<Country> {
  for (let firstPort = 4100; ; firstPort += 40) {
    try {
      return await startCountry({ fresh: true, nodes: nodeSlugs, host: '127.0.0.1', firstPort, dataDir, fsync: false })
    } catch (error) {
      if (!(error instanceof StartFailure) || !error.message.includes('already in use') || firstPort > 4700) throw error
    }
  }
}

/** The newest one-time code sent to a telephone since a moment. */
export async function codeSentTo(place: JourneyCountry, phone: string, since: Date): Promise<string> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await sleep(100)) {
    const message = (await place.messagesTo(phone)).find((m) => m.channel === 'sms' && new Date(m.at) >= since && /\b\d{6}\b/.test(m.text))
    const code = message && /\b\d{6}\b/.exec(message.text)?.[0]
    if (code) return code
  }
  throw new Error(`No code arrived at ${phone}.`)
}

/** Time step of the last code used by each officer: no code is accepted twice. */
const usedSteps = new Map<string, number>()

/** A code of the officer's generator that was not used yet; waits for the next one where it was. */
export async function generatorCode(login: string): Promise<string> {
  const officer = findOfficer(login)
  if (!officer) throw new Error(`There is no demo officer "${login}".`)
  // One step ahead is still accepted, so two log-ins within half a minute need no wait.
  const step = Math.max(Math.floor(Date.now() / 30_000), (usedSteps.get(login) ?? 0) + 1)
  while (step > Math.floor(Date.now() / 30_000) + 1) await sleep(200)
  usedSteps.set(login, step)
  return generateSync({ secret: officer.totpSecret, epoch: step * 30, period: 30 })
}
