import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { civilDate, translator } from '../platform/i18n.ts'
import { demoOrganisation } from './demo-organisations.ts'
import { demoCitizens, findCitizen, type DemoCitizen } from './demo-people.ts'
import type { Answer } from './http.ts'
import { MemoryAdapter } from './memory-adapter.ts'
import { standInPage } from './stand-in-page.tsx'

/** The client that the national node is. Its secret is the key of the stand-ins; any address on its host may be a redirect address. */
export const identityClientId = 'mot-cua'

/**
 * The electronic identity of the State (định danh điện tử) as an OpenID provider. Instead of a telephone with a face check it shows one
 * page on which an invented person is chosen. Claims carry the names that the real one uses.
 */
export async function identityServer(issuer: string, clientSecret: string): Promise<Server> {
  const provider = new Provider(issuer, await configuration(clientSecret))
  const anywhere = (address: string): boolean => ['127.0.0.1', 'localhost', new URL(issuer).hostname].includes(new URL(address).hostname)
  const client = (provider as unknown as { Client: { prototype: { redirectUriAllowed: typeof anywhere; postLogoutRedirectUriAllowed: typeof anywhere } } }).Client
  client.prototype.redirectUriAllowed = anywhere
  client.prototype.postLogoutRedirectUriAllowed = anywhere
  const protocol = provider.callback()
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname
    if (!path.startsWith('/chon/')) return void protocol(request, response)
    choose(provider, request, response).catch(() => send(response, notice('identity.expired', 400)))
  })
}

async function configuration(clientSecret: string): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return {
    adapter: MemoryAdapter,
    clients: [{ client_id: identityClientId, client_secret: clientSecret, redirect_uris: ['http://127.0.0.1/'], grant_types: ['authorization_code'], response_types: ['code'], id_token_signed_response_alg: 'ES256', client_name: 'Một Cửa' }],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    claims: { openid: ['sub'], profile: ['LoaiTaiKhoan', 'SoDinhDanh', 'HoVaTen', 'NgayThangNamSinh', 'GioiTinh', 'SoDienThoai', 'ThuDienTu', 'TechID', 'loAs', 'IAL', 'MaSoThue', 'TenDoanhNghiep'] },
    acrValues: ['LoA2', 'LoA3'],
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { policy: levelsAsked(), url: (_ctx, interaction) => `/chon/${interaction.uid}` },
    findAccount: (_ctx, id) => {
      const chosen = readChoice(id)
      return chosen && { accountId: id, claims: () => Promise.resolve(claimsOf(chosen)) }
    },
    // Choosing a person is the consent.
    loadExistingGrant: async (ctx: KoaContextWithOIDC) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId! })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 900, Session: 60, Grant: 900 },
    pkce: { required: () => true },
    renderError: (ctx: KoaContextWithOIDC, out: { error: string; error_description?: string }) => {
      const answer = notice('identity.failed', ctx.status, `${out.error}: ${out.error_description ?? ''}`)
      ctx.body = answer.body
    },
  }
}

/** Who was chosen, how strongly proved, and whether for himself or for the organisation: `052090000011 LoA3`, `064085000013 LoA2 organisation`. */
interface Choice { person: DemoCitizen; level: 'LoA2' | 'LoA3'; asOrganisation: boolean }

function readChoice(value: string): Choice | undefined {
  const [idNumber = '', level = 'LoA2', as] = value.split(' ')
  const person = findCitizen(idNumber)
  if (!person || !mayLogIn(person) || (level !== 'LoA2' && level !== 'LoA3')) return undefined
  return { person, level, asOrganisation: as === 'organisation' && idNumber === demoOrganisation.representativeIdNumber }
}

/** A student who shares no telephone: what the real one does as a rule. */
const sharesNoPhone = '052206000017'

function claimsOf({ person, level, asOrganisation }: Choice): { sub: string; [claim: string]: string | number } {
  const techId = createHash('sha256').update(`techid ${person.idNumber}`).digest('hex').slice(0, 32)
  return {
    sub: techId, TechID: techId, LoaiTaiKhoan: asOrganisation ? 2 : 1, SoDinhDanh: person.idNumber, HoVaTen: person.fullName, NgayThangNamSinh: person.birthDate.replaceAll('-', ''),
    GioiTinh: person.sex === 'male' ? 1 : 2, ...(person.idNumber === sharesNoPhone ? {} : { SoDienThoai: person.phone }), ThuDienTu: person.email, loAs: level, IAL: 2,
    ...(asOrganisation ? { MaSoThue: demoOrganisation.taxCode, TenDoanhNghiep: demoOrganisation.name } : {}),
  }
}

