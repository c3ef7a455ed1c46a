import { createPrivateKey, generateKeyPair, X509Certificate, type KeyObject } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { randomToken, sha256 } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { issueCertificate, type Subject, type Use } from './certificate.ts'
import { softwareSigner, type Signer } from './signer.ts'
import { ownTimeStamper, type TimeStamper } from './time-stamp.ts'

/** What of a node the keys need. */
export type KeyHolder = Pick<Node, 'now'> & { config: Pick<Node['config'], 'code' | 'name' | 'dataDir'> }

/** Whose signature: the node's own agency, one of its agencies, or an officer. */
export type SignerName = 'agency' | { agencyCode: string; name: string } | { officerId: string; name: string; title: string }

/** A node's demonstration authority: a root, an agency seal, officers, and a time-stamp authority, kept as files that only the program reads. */
export interface Authority {
  readonly root: Buffer
  signer(who: SignerName): Promise<Signer>
  readonly timeStamper: TimeStamper
}

interface Held { key: KeyObject; certificate: Buffer }

const DAY = 86_400_000
const YEARS = { authority: 20, document: 3, 'time-stamp': 10 } as const
/** NIST SP 800-57: 2048 bits suffice to 2030; the root is to live longer. */
const BITS = { authority: 3072, document: 2048, 'time-stamp': 2048 } as const
const generate = promisify(generateKeyPair)

const opened = new Map<string, Promise<Authority>>()

/** The authority of a node; keys and certificates are made at the first call ever and read afterwards. */
export function openAuthority(node: KeyHolder): Promise<Authority> {
  const folder = join(node.config.dataDir, 'keys')
  let authority = opened.get(folder)
  if (!authority) {
    authority = create(node, folder)
    opened.set(folder, authority)
    authority.catch(() => opened.delete(folder))
  }
  return authority
}

async function create(node: KeyHolder, folder: string): Promise<Authority> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const name = node.config.name.vi
  const root = await held(node, folder, 'documents-root', { commonName: `Chứng thực số thử nghiệm – ${name}`, organisation: name, serialNumber: node.config.code }, 'authority', null)
  const stamp = await held(node, folder, 'documents-time-stamp', { commonName: `Dấu thời gian – ${name}`, organisation: name }, 'time-stamp', root)
  const signers = new Map<string, Promise<Signer>>()
  const signer = (who: SignerName): Promise<Signer> => {
    const { file, subject } = identityOf(node, who)
    let known = signers.get(file)
    if (!known) {
      known = held(node, folder, file, subject, 'document', root).then((h) => softwareSigner(h.key, [h.certificate]))
      signers.set(file, known)
      known.catch(() => signers.delete(file))
    }
    return known
  }
  await signer('agency')
  return { root: root.certificate, signer, timeStamper: ownTimeStamper(softwareSigner(stamp.key, [stamp.certificate]), () => node.now()) }
}

/** An officer who changes name or position gets a new certificate: the old one goes on saying what was true. */
function identityOf(node: KeyHolder, who: SignerName): { file: string; subject: Subject } {
  const organisation = node.config.name.vi
  if (who === 'agency') return { file: 'documents-agency', subject: { commonName: organisation, serialNumber: node.config.code } }
  const tag = sha256(JSON.stringify(who)).toString('hex').slice(0, 16)
  if ('agencyCode' in who) return { file: `documents-agency-${tag}`, subject: { commonName: who.name, organisation, serialNumber: who.agencyCode } }
  return { file: `documents-officer-${tag}`, subject: { commonName: who.name, organisation, title: who.title, serialNumber: who.officerId } }
}

async function held(node: KeyHolder, folder: string, file: string, subject: Subject, use: Use, issuer: Held | null): Promise<Held> {
  const path = join(folder, `${file}.pem`)
  const known = await readHeld(path)
  if (known && new Date(new X509Certificate(known.certificate).validTo) > node.now()) return known
  if (known) await unlink(path)
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: BITS[use] })
  const from = new Date(node.now().getTime() - DAY)
  const certificate = issueCertificate({ subject, publicKey, use, from, to: new Date(from.getTime() + YEARS[use] * 365 * DAY), issuer, ownKey: privateKey })
  await writeOnce(path, `${privateKey.export({ type: 'pkcs8', format: 'pem' })}${new X509Certificate(certificate).toString()}`)
  // Another process of this node may have been first; its file counts.
  return (await readHeld(path)) ?? { key: privateKey, certificate }
}

async function readHeld(path: string): Promise<Held | null> {
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (pem === null) return null
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0]
  if (!certificate) throw new Error(`The key file ${path} is damaged. Restore it from a backup; without it old signatures stay valid, but new ones come from a new root.`)
  return { key: createPrivateKey(pem), certificate: new X509Certificate(certificate).raw }
}

/** Written whole under a temporary name, then linked: an existing file is never replaced, a half one never seen. */
async function writeOnce(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomToken(6)}`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(temporary)
}
