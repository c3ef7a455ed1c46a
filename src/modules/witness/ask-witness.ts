import type { Node } from '../../platform/node.ts'
import { signAsNode } from '../exchange/index.ts'
import { keepCosignature, lastCosignedBy, NoteFault, parseNote, parseSignatures, proveConsistency, proveSignatures, readEntries, readSubjects, type KeptCheckpoint } from '../ledger/index.ts'
import { askNode } from './ask-node.ts'
import { entriesType, maxEntries } from './log-messages.ts'
import type { Witness } from './witnesses.ts'

/** The witness has seen this log larger than it is here: this node was restored from a backup. */
export class LogBehind extends Error {
  readonly witness: Witness
  readonly seen: number
  constructor(witness: Witness, seen: number) {
    super(`Node ${witness.code} has seen this node's transparency log with ${seen} entries, more than there are here. The node was restored from a backup, or its history was bent.`)
    this.name = 'LogBehind'
    this.witness = witness
    this.seen = seen
  }
}

/** The witness does not cosign. */
export class NotCosigned extends Error {
  readonly status: number
  constructor({ code }: Witness, status: number, body: string) {
    super(`Node ${code} does not cosign this node's transparency log: ${status} ${body.trim().slice(0, 200)}`)
    this.name = 'NotCosigned'
    this.status = status
  }
}

const attempts = 4

/**
 * Has a witness copy what is new and cosign a checkpoint, and keeps its cosignature.
 * @returns the time that the witness gives
 * @throws {LogBehind} {@link NotCosigned}, or whatever keeps it from being reached
 */
export async function askWitness(node: Node, witness: Witness, { size, note }: KeptCheckpoint): Promise<Date> {
  let old = await lastCosignedBy(node.db, witness.key.name)
  let copied = old
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (copied < size) copied = await sendCopies(node, witness, copied, size)
    const hashes = old > 0 && old < size ? await proveConsistency(node.db, old, size) : []
    const { status, body } = await askNode(`${witness.baseUrl}/witness/add-checkpoint`, `old ${old}\n${hashes.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`)
    if (status === 200) return await keep(node, witness, { size, note }, body)
    const seen = Number(/^(\d{1,15})\n$/.exec(body)?.[1] ?? NaN)
    if (status === 409 && seen > size) throw new LogBehind(witness, seen)
    if (status === 409 && Number.isInteger(seen) && seen !== old) old = seen
    else if (status === 412 && Number.isInteger(seen) && seen < size) copied = seen
    else throw new NotCosigned(witness, status, body)
  }
  throw new NotCosigned(witness, 409, 'asked too often')
}

async function keep(node: Node, { code, key }: Witness, { size, note }: Pick<KeptCheckpoint, 'size' | 'note'>, body: string): Promise<Date> {
  const { text } = parseNote(note)
  const [proved] = proveSignatures(text, parseSignatures(body), [key])
  if (!proved?.at) throw new NoteFault(`node ${code} has not cosigned with the key that it has published`)
  const line = body.split('\n').find((l) => l.startsWith(`— ${key.name} `))!
  await keepCosignature(node.db, size, { witness: key.name, at: proved.at, line: `${line}\n` })
  return proved.at
}

/** @returns how much the witness has copied then */
async function sendCopies(node: Node, witness: Witness, from: number, size: number): Promise<number> {
  let at = from
  for (let refused = 0; at < size;) {
    const range = { start: at, end: Math.min(size, at + maxEntries) }
    const hashes = Buffer.concat(await readEntries(node.db, range)).toString('base64')
    const content = { iss: node.config.code, aud: witness.code, from: at, hashes, ...(witness.isMirror && { subjects: await readSubjects(node.db, range) }) }
    const { status, body } = await askNode(`${witness.baseUrl}/witness/add-entries`, (await signAsNode(node, JSON.stringify(content), entriesType)).jws)
    const have = Number(/^(\d{1,15})\n$/.exec(body)?.[1] ?? NaN)
    if (status === 200 && have > size) throw new LogBehind(witness, have)
    if (status === 200) at = range.end
    else if (status === 409 && Number.isInteger(have) && refused++ < 2) at = have
    else throw new NotCosigned(witness, status, body)
  }
  return at
}
