import { isLocalPath } from '../../../platform/http/reply.ts'

/** Where a person goes after the log-in: a path of this node, else `fallback`. Never another host. */
export function safeReturn(value: string | undefined, fallback: string): string {
  if (!value || value.length > 1000 || !isLocalPath(value)) return fallback
  // A log-in that returns to a log-in or log-out page would go round in circles.
  return /^\/(dang-nhap|dang-xuat|dang-ky|desk\/log(in|out))(?!\/tiep\/)/.test(value) ? fallback : value
}
