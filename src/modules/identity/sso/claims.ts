import { errors, type Account, type KoaContextWithOIDC, type Provider, type SessionBound } from 'oidc-provider'
import type { Node } from '../../../platform/node.ts'
import { findAccountAndRights, subjectForNode, type Account as Person } from '../citizens/account.store.ts'
import { claimedMandates } from '../mandates/claimed-mandates.ts'
import { strengthOfAcr } from './requested-strength.ts'

/** Which claims a scope brings. `portal` is for provincial systems that speak the words of the real portal (WSO2 userinfo of dichvucong.gov.vn). */
export const claimsOfScopes = {
  // How strongly, how and when the person proved who he is: in every identity token, asked for or not.
  openid: ['sub', 'acr', 'amr', 'auth_time'],
  person: ['name', 'id_number', 'birthdate', 'phone_number', 'email', 'assurance', 'mandates'],
  portal: ['LoaiTaiKhoan', 'SoDinhDanh', 'HoVaTen', 'NgayThangNamSinh', 'SoDienThoai', 'ThuDienTu', 'TechID', 'loAs'],
}

/** A person as relying parties may know him; undefined where the account is locked or closed, which ends tokens and refreshes. */
export async function describeAccount(node: Node, id: string, ctx?: KoaContextWithOIDC, token?: SessionBound): Promise<Account | undefined> {
  const account = await findAccountAndRights(node.db, id)
  if (account?.state !== 'active') return undefined
  return {
    accountId: id,
    async claims(use, scope) {
      const inPortalWords = ctx && / portal\b/.test(` ${scope}`) ? await portalClaims(node, account, ctx, token) : {}
      // Mandates are told to our own nodes only, with the subject by which that node knows the represented, and only where it asks who the person is.
      const peer = use === 'userinfo' ? node.config.peers.find((p) => p.code === ctx?.oidc.client?.clientId) : undefined
      const mandates = peer ? { mandates: account.mayAct ? await claimedMandates(node, id, peer.code) : [] } : {}
      return { ...mandates, sub: id, name: account.fullName, id_number: account.idNumber, birthdate: account.birthDate, phone_number: account.phone, email: account.email ?? undefined, assurance: account.assurance, ...inPortalWords }
    },
  }
}

/**
 * A node of ours gets together with its tokens what it would ask for next: the answer of the userinfo endpoint, as the member `person` of the token
 * response (RFC 6749, 5.1 lets others ignore it). Not in the identity token, which comes back in an address at a log-out.
 */
export async function tellAtOnce(node: Node, ctx: KoaContextWithOIDC): Promise<void> {
  const { route, account, client, provider } = ctx.oidc ?? {}
  if (route !== 'token' || ctx.status !== 200 || !account || !node.config.peers.some((peer) => peer.code === client?.clientId)) return
  const body = ctx.body as { scope: string; person?: object }
  const told = new provider.Claims(await account.claims('userinfo', body.scope), { ctx })
  told.scope(body.scope)
  body.person = await told.result()
}

/** Whose session has just been found, which only an active account has: read when somebody wants to know more. */
export function describeLater(node: Node, id: string, ctx: KoaContextWithOIDC): Account {
  return {
    accountId: id,
    async claims(use, scope) {
      const account = await describeAccount(node, id, ctx)
      if (!account) throw new errors.AccessDenied('the account is closed')
      return account.claims(use, scope)
    },
  }
}

/** LoaiTaiKhoan 1: a person. loAs: strength of this log-in, left out when its session is over. TechID: the person's name at this client. */
async function portalClaims(node: Node, account: Person, ctx: KoaContextWithOIDC, token: SessionBound | undefined): Promise<Record<string, unknown>> {
  const { provider, client } = ctx.oidc
  const acr = token?.sessionUid ? (await (provider as Provider).Session.findByUid(token.sessionUid))?.acr : ctx.oidc.session?.acr
  const level = strengthOfAcr(acr)
  return {
    LoaiTaiKhoan: 1, SoDinhDanh: account.idNumber, HoVaTen: account.fullName, NgayThangNamSinh: account.birthDate.replaceAll('-', ''), SoDienThoai: account.phone, ThuDienTu: account.email ?? undefined,
    TechID: await subjectForNode(node.db, account.id, client.clientId), loAs: level && `LoA${level}`,
  }
}
