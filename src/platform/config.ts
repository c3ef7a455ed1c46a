import { z } from 'zod'

const bilingual = z.object({ vi: z.string().min(1), en: z.string().min(1) })
const secret = z.string().min(16)

/** Configuration of one node, checked once at start. Nothing else in the program reads the environment. */
export const nodeConfigSchema = z.object({
  /** Code of the agency that runs the node: 'VN' for the national node, else its identifier code (G.. ministries, H.. provinces). */
  code: z.string().regex(/^(VN|[GH]\d{2})$/),
  slug: z.string().regex(/^[a-z][a-z-]+$/),
  kind: z.enum(['national', 'local']),
  name: bilingual,
  shortName: bilingual,
  brand: z.object({ colour: z.string().regex(/^#[0-9A-Fa-f]{6}$/), dark: z.string().regex(/^#[0-9A-Fa-f]{6}$/), emblem: z.string() }),
  helpPhone: z.string(),
  /** Province code of the node's territory ('52' Gia Lai); undefined for a ministry and the national node. */
  provinceCode: z.string().optional(),
  host: z.string().default('127.0.0.1'),
  port: z.number().int().min(0).max(65535),
  baseUrl: z.url(),
  /** Connection as the role that may only do what the application does. */
  databaseUrl: z.string(),
  /** Connection as owner of the tables, used for migrations only; absent where an operator migrates by hand. */
  ownerUrl: z.string().optional(),
  poolSize: z.number().int().min(1).max(100).default(10),
  dataDir: z.string(),
  secret,
  /** Where the national node is: the identity provider and the certificate registry. */
  national: z.object({ code: z.string(), name: bilingual.optional(), baseUrl: z.url(), enrolmentSecret: secret, clientSecret: secret }),
  /** Nodes that may enrol, known to the national node: code, address, secrets. */
  peers: z.array(z.object({ code: z.string(), name: bilingual, baseUrl: z.url(), enrolmentSecret: secret, clientSecret: secret })).default([]),
  standIns: z.object({ smsUrl: z.url(), smtpUrl: z.string(), identityUrl: z.url(), populationUrl: z.url(), licenceUrl: z.url(), socialInsuranceUrl: z.url(), /** Under which name the identity provider knows this platform. */ identityClientId: z.string().default('mot-cua'), businessUrl: z.url(), authorityUrl: z.url().optional(), simUrl: z.url().optional(), key: secret }),
  /**
   * Listener that asks browsers for a certificate (mutual TLS): its port, the address that people's browsers reach it at, and the PEM files of its own key and
   * certificate. Nothing between browser and node may end the TLS connection. Without the files only a demo node has one; absent: the road is closed.
   */
  certificateListener: z.object({ port: z.number().int().min(1).max(65535), baseUrl: z.url(), keyFile: z.string().optional(), certificateFile: z.string().optional() }).optional(),
  /** Demo people and pages are seeded and shown. Refused where `production` is set. */
  demo: z.boolean().default(false),
  /** In the demo: dossiers of every state are made at the first start, dated from today. */
  demoHistory: z.boolean().default(false),
  production: z.boolean().default(false),
  /**
   * When slips and results of dossiers filed here are typeset: 'at-once' with the act, or 'on-demand', when somebody opens them or the node has time. The second is for a node
   * under more load than its processors can typeset; who signs then orders a signature over settled words, which needs signing keys that the node can reach by itself.
   */
  papers: z.enum(['at-once', 'on-demand']).default('at-once'),
  /**
   * The account of this local node at the national portal, where it tells its dossiers in the portal's own messages; absent: it does not. `madonvi` is the agency's code there (the node's own unless
   * told), `dstcode` the portal's address on the document axis, `since` the day of filing from which on dossiers are told ('YYYY-MM-DD'; all unless told). `mode`: 'beside' our signed exchange with the
   * national node, or 'instead' of it.
   */
  nationalPortal: z.object({
    adapterUrl: z.url(), authEndpoint: z.string().startsWith('/'), integrationEndpoint: z.string().startsWith('/'), shareEndpoint: z.string().startsWith('/'), username: z.string().min(1), password: z.string().min(1), madonvi: z.string().optional(), dstcode: z.string().min(1),
    mode: z.enum(['beside', 'instead']).default('beside'), since: z.iso.date().optional(),
  }).optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type NodeConfig = z.infer<typeof nodeConfigSchema>

/** Parses a configuration. Throws one sentence per mistake, naming the field, what is expected and what was found. */
export function parseConfig(input: unknown): NodeConfig {
  const parsed = nodeConfigSchema.safeParse(input)
  if (!parsed.success) throw new Error(`The configuration cannot be used: ${parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}.`)
  const config = parsed.data
  if (config.nationalPortal && config.kind === 'national') throw new Error('The configuration gives the national node an account at the national portal. Only a local node tells its dossiers there: remove nationalPortal.')
  if (config.production && config.demo) throw new Error('The configuration asks for demo data in production. Set demo to false.')
  if (config.production && /demo/i.test(config.secret)) throw new Error('The configuration still holds a demo secret. Set its field secret to a value of your own before production use.')
  return config
}
