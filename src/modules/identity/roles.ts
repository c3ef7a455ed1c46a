import type { Node } from '../../platform/node.ts'

/** Roles of officers; what each may do is the union of the permissions that name it here. */
export const roles = ['one-stop', 'specialist', 'leader', 'agency-admin', 'national-admin'] as const
export type Role = (typeof roles)[number]

export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

/**
 * Who holds which permission. In one table, so that separation of duties can be seen: who drafts a result does not sign it,
 * who administers does not decide dossiers.
 */
export const holders: Readonly<Record<string, readonly Role[]>> = {
  'calendar.manage': ['agency-admin', 'national-admin'],
  'dossiers.view': ['one-stop', 'specialist', 'leader'],
  'dossiers.receive': ['one-stop'],
  'dossiers.handle': ['one-stop', 'specialist', 'leader'],
  'ledger.view': ['agency-admin', 'national-admin'],
}

const cache = new WeakMap<Node, Map<string, ReadonlySet<string>>>()

/** The permissions of a set of roles at a node: only those that one of its modules declares. */
export function permissionsOf(node: Node, own: readonly string[]): ReadonlySet<string> {
  let known = cache.get(node)
  if (!known) cache.set(node, (known = new Map()))
  const key = own.join(',')
  let permissions = known.get(key)
  if (!permissions) {
    permissions = new Set(node.modules.flatMap((m) => Object.keys(m.permissions ?? {})).filter((p) => (holders[p] ?? []).some((role) => own.includes(role))))
    known.set(key, permissions)
  }
  return permissions
}
