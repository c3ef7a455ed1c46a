import type { Node } from '../../../platform/node.ts'
import { sha256 } from '../../../platform/ids.ts'
import type { Strength } from '../strength/demand-strength.ts'
import { backchannelPath, callbackPath, scope } from './addresses.ts'
import type { OidcAdapter } from './adapter.ts'
import { findParty, listParties, type KeptParty } from './relying-party.store.ts'

/** Secrets of clients are long and random: a plain hash tells nobody what was hashed. */
export const hashSecret = (secret: string): string => sha256(secret).toString('base64url')

/** Our own addition to the client metadata: the levels for which it is registered. */
export const extraMetadata = ['strengths', 'names'] as const

const everyStrength: readonly Strength[] = [1, 2, 3]

/** A node of the configuration as a client of the provider. */
export function peerClient(peer: Node['config']['peers'][number]): object {
  return {
    client_id: peer.code, client_secret: hashSecret(peer.clientSecret), client_name: peer.name.vi, names: peer.name, strengths: everyStrength,
    redirect_uris: [`${peer.baseUrl}${callbackPath}`], post_logout_redirect_uris: [`${peer.baseUrl}/`],
    backchannel_logout_uri: `${peer.baseUrl}${backchannelPath}`, backchannel_logout_session_required: true,
    response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256', subject_type: 'pairwise', scope,
  }
}

function registeredClient(p: KeptParty): object {
  return {
    client_id: p.clientId, client_secret: p.secretHash, client_name: p.name.vi, names: p.name, strengths: p.strengths,
    redirect_uris: p.redirectUris, post_logout_redirect_uris: p.logOutUris,
    ...(p.backchannelUri ? { backchannel_logout_uri: p.backchannelUri, backchannel_logout_session_required: true } : {}),
    response_types: ['code'], grant_types: p.scopes.includes('offline_access') ? ['authorization_code', 'refresh_token'] : ['authorization_code'], token_endpoint_auth_method: p.authMethod,
    id_token_signed_response_alg: 'ES256', subject_type: 'pairwise', scope: p.scopes.join(' '),
  }
}

/** Registered systems are read at every request, so that a changed or disabled one is so at once. */
export function clientAdapter(node: Node): Pick<OidcAdapter, 'find'> {
  return {
    async find(id) {
      // No text in the database has this character, and to ask for one is an error.
      const party = id.includes('\0') ? undefined : await findParty(node.db, id)
      return party && !party.disabledAt ? { ...registeredClient(party) } : undefined
    },
  }
}

const known = new WeakMap<Node, { origins: readonly string[]; readAt: number }>()
const freshMs = 10_000

/** Origins of the registered systems, to which a posted log-in form may lead; as last read, and read again meanwhile when that is long ago. */
export function partyOrigins(node: Node): readonly string[] {
  const last = known.get(node)
  if (node.config.kind === 'national' && (!last || Math.abs(node.now().getTime() - last.readAt) > freshMs)) void readPartyOrigins(node).catch((error: unknown) => node.log.warn({ err: error }, 'the registered systems could not be read'))
  return last?.origins ?? []
}

export async function readPartyOrigins(node: Node): Promise<void> {
  known.set(node, { origins: known.get(node)?.origins ?? [], readAt: node.now().getTime() })
  const parties = await listParties(node.db)
  const origins = new Set(parties.filter((p) => !p.disabledAt).flatMap((p) => [...p.redirectUris, ...p.logOutUris]).map((uri) => new URL(uri).origin))
  known.set(node, { origins: [...origins], readAt: node.now().getTime() })
}