const levelsOf = (acrValues: unknown): string[] => (typeof acrValues === 'string' && acrValues !== '' ? acrValues.split(' ') : ['LoA2', 'LoA3'])

/** Whoever is still known here with less than the client asks for now proves more. */
function levelsAsked(): unknown {
  const policy = interactionPolicy.base()
  policy.get('login').checks.add(new interactionPolicy.Check('level', 'A stronger proof is asked for', undefined, (ctx) =>
    !ctx.oidc.result?.login && !levelsOf(ctx.oidc.params.acr_values).includes(String(ctx.oidc.session.acr))))
  return policy
}

/** Alive, and of the age from which one may hold an account of one's own (14). */
function mayLogIn(person: DemoCitizen): boolean {
  const today = civilDate(new Date())
  const fourteen = `${Number(person.birthDate.slice(0, 4)) + 14}${person.birthDate.slice(4)}`
  return person.state === 'alive' && fourteen <= today
}

async function choose(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const levels = levelsOf(params.acr_values)
  if (request.method !== 'POST') return send(response, choicePage(String(params.ui_locales ?? 'vi').startsWith('en') ? 'en' : 'vi', request.url!, levels))
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const value = new URLSearchParams(Buffer.concat(chunks).toString()).get('person') ?? ''
  const chosen = readChoice(value)
  const result = chosen && levels.includes(chosen.level)
    ? { login: { accountId: value, acr: chosen.level, amr: chosen.level === 'LoA3' ? ['mfa', 'face'] : ['mfa'] }, consent: {} }
    : { error: 'access_denied', error_description: 'The person did not log in' }
  const next = await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false })
  response.writeHead(303, { location: next }).end()
}

function choicePage(lang: 'vi' | 'en', action: string, levels: string[]): Answer {
  const t = translator(lang)
  const representative = findCitizen(demoOrganisation.representativeIdNumber)!
  const button = (value: string, key: string, name: string) => <button type="submit" name="person" value={value}>{t(key, { name })}</button>
  const buttons = (c: DemoCitizen) => (
    <>
      {levels.includes('LoA2') && button(`${c.idNumber} LoA2`, 'stand-ins.identity.choose', c.fullName)}{' '}
      {levels.includes('LoA3') && button(`${c.idNumber} LoA3`, 'stand-ins.identity.choose_face', c.fullName)}
    </>
  )
  return standInPage(lang, 'stand-ins.identity.title', [], (
    <>
      <p>{t('stand-ins.identity.lead', { client: 'Một Cửa' })}</p>
      <form method="post" action={action}>
        <ul class="people">
          {demoCitizens.filter(mayLogIn).map((c) => <li>{buttons(c)}<br />{c.idNumber} · {c.story[lang]}{c.idNumber === sharesNoPhone && <> · {t('stand-ins.identity.no_phone')}</>}</li>)}
          <li>
            {levels.map((level) => <>{button(`${representative.idNumber} ${level} organisation`, level === 'LoA3' ? 'stand-ins.identity.choose_face' : 'stand-ins.identity.choose', demoOrganisation.name)}{' '}</>)}
            <br />{t('stand-ins.identity.organisation', { taxCode: demoOrganisation.taxCode, name: representative.fullName })}
          </li>
        </ul>
        <button type="submit" name="person" value="">{t('stand-ins.identity.cancel')}</button>
      </form>
    </>
  ))
}

function notice(key: string, status: number, reason = ''): Answer {
  return standInPage('vi', 'stand-ins.identity.title', [], <>{(['vi', 'en'] as const).map((lang) => <p lang={lang}>{translator(lang)(`stand-ins.${key}`, { reason })}</p>)}</>, status)
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { 'content-type': answer.type ?? 'text/html', 'cache-control': 'no-store' })
  response.end(answer.body)
}
