import { dossiers } from '../../../src/modules/dossiers/index.ts'
import { exchange } from '../../../src/modules/exchange/index.ts'
import type { Lang } from '../../../src/platform/i18n.ts'

/** What the right is called on the screen. */
export function permissionName(permission: string, lang: Lang): string {
  const names = [dossiers, exchange].flatMap((m) => m.permissions?.[permission] ?? [])
  if (!names[0]) throw new Error(`No module declares ${permission}.`)
  return names[0][lang]
}
