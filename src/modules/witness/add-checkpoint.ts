import type { Tx } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import { cosignText, frontierRoot, isConsistent, logKeysOf, logOrigin, NoteFault, openCheckpoint, parseCheckpoint, parseKey, parseNote, type Checkpoint } from '../ledger/index.ts'
import { learnKeys } from './known-keys.ts'
import { findLog, keepRefusal, saveCosigned, type KnownLog } from './witness.store.ts'

/** What a witness answers (C2SP tlog-witness): 200 with its cosignature, 409 with the size that it saw last, or a refusal. */
export interface WitnessAnswer { readonly status: 200 | 400 | 403 | 404 | 409 | 412 | 422; readonly body: string }

interface Request { readonly old: number; readonly hashes: Buffer[]; readonly note: string; readonly text: string; readonly checkpoint: Checkpoint }

const maxHashes = 63

/**
 * Cosigns a checkpoint of another node's log, if it grew from the last one that this node has seen. Size and root are kept before the answer is given, and the row of the log is
 * locked from the comparison on, so that two requests at once cannot roll it back. The time is that of this node's own clock.
 * 412 where entries that the checkpoint covers have not been copied here yet: what this node cosigns it also holds.
 */
export async function addCheckpoint(node: Node, body: string): Promise<WitnessAnswer> {
  const request = parseRequest(body)
  if (!request) return { status: 400, body: 'this is no request to cosign\n' }
  const code = codeOf(request.checkpoint.origin)
  if (!code || code === node.config.code || !(await knows(node, code))) return { status: 404, body: 'the log is not known\n' }
  const answer = await decideAlone(node, code, request, body)
  // Perhaps a node that has a new key.
  return answer.status === 403 && mayAskAgain(node, code) && (await learnKeys(node, code).catch(() => false)) ? decideAlone(node, code, request, body) : answer
}

const decideAlone = (node: Node, code: string, request: Request, body: string): Promise<WitnessAnswer> => node.db.begin((tx) => decide(node, tx as Tx, code, request, body)) as Promise<WitnessAnswer>

const askAgainMs = 60_000
const askedAt = new WeakMap<Node, Map<string, number>>()

/** A stranger who sends nonsense does not make this node ask another one more often than this. */
function mayAskAgain(node: Node, code: string): boolean {
  const times = askedAt.get(node) ?? new Map<string, number>()
  askedAt.set(node, times)
  if (performance.now() - (times.get(code) ?? -Infinity) < askAgainMs) return false
  times.set(code, performance.now())
  return true
}

async function decide(node: Node, tx: Tx, code: string, { old, hashes, note, text, checkpoint }: Request, body: string): Promise<WitnessAnswer> {
  const known = (await findLog(tx, code, true))!
  if (!isSigned(note, known)) return { status: 403, body: 'the checkpoint is not signed with the key of the log\n' }
  if (old > checkpoint.size) return { status: 400, body: 'the old size is above that of the checkpoint\n' }
  if (old !== known.size) return { status: 409, body: `${known.size}\n` }
  const refuse = async (status: 409 | 422, reason: string): Promise<WitnessAnswer> => {
    await keepRefusal(tx, { at: node.now(), nodeCode: code, reason, request: body })
    return { status, body: status === 409 ? `${known.size}\n` : `${reason}\n` }
  }
  if (known.size === checkpoint.size && known.root && !known.root.equals(checkpoint.root)) return refuse(409, 'another root at the same size')
  if (known.root && !isConsistent({ size: known.size, root: known.root }, checkpoint, hashes)) return refuse(422, 'the proof of consistency does not hold')
  if (checkpoint.size > known.size) {
    if (known.frontier.size < checkpoint.size) return { status: 412, body: `${known.frontier.size}\n` }
    if (known.frontier.size > checkpoint.size || !frontierRoot(known.frontier).equals(checkpoint.root)) return refuse(422, 'the entries copied here lead to another root')
  }
  const [{ witness }, at] = [await logKeysOf(node), node.now()]
  await saveCosigned(tx, code, { size: checkpoint.size, root: checkpoint.root, note, at })
  return { status: 200, body: cosignText(text, witness, at) }
}

function parseRequest(body: string): Request | undefined {
  const end = body.indexOf('\n\n')
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n')
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1]
  const hashes = lines.map((line) => Buffer.from(line, 'base64'))
  if (old === undefined || lines.length > maxHashes || hashes.some((hash, i) => hash.length !== 32 || hash.toString('base64') !== lines[i])) return undefined
  const note = body.slice(end + 2)
  try {
    const { text } = parseNote(note)
    return { old: Number(old), hashes, note, text, checkpoint: parseCheckpoint(text) }
  } catch (error) {
    if (error instanceof NoteFault) return undefined
    throw error
  }
}

function codeOf(origin: string): string | undefined {
  const code = origin.split('/').at(-1)!
  return origin === logOrigin(code) ? code : undefined
}

async function knows(node: Node, code: string): Promise<boolean> {
  return (await findLog(node.db, code)) !== undefined || learnKeys(node, code).catch(() => false)
}

function isSigned(note: string, { logKey }: KnownLog): boolean {
  try {
    openCheckpoint(note, parseKey(logKey))
    return true
  } catch (error) {
    if (error instanceof NoteFault) return false
    throw error
  }
}
