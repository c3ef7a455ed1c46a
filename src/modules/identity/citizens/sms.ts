import { sha256 } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'

const patience = 5000

/**
 * Hands one text message with a code straight to the SMS gateway. It does not pass through the stored messages of the notifications: a
 * code must not lie in a table. Throws when the gateway does not take it; the job then tries again while the code is still good.
 * @param id names the message to the gateway, so that a second try is not a second message.
 */
export async function sendCodeMessage(node: Node, message: { id: string; to: string; text: string }): Promise<void> {
  const response = await fetch(new URL('/sms', node.config.standIns.smsUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${node.config.standIns.key}` },
    body: JSON.stringify({ to: message.to, text: message.text, key: sha256(message.id).toString('hex') }),
    signal: AbortSignal.timeout(patience),
  })
  if (!response.ok) throw new Error(`The SMS gateway answered ${response.status}.`)
}
