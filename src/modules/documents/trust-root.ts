import { X509Certificate } from 'node:crypto'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import { sha256 } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './documents.errors.ts'
import { findTrustedRoot, insertTrustedRoot, listTrustedRoots } from './documents.store.ts'
import { rootCertificatePem } from './signing/sign-pdf.ts'
import type { Trust } from './verification/verdict.ts'

/**
 * Takes a node's root certificate into the list of those whose signatures count here. The caller has checked that it really comes from
 * that node (the exchange does, by the registry). A known root changes nothing.
 * @throws NOT_A_ROOT when the PEM cannot be read, is no authority, or is not signed by itself
 */
export async function trustRoot(tx: Tx, ctx: Ctx, root: { nodeCode: string; pem: string }): Promise<void> {
  const certificate = readRoot(root.pem)
  const fingerprint = sha256(certificate.raw).toString('hex')
  if (await findTrustedRoot(tx, fingerprint)) return
  await insertTrustedRoot(tx, { fingerprint, nodeCode: root.nodeCode, pem: certificate.toString(), trustedAt: ctx.now })
  await appendEvent(tx, ctx, { type: 'document.root_trusted', subject: root.nodeCode, data: { fingerprint } })
}

function readRoot(pem: string): X509Certificate {
  try {
    const certificate = new X509Certificate(pem)
    if (certificate.ca && certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey)) return certificate
  } catch (cause) {
    throw errors.NOT_A_ROOT({}, { cause })
  }
  throw errors.NOT_A_ROOT()
}

/** Whose signatures count at this node now: its own root and those it took over. For `verifyPdf`. */
export async function currentTrust(node: Node, db: Db): Promise<Trust> {
  const others = await listTrustedRoots(db)
  return { now: node.now(), roots: [{ nodeCode: node.config.code, pem: await rootCertificatePem(node) }, ...others.map(({ nodeCode, pem }) => ({ nodeCode, pem }))] }
}
