import { systemCtx, transact } from '../../platform/ctx.ts'
import type { Node } from '../../platform/node.ts'
import { signAsNode } from '../exchange/index.ts'
import { appendEvent, insertCheckpoint, logKeysOf, logSize, openCheckpoint, restoreEntries } from '../ledger/index.ts'
import { askNode } from './ask-node.ts'
import { copiesSchema, readType } from './log-messages.ts'
import type { Witness } from './witnesses.ts'

/**
 * Takes back from a witness what this node has lost of its log: the hashes, up to the last checkpoint that the witness cosigned and that this node's own key signed. Their events are lost; the event
 * `log.lost` says which. The log then goes on where the witnesses saw it last.
 * @returns how many entries came back
 * @throws where the copies do not lead to that checkpoint from what is here: history was bent, and a person has to look
 */
export async function recoverLog(node: Node, witness: Witness): Promise<number> {
  const { log } = await logKeysOf(node)
  const from = await logSize(node.db)
  const request = { iss: node.config.code, aud: witness.code, iat: Math.floor(node.now().getTime() / 1000), from }
  const { status, body } = await askNode(`${witness.baseUrl}/witness/read-entries`, (await signAsNode(node, JSON.stringify(request), readType)).jws)
  if (status !== 200) throw new Error(`Node ${witness.code} does not give back what it has copied of this node's log: ${status}.`)
  const copies = copiesSchema.parse(JSON.parse(body))
  if (!copies.note) return 0
  const checkpoint = openCheckpoint(copies.note, log.key)
  if (checkpoint.size <= from) return 0
  const bytes = Buffer.from(copies.hashes, 'base64')
  const hashes = Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, (i + 1) * 32))
  const ctx = systemCtx(node, 'witness')
  const isRestored = await transact(ctx, async (tx) => {
    if (!(await restoreEntries(tx, { from, hashes, subjects: hashes.map((_, i) => copies.subjects[i] || null) }, checkpoint))) return false
    await insertCheckpoint(tx, { size: checkpoint.size, root: checkpoint.root, note: copies.note!, signedAt: ctx.now })
    await appendEvent(tx, ctx, { type: 'log.lost', subject: node.config.code, data: { from, to: checkpoint.size, witness: witness.code } })
    return true
  })
  if (!isRestored) throw new Error(`What node ${witness.code} has copied of this node's log does not follow from what is here: from entry ${from} on, or before, history differs.`)
  node.log.warn({ from, to: checkpoint.size, witness: witness.code }, 'entries of the transparency log were lost and came back as hashes')
  return hashes.length
}
