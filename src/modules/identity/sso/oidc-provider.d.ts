/** The part of oidc-provider 9 that the national node and the stand-in identity provider use; the package brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface Authorization { sid?: string; grantId?: string; persistsLogout?: boolean }
  /** A token or code that stands on a session. */
  export interface SessionBound { sessionUid?: string; clientId: string }
  export interface Session {
    uid: string
    jti: string
    accountId?: string
    acr?: string
    loginTs?: number
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
    clientSecret: string
    scope?: string
    /** Ours, by `extraClientMetadata`. */
    strengths: (1 | 2 | 3)[]
    names: { vi: string; en: string }
    backchannelLogoutUri?: string
    compareClientSecret(this: Client, actual: string): boolean
    backchannelLogout(accountId: string, sid: string): Promise<void>
    postLogoutRedirectUriAllowed(uri: string): boolean
  }
  export interface Grant { jti: string; accountId: string; clientId: string; addOIDCScope(scope: string): void; save(ttl?: number): Promise<string>; destroy(): Promise<void> }
  export interface Account { accountId: string; claims(use: string, scope: string): Or<Record<string, unknown> & { sub: string }> }
  export interface Interaction {
    uid: string
    exp: number
    returnTo: string
    prompt: { name: string; reasons: string[]; details: Record<string, unknown> }
    params: Record<string, string>
    lastSubmission?: object
    result?: object
    save(ttl: number): Promise<string>
  }
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
    /** Undefined outside of the provider's own addresses. */
    oidc: {
      provider: Provider
      /** Name of the address: 'authorization', 'resume', 'token' … */
      route: string
      account?: Account
      session: Session
      client: Client
      params: Record<string, string | undefined>
      entities: { IdTokenHint?: { payload: { sub: string; aud: string } }; Interaction?: Interaction }
      entity(name: string, value: unknown): void
      prompts: Set<string>
      promptPending(name: string): boolean
      result?: { login?: object | null; consent?: { grantId?: string } }
    }
  }
  type Ctx = KoaContextWithOIDC
  type Or<T> = T | Promise<T>
  /** Only the functions are typed; the provider checks the rest itself when it starts. */
  export interface Configuration {
    [setting: string]: unknown
    findAccount?: (ctx: Ctx, id: string, token?: SessionBound) => Or<Account | undefined>
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
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>
    interactionFinished(req: IncomingMessage, res: ServerResponse, result: object, options?: { mergeWithLastSubmission: boolean }): Promise<void>
    interactionResult(req: IncomingMessage, res: ServerResponse, result: object, options?: { mergeWithLastSubmission: boolean }): Promise<string>
    readonly Session: { get(ctx: KoaContextWithOIDC): Promise<Session>; findByUid(uid: string): Promise<Session | undefined> }
    readonly Claims: { new (available: object, at: { ctx: Ctx }): { scope(scope: string): void; result(): Promise<Record<string, unknown>> } }
    readonly Client: { find(id: string): Promise<Client | undefined>; readonly prototype: Client }
    readonly Grant: { new (details: { accountId: string; clientId: string }): Grant; find(id: string): Promise<Grant | undefined> }
  }
  export default Provider
  type Failure = new (detail?: string) => Error
  export const errors: { InvalidGrant: Failure; SessionNotFound: Failure; InvalidRequest: Failure; AccessDenied: Failure; UnmetAuthenticationRequirements: Failure }
  type Details = (ctx: KoaContextWithOIDC) => object
  export interface Check { reason: string; description: string; error?: string; check: (ctx: KoaContextWithOIDC) => boolean | Promise<boolean>; details: Details }
  interface Prompt { name: string; checks: { get(reason: string): Check; remove(reason: string): void; add(check: Check, index?: number): void } }
  export const interactionPolicy: {
    base(): { get(name: string): Prompt; remove(name: string): void; add(prompt: Prompt, index?: number): void }
    Prompt: { new (info: { name: string; requestable: boolean }, details: Details, ...checks: Check[]): Prompt }
    Check: { new (reason: string, description: string, error: string | undefined, check: (ctx: KoaContextWithOIDC) => boolean | Promise<boolean>, details?: Details): Check }
  }
}
