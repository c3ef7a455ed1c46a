import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { modules } from './app.ts'
import { joinDatabases } from './country/databases.ts'
import { addFirstAdministrator, type ActivationPaper, type FirstAdministratorInput, type FirstAdministratorOutcome } from './modules/identity/index.ts'
import { databaseOf, nodeConfig, nodeSlugs, type NodeSlug } from './nodes.ts'
import { parseConfig, type NodeConfig } from './platform/config.ts'
import { systemCtx } from './platform/ctx.ts'
import { formatDateTime, langs, translator, type Params } from './platform/i18n.ts'
import { migrate } from './platform/migrate.ts'
import { createNode } from './platform/node.ts'
import { root } from './platform/root.ts'
import { StartFailure } from './platform/start-failure.ts'

const usage = `npm run add-administrator -- --login NAME --name "FULL NAME" [--agency CODE] [--mail ADDRESS] [--node NAME] [--port NUMBER]
  --login   log-in name, such as ten.ho.quantri
  --name    full name
  --agency  code of the officer's agency, the node's own or one that has its officers there; the node's own unless told
  --mail    mail address of the office, for later notices; the activation code is printed either way
  --node    node of the country in small: ${nodeSlugs.join(', ')}; not needed where MOTCUA_NODE is set
  --port    the --port that npm start was given, so that the printed address is right
The first and the second administrator of a node are made this way; two persons, because the pages ask for two when they give administrative rights.
Environment: MOTCUA_NODE, the configuration of a node of your own as JSON; else DATABASE_URL as for npm start.`

interface Given { input: FirstAdministratorInput; node: NodeSlug | undefined; firstPort: number }

async function main(): Promise<void> {
  const given = readArgs(process.argv.slice(2))
  const own = process.env.MOTCUA_NODE
  delete process.env.MOTCUA_NODE
  const outcome = own ? await atNode(parseConfig(JSON.parse(own)), given) : await inCountry(given)
  console.log(told(outcome))
  if (outcome.kind === 'invalid' || outcome.kind === 'enough') process.exitCode = 1
}

/** A node of the country in small, whether it runs meanwhile or not. */
async function inCountry(given: Given): Promise<FirstAdministratorOutcome> {
  if (!given.node) throw new StartFailure(usage)
  const folder = join(root, 'var/country')
  mkdirSync(folder, { recursive: true })
  const databases = await joinDatabases({ folder, ...(process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : {}) })
  try {
    await databases.provision(databaseOf(given.node))
    return await atNode(nodeConfig(given.node, { firstPort: given.firstPort, databaseUrl: (name, role) => databases.url(name, role), dataDir: folder }), given)
  } finally {
    await databases.stop()
  }
}

/** Also before the node's first start: brings the database to the program's state where it may. */
async function atNode(config: NodeConfig, { input, node: slug }: Given): Promise<FirstAdministratorOutcome> {
  if (slug && slug !== config.slug) throw new StartFailure(`MOTCUA_NODE is the configuration of "${config.slug}", not of "${slug}".`)
  if (config.ownerUrl) await migrate(config.ownerUrl)
  const node = createNode(config, modules)
  try {
    await node.db`SELECT ledger.ensure_partition(current_date)`
    await node.modules.find((m) => m.name === 'organisations')!.seed!(node)
    return await addFirstAdministrator(systemCtx(node, 'command'), input)
  } finally {
    await node.db.end({ timeout: 5 })
  }
}

const inBoth = (key: string, params?: Params): string => langs.map((lang) => translator(lang)(key, params)).join('\n')

function told(outcome: FirstAdministratorOutcome): string {
  switch (outcome.kind) {
    case 'invalid': return outcome.errors.map((e) => `--${e.field}: ${inBoth(e.key, e.params)}`).join('\n')
    case 'enough': return inBoth('identity.officers.first.enough', { logins: outcome.logins.join(', ') })
    case 'added':
    case 'paper-again': return `${paper(outcome.paper)}\n${inBoth(outcome.count < 2 ? 'identity.officers.first.second_needed' : 'identity.officers.first.pages_from_now')}`
  }
}

/** To be cut off and handed over: Vietnamese first, as all papers. */
function paper({ login, name, role, address, code, until }: ActivationPaper): string {
  const row = (key: string, value: string): string => `  ${langs.map((lang) => translator(lang)(`identity.officers.${key}`)).join(' / ')}: ${value}`
  return [
    '', inBoth('identity.officers.activation.title').replace('\n', ' / ').toLocaleUpperCase('vi'), '',
    row('column.name', name), row(`column.role`, langs.map((lang) => translator(lang)(`identity.officers.role.${role}`)).join(' / ')), row('activation.address', address), row('column.login', login), row('activation.code', code), row('activation.until', formatDateTime(until)), '',
    inBoth('identity.officers.activation.how'), inBoth('identity.officers.first.hand_over'), '',
  ].join('\n')
}

function readArgs(args: string[]): Given {
  const text = { type: 'string' } as const
  const parsed = (() => {
    try {
      return parseArgs({ args, options: { node: text, login: text, name: text, agency: text, mail: text, port: text, help: { type: 'boolean', short: 'h' } } }).values
    } catch (error) {
      throw new StartFailure(`${(error as Error).message}\n${usage}`)
    }
  })()
  if (parsed.help || !parsed.login || !parsed.name) throw new StartFailure(usage)
  const node = nodeSlugs.find((slug) => slug === parsed.node)
  if (parsed.node && !node && !process.env.MOTCUA_NODE) throw new StartFailure(`There is no node "${parsed.node}"; the nodes are ${nodeSlugs.join(', ')}.`)
  return { node, firstPort: Number(parsed.port ?? 3000), input: { login: parsed.login, name: parsed.name, agencyCode: parsed.agency ?? '', email: parsed.mail ?? '' } }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartFailure ? error.message : error)
  process.exitCode = 1
})
