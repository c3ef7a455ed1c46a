import { decodeJwt } from 'jose'
import type { Tx } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import { readNodeSignature } from '../exchange/index.ts'
import { emptyFrontier, growFrontier, leafHash, tileWidth, type Frontier } from '../ledger/index.ts'
import { learnKeys } from './known-keys.ts'
import { copiesSchema, entriesSchema, entriesType, readLifetimeMs, readSchema, readType, type CopiesAnswer } from './log-messages.ts'
import { appendCopies, cutCopies, findLog, keepRefusal, readCopies, saveFrontier } from './witness.store.ts'

const hashSize = 32
/** Rows of 256 that are compared or given back at once. */
const atOnce = 4096

export interface CopyAnswer { readonly status: 200 | 403 | 409 | 422; readonly body: string }

/** Who says to have signed; undefined where it cannot be read. */
function issuerOf(jws: string): string | undefined {
  try {
    return decodeJwt(jws).iss
  } catch {
    return undefined
  }
}

/** The content of a request that another node signed for this one. */
async function openRequest<T extends { iss: string; aud: string }>(node: Node, jws: string, type: string, parse: (value: unknown) => T | undefined): Promise<T | undefined> {
  const issuer = issuerOf(jws)
  const text = issuer === undefined ? undefined : await readNodeSignature(node, jws, { type, issuer })
  const request = text === undefined ? undefined : parse(JSON.parse(text))
  return request && request.iss === issuer && request.aud === node.config.code && request.iss !== node.config.code ? request : undefined
}

/**
 * Keeps copies of entries of the sender's log. Those that are here already have to be the same: a log that sends others was bent, and the request is kept as evidence (422).
 * 409 with the number of copies where some would be missing between.
 */
export async function addEntries(node: Node, jws: string): Promise<CopyAnswer> {
  const request = await openRequest(node, jws, entriesType, (value) => entriesSchema.safeParse(value).data)
  if (!request) return { status: 403, body: 'not signed by a node for this one\n' }
  const given = Buffer.from(request.hashes, 'base64')
  const count = given.length / hashSize
  if (!Number.isInteger(count) || (request.subjects && request.subjects.length !== count)) return { status: 403, body: 'not whole entries\n' }
  if (!(await findLog(node.db, request.iss)) && !(await learnKeys(node, request.iss).catch(() => false))) return { status: 403, body: 'the log is not known\n' }
  return (await node.db.begin((tx) => keep(node, tx as Tx, { code: request.iss, from: request.from, given, subjects: request.subjects, jws }))) as CopyAnswer
}

interface Given { code: string; from: number; given: Buffer; subjects: readonly string[] | undefined; jws: string }

async function keep(node: Node, tx: Tx, { code, from, given, subjects, jws }: Given): Promise<CopyAnswer> {
  const known = (await findLog(tx, code, true))!
  const count = given.length / hashSize
  let [{ frontier }, again] = [known, Math.min(known.frontier.size - from, count)]
  if (again < 0) return { status: 409, body: `${frontier.size}\n` }
  const fits = async (): Promise<boolean> => (await copiesOf(tx, code, from, from + again)).hashes.equals(given.subarray(0, again * hashSize))
  if (from + again > known.size && !(await fits())) {
    // What was never cosigned was never promised: a node that lost it goes on with something else.
    frontier = await rollBack(tx, code, known.size)
    again = Math.max(0, known.size - from)
    if (from > known.size) return { status: 409, body: `${known.size}\n` }
  }
  if (!(await fits())) {
    await keepRefusal(tx, { at: node.now(), nodeCode: code, reason: 'other entries than those that were copied', request: jws })
    return { status: 422, body: 'other entries than those that were copied\n' }
  }
  for (let at = again; at < count;) {
    const place = from + at
    const part = Math.min(tileWidth - (place % tileWidth), count - at)
    await appendCopies(tx, code, Math.floor(place / tileWidth), given.subarray(at * hashSize, (at + part) * hashSize), subjects ? subjects.slice(at, at + part) : Array<string>(part).fill(''))
    at += part
  }
  const leaves = Array.from({ length: count - again }, (_, i) => leafHash(given.subarray((again + i) * hashSize, (again + i + 1) * hashSize)))
  const grown = growFrontier(frontier, leaves)
  await saveFrontier(tx, code, grown)
  return { status: 200, body: `${grown.size}\n` }
}

/** Forgets copies from `size` on. */
async function rollBack(tx: Tx, code: string, size: number): Promise<Frontier> {
  let frontier = emptyFrontier
  for (let at = 0; at < size;) {
    const end = Math.min(size, at + atOnce * tileWidth)
    const { hashes } = await copiesOf(tx, code, at, end)
    frontier = growFrontier(frontier, Array.from({ length: end - at }, (_, i) => leafHash(hashes.subarray(i * hashSize, (i + 1) * hashSize))))
    at = end
  }
  await cutCopies(tx, code, size)
  await saveFrontier(tx, code, frontier)
  return frontier
}

async function copiesOf(tx: Tx, code: string, start: number, end: number): Promise<{ hashes: Buffer; subjects: string[] }> {
  if (end <= start) return { hashes: Buffer.alloc(0), subjects: [] }
  const first = Math.floor(start / tileWidth)
  const tiles = await readCopies(tx, code, first, Math.ceil(end / tileWidth) - first)
  const [from, to] = [start - first * tileWidth, end - first * tileWidth]
  return { hashes: Buffer.concat(tiles.map((t) => t.hashes)).subarray(from * hashSize, to * hashSize), subjects: tiles.flatMap((t) => t.subjects).slice(from, to) }
}

/** Gives a node that was restored from a backup the copies of its own log that it has lost, up to the last checkpoint that this witness cosigned; undefined where the node did not ask for them. */
export async function giveBackEntries(node: Node, jws: string): Promise<CopiesAnswer | undefined> {
  const request = await openRequest(node, jws, readType, (value) => readSchema.safeParse(value).data)
  if (!request || Math.abs(node.now().getTime() - request.iat * 1000) > readLifetimeMs) return undefined
  return (await node.db.begin(async (transaction) => {
    const tx = transaction as Tx
    const known = await findLog(tx, request.iss, true)
    const { hashes, subjects } = await copiesOf(tx, request.iss, request.from, Math.min(known?.size ?? 0, request.from + atOnce * tileWidth))
    return copiesSchema.parse({ note: known?.note ?? null, hashes: hashes.toString('base64'), subjects })
  })) as CopiesAnswer
}
