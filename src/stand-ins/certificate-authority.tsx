import { createHash } from 'node:crypto'
import { z } from 'zod'
import { bits, certificateTime, integer, oid, seq } from '../platform/pki/der.ts'
import { OID } from '../platform/pki/oids.ts'
import { translator } from '../platform/i18n.ts'
import { demoOrganisation } from './demo-organisations.ts'
import { authorityName, demoAuthority, demoPin, officerCertificate, organisationCertificate, pem, personCertificate, type AuthorityName, type DemoCertificate } from './demo-certificates.ts'
import { signDigest } from './demo-keys.ts'
import { demoCitizens, demoOfficers, findCitizen, findOfficer } from './demo-people.ts'
import { json, parse, withKey, type Answer, type Call, type Routes } from './http.ts'
import { pkcs12 } from './pkcs12.ts'
import { DataTable, langOf, standInPage } from './stand-in-page.tsx'

const authorities = ['root', 'public', 'duty'] as const
const revocationSchema = z.object({ authority: z.enum(authorities), serial: z.string().regex(/^[0-9a-f]{2,64}$/) })
const day = 24 * 3_600_000

/**
 * Authorities that issue certificates (tổ chức chứng thực chữ ký số): a root, one for the public and one for official duty. They publish what they revoked
 * (`GET /crl/:code`), revoke on demand (`POST /thu-hoi`), and give the invented people their certificates as files, with the number that opens them.
 */
export function authorityRoutes(key: string): Routes {
  const revoked = new Map<AuthorityName, Set<string>>()
  return {
    'GET /': listPage,
    'GET /crl/:code': ({ params }) => {
      const which = authorities.find((a) => params.code === `${a}.crl`)
      return which ? binary(revocationList(which, [...(revoked.get(which) ?? [])], new Date()), 'application/pkix-crl') : json({ error: 'not found' }, 404)
    },
    'POST /thu-hoi': withKey(key, ({ body }) => {
      const order = parse(revocationSchema, body)
      if (!order) return json({ error: 'authority (root, public or duty) and serial (hexadecimal) are expected' }, 400)
      revoked.set(order.authority, (revoked.get(order.authority) ?? new Set()).add(order.serial))
      return json({ revoked: order.serial })
    }),
    'GET /chung-thu/:code': ({ params }) => download(params.code ?? ''),
  }
}

/** A signed list of revoked serial numbers (CRL version 2, RFC 5280), good for a day. */
export function revocationList(which: AuthorityName, serials: readonly string[], now: Date): Buffer {
  const at = certificateTime(now)
  const entries = serials.map((serial) => seq(integer(Buffer.from(serial.padStart(serial.length + (serial.length % 2), '0'), 'hex')), at))
  const algorithm = seq(oid(OID.ecdsaSha256))
  const body = seq(integer(1), algorithm, authorityName(which), at, certificateTime(new Date(now.getTime() + day)), ...(entries.length > 0 ? [seq(...entries)] : []))
  return seq(body, algorithm, bits(signDigest(demoAuthority(which).key, createHash('sha256').update(body).digest())))
}

const binary = (body: Buffer, type: string, name?: string): Answer => ({ status: 200, type, body, ...(name ? { headers: { 'content-disposition': `attachment; filename="${name}"` } } : {}) })

/** By id number, tax code or name of log-in. */
function find(holder: string): { certificate: DemoCertificate; authority: AuthorityName } | undefined {
  const citizen = findCitizen(holder)
  if (citizen) return { certificate: personCertificate(citizen), authority: 'public' }
  const officer = findOfficer(holder)
  if (officer) return { certificate: officerCertificate(officer), authority: 'duty' }
  return holder === demoOrganisation.taxCode ? { certificate: organisationCertificate(), authority: 'public' } : undefined
}

const kinds = /^([\w.-]+?)\.(p12|pem|key)$/

/** 'holder.p12' for a browser, 'holder.pem' and 'holder.key' for programs. */
function download(name: string): Answer {
  if (name === 'root.pem') return binary(Buffer.from(pem(demoAuthority('root').certificate)), 'application/x-pem-file', name)
  const [, holder = '', kind] = kinds.exec(name) ?? []
  const found = find(holder)
  if (!found) return json({ error: 'not found' }, 404)
  const { certificate, authority } = found
  if (kind === 'p12') return binary(pkcs12(certificate, [demoAuthority(authority).certificate], demoPin), 'application/x-pkcs12', name)
  if (kind === 'pem') return binary(Buffer.from(pem(certificate.certificate)), 'application/x-pem-file', name)
  return binary(Buffer.from(certificate.key.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: demoPin })), 'application/x-pem-file', name)
}

function listPage(call: Call): Answer {
  const lang = langOf(call)
  const t = translator(lang)
  const files = (holder: string) => <>{['p12', 'pem', 'key'].map((kind) => <><a href={`/chung-thu/${holder}.${kind}`}>{`${holder}.${kind}`}</a>{' '}</>)}</>
  const heads = ['holder', 'name', 'files'].map((h) => t(`stand-ins.authority.${h}`))
  const rows = [
    ...demoCitizens.map((c) => [<code>{c.idNumber}</code>, c.fullName, files(c.idNumber)]),
    [<code>{demoOrganisation.taxCode}</code>, demoOrganisation.name, files(demoOrganisation.taxCode)],
    ...demoOfficers.map((o) => [<code>{o.login}</code>, o.name, files(o.login)]),
  ]
  return standInPage(lang, 'stand-ins.authority.title', [], (
    <>
      <p>{t('stand-ins.authority.lead', { pin: demoPin })}</p>
      <p><a href="/chung-thu/root.pem">{t('stand-ins.authority.root')}</a></p>
      <DataTable caption={t('stand-ins.authority.caption')} heads={heads} rows={rows} />
    </>
  ), 200, `/?lang=${lang === 'vi' ? 'en' : 'vi'}`)
}
