import { join } from 'node:path'
import { parseConfig, type NodeConfig } from './platform/config.ts'
import { root } from './platform/root.ts'

/** The country in small: four nodes that stand for the national node, a province and two ministries. */
const presets = [
  { code: 'VN', slug: 'national', kind: 'national', port: 3000, database: 'motcua_national', brand: { colour: '#9B1B1E', dark: '#6F1114', emblem: 'national' }, helpPhone: '1900 0000', name: { vi: 'Cổng Dịch vụ công quốc gia', en: 'National Public Service Portal' }, shortName: { vi: 'Cổng quốc gia', en: 'National portal' } },
  { code: 'H21', slug: 'province', kind: 'local', port: 3010, database: 'motcua_h21', provinceCode: '52', brand: { colour: '#17693A', dark: '#0F4A29', emblem: 'province' }, helpPhone: '0269 000 000', name: { vi: 'Hệ thống giải quyết thủ tục hành chính tỉnh Gia Lai', en: 'Gia Lai Province Public Service System' }, shortName: { vi: 'Tỉnh Gia Lai', en: 'Gia Lai Province' } },
  { code: 'G01', slug: 'public-security', kind: 'local', port: 3020, database: 'motcua_g01', brand: { colour: '#0B4F8A', dark: '#083A66', emblem: 'ministry' }, helpPhone: '024 0000 0001', name: { vi: 'Hệ thống giải quyết thủ tục hành chính Bộ Công an', en: 'Ministry of Public Security Service System' }, shortName: { vi: 'Bộ Công an', en: 'Ministry of Public Security' } },
  { code: 'G24', slug: 'social-insurance', kind: 'local', port: 3030, database: 'motcua_g24', brand: { colour: '#5B3A8C', dark: '#432A68', emblem: 'ministry' }, helpPhone: '1900 0024', name: { vi: 'Hệ thống giải quyết thủ tục hành chính Bảo hiểm xã hội Việt Nam', en: 'Vietnam Social Insurance Service System' }, shortName: { vi: 'Bảo hiểm xã hội Việt Nam', en: 'Vietnam Social Insurance' } },
] as const

export type NodeSlug = (typeof presets)[number]['slug']
export const nodeSlugs: readonly NodeSlug[] = presets.map((p) => p.slug)

export interface CountrySettings {
  host?: string
  /** Port of the national node; the others follow at their usual distances. 3000 unless told. */
  firstPort?: number
  /** Address of a database of that name for a role: 'owner' or 'app'. */
  databaseUrl: (database: string, role: 'owner' | 'app') => string
  dataDir?: string
  demo?: boolean
  /** Dossiers of every state at the first start of the demo. */
  history?: boolean
  /** The province tells the stand-in of the real national portal its dossiers, beside the signed exchange. */
  portalMessages?: boolean
  logLevel?: NodeConfig['logLevel']
  /** The secret of a real installation; the demo has one that production refuses. */
  secret?: string
  production?: boolean
}

export const databaseOf = (slug: NodeSlug): string => presets.find((p) => p.slug === slug)!.database

/** Configuration of one node of the country in small. */
export function nodeConfig(slug: NodeSlug, settings: CountrySettings): NodeConfig {
  const shift = (settings.firstPort ?? 3000) - 3000
  const host = settings.host ?? '127.0.0.1'
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const urlOf = (port: number): string => `http://${shown}:${port + shift}`
  const secret = settings.secret ?? 'demo-secret-of-the-country-in-small'
  const preset = presets.find((p) => p.slug === slug)!
  const peers = presets.filter((p) => p.kind === 'local').map((p) => ({ code: p.code, name: p.name, baseUrl: urlOf(p.port), enrolmentSecret: `enrol-${p.code}-${secret}`, clientSecret: `client-${p.code}-${secret}` }))
  const own = peers.find((p) => p.code === preset.code)
  return parseConfig({
    ...preset,
    host,
    port: preset.port + shift,
    baseUrl: urlOf(preset.port),
    databaseUrl: settings.databaseUrl(preset.database, 'app'),
    ownerUrl: settings.databaseUrl(preset.database, 'owner'),
    dataDir: join(settings.dataDir ?? join(root, 'var/country'), slug),
    secret: `${preset.code}-${secret}`,
    national: { code: 'VN', name: presets[0].name, baseUrl: urlOf(3000), enrolmentSecret: own?.enrolmentSecret ?? `enrol-VN-${secret}`, clientSecret: own?.clientSecret ?? `client-VN-${secret}` },
    peers: preset.kind === 'national' ? peers : [],
    certificateListener: { port: preset.port + 1 + shift, baseUrl: urlOf(preset.port + 1).replace('http:', 'https:') },
    standIns: { smsUrl: urlOf(3900), smtpUrl: `smtp://${shown}:${3904 + shift}`, identityUrl: urlOf(3901), populationUrl: urlOf(3902), licenceUrl: urlOf(3903), socialInsuranceUrl: `${urlOf(3902)}/bao-hiem-xa-hoi/`, businessUrl: urlOf(3906), authorityUrl: urlOf(3907), simUrl: urlOf(3908), key: 'demo-stand-in-key-000' },
    ...(settings.portalMessages && slug === 'province' ? { nationalPortal: { adapterUrl: urlOf(3909), authEndpoint: '/xac-thuc', integrationEndpoint: '/tich-hop', shareEndpoint: '/chia-se', username: 'gia-lai', password: 'demo-stand-in-key-000', dstcode: 'VN:GOV:000.00.00.G22:vpcp' } } : {}),
    demo: settings.demo ?? true,
    demoHistory: settings.history ?? false,
    production: settings.production ?? false,
    logLevel: settings.logLevel ?? 'warn',
  })
}
