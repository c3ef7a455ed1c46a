import type { LogInWay } from './log-in-ways.ts'

/** Where each way begins at the national node. Slips and other portals link here, so the addresses stay. */
const logInPaths: Readonly<Record<LogInWay, string>> = {
  phone: '/dang-nhap',
  'social-insurance': '/dang-nhap/so-bao-hiem',
  'identity-provider': '/dang-nhap/dinh-danh-dien-tu',
  token: '/dang-nhap/chung-thu-so',
  sim: '/dang-nhap/sim-ky-so',
  passkey: '/dang-nhap/khoa-truy-cap',
}

/** Where the way opens an account; a passkey belongs to one that exists. Three ways open it at the first log-in. */
const registrationPaths: Readonly<Partial<Record<LogInWay, string>>> = {
  phone: '/dang-ky',
  'social-insurance': '/dang-ky/so-bao-hiem',
  'identity-provider': '/dang-nhap/dinh-danh-dien-tu',
  token: '/dang-nhap/chung-thu-so',
  sim: '/dang-nhap/sim-ky-so',
}

export type Purpose = 'log-in' | 'register'

/** Address at which a way begins, with the local path to return to; undefined where it serves no such purpose. */
export function wayHref(way: LogInWay, purpose: Purpose, returnTo: string): string | undefined {
  const path = purpose === 'log-in' ? logInPaths[way] : registrationPaths[way]
  return path && `${path}?tiep=${encodeURIComponent(returnTo)}`
}
