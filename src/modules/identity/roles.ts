import type { Node } from '../../platform/node.ts'

/** Roles of officers; what each may do is the union of the permissions that name it here. */
export const roles = ['one-stop', 'specialist', 'leader', 'agency-admin', 'national-admin', 'catalogue-editor', 'catalogue-checker'] as const
export type Role = (typeof roles)[number]

export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

const administrators: readonly Role[] = ['agency-admin', 'national-admin']
const desk: readonly Role[] = ['one-stop', 'specialist', 'leader']

/**
 * Who holds which permission; `module.*` stands for those of a module that have no line of their own. In one table, so that separation of
 * duties can be seen: who administers does not read or decide dossiers, and which step of a dossier an officer may take is decided by the
 * process itself, by role.
 */
export const holders: Readonly<Record<string, readonly Role[]>> = {
  'dossiers.view': desk,
  'dossiers.receive': ['one-stop'],
  'dossiers.handle': desk,
  'dossiers.*': desk,
  'documents.*': desk,
  'quality.*': ['leader', ...administrators],
  'calendar.manage': administrators,
  // Who edits is named by an agency with the right to it; who administers the node only looks.
  'catalogue.edit-lists': ['catalogue-editor'],
  'catalogue.view-lists': ['catalogue-editor', 'catalogue-checker', ...administrators],
  'catalogue.review': ['national-admin'],
  // Four eyes are two persons: a checker may draft a decision that another then checks.
  'catalogue.decide': ['catalogue-editor', 'catalogue-checker', ...administrators],
  'catalogue.check': ['catalogue-checker'],
  'catalogue.*': administrators,
  'catalogue.decide-services': ['national-admin'],
  'forms.*': administrators,
  'process.*': administrators,
  'exchange.*': administrators,
  'ledger.*': administrators,
  'notifications.*': administrators,
  'organisations.*': administrators,
  'identity.manage-sign-on': ['national-admin'],
  'identity.*': administrators,
}

export const holdersOf = (permission: string): readonly Role[] => holders[permission] ?? holders[`${permission.split('.')[0]}.*`] ?? []

/** Permissions that a module declares and no role holds: nobody could ever use their pages. */
export function unheldPermissions(node: Node): string[] {
  return node.modules.flatMap((m) => Object.keys(m.permissions ?? {})).filter((permission) => holdersOf(permission).length === 0)
}

const cache = new WeakMap<Node, Map<string, ReadonlySet<string>>>()

/** The permissions of a set of roles at a node: only those that one of its modules declares. */
export function permissionsOf(node: Node, own: readonly string[]): ReadonlySet<string> {
  let known = cache.get(node)
  if (!known) cache.set(node, (known = new Map()))
  const key = own.join(',')
  let permissions = known.get(key)
  if (!permissions) {
    permissions = new Set(node.modules.flatMap((m) => Object.keys(m.permissions ?? {})).filter((p) => holdersOf(p).some((role) => own.includes(role))))
    known.set(key, permissions)
  }
  return permissions
}
