/** The part of oidc-provider 9 that the national node and the stand-in identity provider use; the package brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface Authorization { sid?: string; grantId?: string }
  export interface Session {
    uid: string
    jti: string
    accountId?: string
    acr?: string
    authorizations?: Record<string, Authorization>
    destroyed?: boolean
    loginAccount(details: { accountId: string; acr?: string; amr?: string[]; loginTs?: number }): void
    grantIdFor(clientId: string, value?: string): string | undefined
    sidFor(clientId: string): string | undefined
    ensureClientContainer(clientId: string): void
    destroy(): Promise<void>
  }
  export interface Client {
    clientId: string
    backchannelLogoutUri?: string
    backchannelLogout(accountId: string, sid: string): Promise<void>
    postLogoutRedirectUriAllowed(uri: string): boolean
  }
  export interface Grant { jti: string; accountId: string; clientId: string; addOIDCScope(scope: string): void; save(ttl?: number): Promise<string>; destroy(): Promise<void> }
  export interface Account { accountId: string; claims(use: string, scope: string): Or<Record<string, unknown> & { sub: string }> }
  export interface KoaContextWithOIDC {
    req: IncomingMessage
    res: ServerResponse
    path: string
    method: string
    query: Record<string, string | undefined>
    status: number
    body: unknown
    type: string
    redirect(url: string): void
    cookies: { get(name: string): string | undefined; set(name: string, value: string | null, options?: object): void }
    oidc: {
      provider: Provider
      session: Session
      client: Client
      params: Record<string, string | undefined>
      entities: { IdTokenHint?: { payload: { sub: string; aud: string } } }
      entity(name: string, value: unknown): void
      promptPending(name: string): boolean
      result?: { login?: object }
    }
  }
  type Ctx = KoaContextWithOIDC
  type Or<T> = T | Promise<T>
  /** Only the functions are typed; the provider checks the rest itself when it starts. */
  export interface Configuration {
    [setting: string]: unknown
    findAccount?: (ctx: Ctx, id: string) => Or<Account | undefined>
    loadExistingGrant?: (ctx: Ctx) => Or<Grant | undefined>
    interactions?: { policy?: unknown; url?: (ctx: Ctx, interaction: { uid: string }) => Or<string> }
    renderError?: (ctx: Ctx, out: { error: string; error_description?: string }, error: Error) => Or<void>
    pairwiseIdentifier?: (ctx: Ctx, accountId: string, client: Client) => Or<string>
    fetch?: (url: string, options: RequestInit & { dispatcher?: unknown }) => Promise<Response>
  }
  type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>
  export class Provider {
    constructor(issuer: string, configuration: Configuration)
    proxy: boolean
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>
    use(middleware: Middleware): this
    on(event: string, listener: (...args: any[]) => void): this
    createContext(req: IncomingMessage, res: ServerResponse): KoaContextWithOIDC
    cookieName(kind: 'session' | 'interaction' | 'resume'): string
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<{ uid: string; prompt: { name: string; reasons: string[] }; params: Record<string, string> }>
    interactionFinished(req: IncomingMessage, res: ServerResponse, result: object, options?: { mergeWithLastSubmission: boolean }): Promise<void>
    interactionResult(req: IncomingMessage, res: ServerResponse, result: object, options?: { mergeWithLastSubmission: boolean }): Promise<string>
    readonly Session: { get(ctx: KoaContextWithOIDC): Promise<Session> }
    readonly Client: { find(id: string): Promise<Client | undefined> }
    readonly Grant: { new (details: { accountId: string; clientId: string }): Grant; find(id: string): Promise<Grant | undefined> }
  }
  export default Provider
  export const errors: { InvalidGrant: new (detail?: string) => Error; SessionNotFound: new (detail?: string) => Error }
  interface Check {}
  export const interactionPolicy: {
    base(): { get(name: string): { checks: { remove(reason: string): void; add(check: Check, index?: number): void } }; remove(name: string): void }
    Check: { new (reason: string, description: string, check: (ctx: KoaContextWithOIDC) => boolean | Promise<boolean>): Check; REQUEST_PROMPT: true; NO_NEED_TO_PROMPT: false }
  }
}
