import type { JobHandler } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { findNotice, noteFailed, noteTold } from './log-out-notice.store.ts'
import { providerOf } from './provider.ts'

export const tellQueue = 'identity.tell-log-out'
/** With a wait of two seconds that doubles: about two hours, after which the session there has idled out. */
const mostAttempts = 12

/** Tells a relying party that a session is over (OpenID Connect Back-Channel Logout 1.0). A repeat tells nothing twice. Throws when it was not taken; the next attempt comes by itself. */
export async function tellLogOut(node: Node, id: string): Promise<void> {
  const notice = await findNotice(node.db, id)
  if (!notice || notice.toldAt || notice.givenUpAt) return
  const client = await (await providerOf(node)).Client.find(notice.clientId).catch(() => undefined)
  // Disabled or gone meanwhile: nobody is there to be told.
  if (!client?.backchannelLogoutUri) return noteFailed(node.db, id, 'the relying party is not registered any more', node.now())
  try {
    await client.backchannelLogout(notice.accountId, notice.sid)
  } catch (error) {
    await noteFailed(node.db, id, error instanceof Error ? error.message : String(error), notice.attempts + 1 >= mostAttempts ? node.now() : null)
    throw error
  }
  await noteTold(node.db, id, node.now())
}

export const tellJob: JobHandler = (node, payload) => tellLogOut(node, String(payload.noticeId))
