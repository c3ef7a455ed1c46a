import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { createSession, endSessionByToken } from '../access/session.store.ts'
import { findOfficer } from './officer.store.ts'

export interface ProvedOfficer {
  officerId: string
  assurance: 2 | 3
  methods: readonly string[]
  /** By which way, for the ledger. */
  way: string
}

/** The end of an officer's log-in: the browser's old session ends, a new one begins, the ledger knows. `landing`: where who asked for no page begins. */
export async function openOfficerSession(tx: Tx, ctx: Ctx, { officerId, assurance, methods, way }: ProvedOfficer, browser: { device: string; oldSession: string | undefined }): Promise<{ token: string; landing: string }> {
  await endSessionByToken(tx, browser.oldSession, ctx.now)
  const { token, sessionId } = await createSession(tx, { kind: 'officer', officerId, assurance, methods, device: browser.device, now: ctx.now })
  const actor = { kind: 'officer' as const, id: officerId, name: '', agencyCode: '', unitId: null, roles: [], permissions: new Set<string>(), methods, authenticatedAt: ctx.now, sessionId }
  await appendEvent(tx, { ...ctx, actor }, { type: 'identity.officer_logged_in', subject: officerId, data: { sessionId, method: way } })
  const roles = (await findOfficer(tx, officerId))?.roles ?? []
  return { token, landing: roles.every((role) => role.endsWith('-admin')) ? '/admin' : '/desk' }
}
