import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider'

export const sessionSeconds = 12 * 3600
/** How long a system may go on in a person's absence without being used. */
export const absenceSeconds = 14 * 24 * 3600

const offline = 'offline_access'

/**
 * Systems of the State need no consent page for what the law lets them know: a grant for the scopes for which they are registered is made when there is none.
 * Going on in the person's absence (offline_access) is not among them: for that the person is asked.
 */
export async function grantFor(provider: Provider, ctx: KoaContextWithOIDC): Promise<Grant> {
  const { session, client, result } = ctx.oidc
  const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId)
  const known = grantId ? await provider.Grant.find(grantId) : undefined
  if (known && known.accountId === session.accountId && known.clientId === client.clientId) return known
  const grant = new provider.Grant({ accountId: session.accountId!, clientId: client.clientId })
  grant.addOIDCScope((client.scope ?? 'openid').split(' ').filter((scope) => scope !== offline).join(' '))
  await grant.save(sessionSeconds)
  return grant
}

/** What a person has just agreed to. */
export async function grantByConsent(provider: Provider, consent: { accountId: string; clientId: string; scope: string }): Promise<string> {
  const grant = new provider.Grant({ accountId: consent.accountId, clientId: consent.clientId })
  grant.addOIDCScope(consent.scope)
  return grant.save(consent.scope.split(' ').includes(offline) ? absenceSeconds : sessionSeconds)
}
