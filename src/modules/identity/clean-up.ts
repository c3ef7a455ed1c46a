import type { Node } from '../../platform/node.ts'

/** Removes what has served: half-finished log-ins with what was typed in them, the provider's expired rows, sessions of last month. */
export async function cleanUp(node: Node): Promise<void> {
  const { db } = node
  await db`DELETE FROM identity.challenge WHERE expires_at < now() - interval '1 hour'`
  await db`DELETE FROM identity.certificate_log_in WHERE expires_at < now() - interval '1 hour'`
  await db`DELETE FROM identity.spent_passkey_challenge WHERE expires_at < now() - interval '1 hour'`
  await db`DELETE FROM identity.oidc_payload WHERE expires_at < now() - interval '1 hour'`
  await db`DELETE FROM identity.session WHERE greatest(expires_at, ended_at) < now() - interval '30 days'`
  await db`DELETE FROM identity.look_up_content WHERE expires_at < now()`
  await db`UPDATE identity.account_request SET state = 'withdrawn', sealed = NULL WHERE state = 'consent' AND updated_at < now() - interval '1 day'`
  await db`UPDATE identity.old_account_import SET sealed = NULL WHERE sealed IS NOT NULL AND created_at < now() - interval '1 day'`
  await db`DELETE FROM identity.officer_dossier WHERE at < now() - interval '30 days'`
  await db`DELETE FROM identity.personal_code WHERE expires_at < now() - interval '1 day'`
  await db`DELETE FROM identity.log_out_notice WHERE created_at < now() - interval '90 days'`
  await db`DELETE FROM identity.kept_form WHERE expires_at < now()`
  await db`DELETE FROM identity.throttle WHERE greatest(last_at, blocked_until) < now() - interval '2 days'`
}

const timers = new WeakMap<Node, NodeJS.Timeout>()
const every = 10 * 60_000

export function startCleanUp(node: Node): void {
  const timer = setInterval(() => cleanUp(node).catch((error: unknown) => node.log.warn({ err: error }, 'expired log-ins could not be removed')), every)
  timer.unref()
  timers.set(node, timer)
}

export function stopCleanUp(node: Node): void {
  clearInterval(timers.get(node))
}
