// Reads the catalogue of a portal that speaks the national formats into the national node: npm run pull-catalogue -- --url URL --user NAME --agency CODE --dstcode ADDRESS
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { callPortal, importReport, PortalAnswerError, pullCatalogue, type PortalAccount } from '../src/modules/catalogue/index.ts'
import { systemCtx } from '../src/platform/ctx.ts'
import type { Node } from '../src/platform/node.ts'
import { root } from '../src/platform/root.ts'
import { StartFailure } from '../src/platform/start-failure.ts'
import { withNationalNode } from './national-node.ts'

const usage = `npm run pull-catalogue -- --url URL --user NAME --agency CODE --dstcode ADDRESS [--auth PATH] [--data PATH] [--code CODE]… [--report FILE]
  --url      the portal's security server, without paths
  --dstcode  its address on the document axis: VN:GOV:…
  --auth     path of the log-in (/api/v1/portal/login), --data path of the catalogues (/api/v1/portal/data)
  --code     only this procedure; may be repeated
  --report   where the report goes (var/import/…)
The password comes from the environment: PORTAL_PASSWORD.`

async function main(): Promise<void> {
  const values = readArgs()
  const password = process.env.PORTAL_PASSWORD
  if (values.help || !values.url || !values.user || !values.agency || !values.dstcode || !password) throw new StartFailure(usage)
  const account: PortalAccount = { adapterUrl: values.url, authEndpoint: values.auth, integrationEndpoint: values.data, username: values.user, password, madonvi: values.agency, dstcode: values.dstcode }
  await withNationalNode((node) => run(node, account, values))
}

async function run(node: Node, account: PortalAccount, { code, report }: { code?: string[] | undefined; report?: string | undefined }): Promise<void> {
  const ctx = systemCtx(node, 'pull-catalogue')
  const result = await pullCatalogue(ctx, callPortal(account), { ...(code ? { codes: code } : {}), onProgress: (done, of) => void process.stderr.write(`\r${done} / ${of}`) })
  process.stderr.write('\n')
  const file = report ? resolve(report) : join(root, 'var/import', `${ctx.now.toISOString().slice(0, 19).replace(/[:T]/g, '-')}-pull.md`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, importReport(result, account.adapterUrl, ctx.now))
  const { lines, created, amended, unchanged, kept, refused, oddities, seconds } = result
  console.log(`${lines} procedures in ${seconds.toFixed(1)} s: ${created} new, ${amended} amended, ${unchanged} unchanged, ${kept} of our own kept, ${refused} not imported.`)
  console.log(`${oddities.length} oddities: ${file}`)
}

function readArgs() {
  try {
    return parseArgs({ options: { url: { type: 'string' }, user: { type: 'string' }, agency: { type: 'string' }, dstcode: { type: 'string' }, auth: { type: 'string', default: '/api/v1/portal/login' }, data: { type: 'string', default: '/api/v1/portal/data' }, code: { type: 'string', multiple: true }, report: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }).values
  } catch (error) {
    throw new StartFailure(`${(error as Error).message}\n${usage}`)
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof StartFailure || error instanceof PortalAnswerError ? error.message : error)
  process.exitCode = 1
})
