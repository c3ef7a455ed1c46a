import type { JWK } from 'jose'
import type { Db, Tx } from '../../platform/db.ts'
import type { NodeCertificate } from './node-certificate.ts'

interface Row { node_code: string; signing_kid: string; signing_key: NodeCertificate['signingKey']; encryption_kid: string; encryption_key: NodeCertificate['encryptionKey']; base_url: string; valid_from: Date; valid_to: Date; status: NodeCertificate['status'] }

const fromRow = (row: Row): NodeCertificate => ({
  nodeCode: row.node_code, signingKid: row.signing_kid, signingKey: row.signing_key, encryptionKid: row.encryption_kid, encryptionKey: row.encryption_key,
  baseUrl: row.base_url, validFrom: row.valid_from, validTo: row.valid_to, status: row.status,
})

export async function listCertificates(db: Db): Promise<NodeCertificate[]> {
  return (await db<Row[]>`SELECT * FROM exchange.node_certificate ORDER BY node_code, valid_from`).map(fromRow)
}

export async function saveCertificate(tx: Tx, c: NodeCertificate): Promise<void> {
  await tx`
    INSERT INTO exchange.node_certificate (node_code, signing_kid, signing_key, encryption_kid, encryption_key, base_url, valid_from, valid_to, status)
    VALUES (${c.nodeCode}, ${c.signingKid}, ${tx.json(c.signingKey as never)}, ${c.encryptionKid}, ${tx.json(c.encryptionKey as never)}, ${c.baseUrl}, ${c.validFrom}, ${c.validTo}, ${c.status})
    ON CONFLICT (signing_kid) DO UPDATE SET encryption_kid = excluded.encryption_kid, encryption_key = excluded.encryption_key, base_url = excluded.base_url,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, status = excluded.status`
}

/** Ends the active certificate of a node; its key still verifies until `until`. */
export async function supersedeCertificate(tx: Tx, nodeCode: string, until: Date): Promise<void> {
  await tx`UPDATE exchange.node_certificate SET status = 'superseded', valid_to = least(valid_to, ${until}) WHERE node_code = ${nodeCode} AND status = 'active'`
}

export interface RegistryState { version: number; nationalKey: JWK | null; document: string | null; fetchedAt: Date | null }

/** The state of the registry; locks the row when asked, so that two changes take two versions. */
export async function readRegistryState(db: Db, lock = false): Promise<RegistryState | undefined> {
  const [row] = await db<{ version: number; national_key: JWK | null; document: string | null; fetched_at: Date | null }[]>`
    SELECT version, national_key, document, fetched_at FROM exchange.registry ${lock ? db`FOR UPDATE` : db``}`
  return row && { version: row.version, nationalKey: row.national_key, document: row.document, fetchedAt: row.fetched_at }
}

/** Numbers one change of the registry at the national node, by the clock so that a restored registry is still newer; holds other changes back until the transaction ends. */
export async function bumpRegistryVersion(tx: Tx): Promise<number> {
  const [row] = await tx<{ version: number }[]>`
    INSERT INTO exchange.registry (version) VALUES ((extract(epoch FROM now()) * 1000)::bigint)
    ON CONFLICT (singleton) DO UPDATE SET version = greatest(exchange.registry.version + 1, excluded.version) RETURNING version`
  return row!.version
}

export async function saveRegistryCopy(tx: Tx, state: { version: number; nationalKey: JWK; document: string; fetchedAt: Date }): Promise<void> {
  await tx`
    INSERT INTO exchange.registry (version, national_key, document, fetched_at) VALUES (${state.version}, ${tx.json(state.nationalKey as never)}, ${state.document}, ${state.fetchedAt})
    ON CONFLICT (singleton) DO UPDATE SET version = excluded.version, national_key = excluded.national_key, document = excluded.document, fetched_at = excluded.fetched_at`
}

export async function replaceCertificates(tx: Tx, certificates: readonly NodeCertificate[]): Promise<void> {
  await tx`DELETE FROM exchange.node_certificate`
  for (const certificate of certificates) await saveCertificate(tx, certificate)
}
