import { isLocalPath } from '../../../platform/http/reply.ts'

/** Where a person goes after the log-in: a path of this node, else `fallback`. Never another host. */
export function safeReturn(value: string | undefined, fallback: string): string {
  if (!value || value.length > 1000 || !isLocalPath(value)) return fallback
  // A log-in that returns to a log-in or log-out page would go round in circles.
  const isLogIn = /^\/(dang-nhap|dang-xuat|dang-ky|desk\/log(in|out))([/?#]|$)/.test(value) && !value.startsWith('/dang-nhap/tiep/')
  return isLogIn ? fallback : value
}
