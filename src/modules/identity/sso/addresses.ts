/** Address of the provider at the national node; the issuer of every identity token. */
export const oidcPath = '/oidc'
export const issuerOf = (nationalBaseUrl: string): string => `${nationalBaseUrl}${oidcPath}`
export const callbackPath = '/dang-nhap/ket-qua'
export const backchannelPath = '/dang-nhap/ket-thuc'
/** What a local node learns about a person: who, and how strongly proved. */
export const scope = 'openid person'
/** Between a relying party's request and what it waits for. */
export const waitPath = (uid: string): string => `/dang-nhap/tiep/${uid}`
