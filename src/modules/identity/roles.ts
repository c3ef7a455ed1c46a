import type { Node } from '../../platform/node.ts'

/** Roles of officers; what each may do is the union of the permissions that name it here. */
export const roles = ['one-stop', 'postal-staff', 'specialist', 'leader', 'unit-head', 'high-level-admin', 'agency-admin', 'national-admin', 'catalogue-editor', 'catalogue-checker'] as const
export type Role = (typeof roles)[number]

export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value)

/** They run the node: exchange, calendar, processes. Held for the node's own agency only. */
const administrators: readonly Role[] = ['agency-admin', 'national-admin']
/**
 * Tài khoản quản trị cấp cao of an agency (S4 art. 3.1, 16.1, 41.2, 48): gives and takes the rights of officers of the agency and those below
 * it, and nothing else; who runs the node is that of the node's agency as well.
 */
export const officerAdministrators: readonly Role[] = ['high-level-admin', ...administrators]
/** They answer for what an agency has in the national catalogue. */
const editors: readonly Role[] = ['catalogue-editor', ...administrators]
const desk: readonly Role[] = ['one-stop', 'specialist', 'leader']
/** Trưởng đơn vị: sees what the unit handles and names substitutes in it; the steps of a process are not his. */
const overseers: readonly Role[] = [...desk, 'unit-head']

/** Rights over rights: given and taken by two administrators (O7 of the threat model). */
export const isAdministrative = (role: string): boolean => role.endsWith('-admin') || role === 'catalogue-checker'
/** Whose sessions end sooner. */
export const isAdministrator = (role: string): boolean => role.endsWith('-admin')
/** What a substitute can do for another: work on dossiers, never administration. */
export const isSubstitutable = (role: string): boolean => (desk as readonly string[]).includes(role)

/**
 * Who holds which permission; `module.*` stands for those of a module that have no line of their own. In one table, so that separation of
 * duties can be seen: who administers does not read or decide dossiers, and which step of a dossier an officer may take is decided by the
 * process itself, by role.
 */
export const holders: Readonly<Record<string, readonly Role[]>> = {
  'dossiers.view': overseers,
  'dossiers.receive': ['one-stop'],
  // Staff of the public postal enterprise at the desk: they take in, hand over and return, and neither accept nor handle.
  'dossiers.take-in': ['one-stop', 'postal-staff'],
  'dossiers.post': ['postal-staff'],
  'dossiers.sign-post': ['one-stop', 'postal-staff'],
  'dossiers.delegate-post': ['leader'],
  'dossiers.handle': desk,
  'dossiers.oversee': ['leader', 'unit-head'],
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
  // At the national node an agency is there through its editors: who administers belongs to the node's own agency.
  'catalogue.view-services': editors,
  'catalogue.propose-services': editors,
  'catalogue.quality': editors,
  'catalogue.questions': editors,
  'catalogue.reports': editors,
  'catalogue.*': administrators,
  'catalogue.decide-services': ['national-admin'],
  // As with decisions: a checker may draft what another then publishes.
  'forms.edit': ['catalogue-editor', 'catalogue-checker'],
  'forms.publish': ['catalogue-checker'],
  'decisions.edit': ['catalogue-editor', 'catalogue-checker'],
  'decisions.publish': ['catalogue-checker'],
  'process.*': administrators,
  'exchange.*': administrators,
  'national-portal.*': administrators,
  'ledger.*': administrators,
  'notifications.*': administrators,
  'organisations.*': administrators,
  // Who administers accounts does not look people up.
  'identity.find-people': ['one-stop'],
  'identity.review-look-ups': ['leader'],
  'identity.link-accounts': ['one-stop'],
  'identity.manage-ways': ['national-admin'],
  // Whoever may log in may choose with what.
  'identity.own-passkeys': roles,
  // Mandates are kept at the national node.
  'identity.confirm-mandates': ['national-admin'],
  'identity.view-officers': officerAdministrators,
  'identity.manage-officers': officerAdministrators,
  'identity.decide-rights': officerAdministrators,
  'identity.audit-rights': officerAdministrators,
  'identity.own-account': roles,
  'identity.name-substitutes': overseers,
  // Who starts a recovery never confirms it; who administers does neither.
  'identity.view-recoveries': ['one-stop', 'leader'],
  'identity.start-recovery': ['one-stop'],
  'identity.confirm-recovery': ['leader'],
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
