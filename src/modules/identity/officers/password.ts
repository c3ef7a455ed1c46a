import { argon2 as argon2Callback, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const argon2 = promisify(argon2Callback)
/** 19 MiB, two passes: the minimum that OWASP recommends for argon2id; about 25 ms of one core. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

/** Hash of a password in the PHC text form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await argon2('argon2id', { ...cost, message: Buffer.from(password.normalize('NFC')), nonce })
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${nonce.toString('base64url')}$${hash.toString('base64url')}`
}

/** Compares with whatever cost the stored hash was made with. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored)
  if (!parts) throw new Error('A stored password hash has an unknown form.')
  const expected = Buffer.from(parts[5]!, 'base64url')
  const actual = await argon2('argon2id', {
    message: Buffer.from(password.normalize('NFC')), nonce: Buffer.from(parts[4]!, 'base64url'),
    memory: Number(parts[1]), passes: Number(parts[2]), parallelism: Number(parts[3]), tagLength: expected.length,
  })
  return timingSafeEqual(actual, expected)
}

let decoy: Promise<string> | undefined

/** Takes as long as a real comparison, for a log-in name that does not exist: the clock must not tell who has an account. */
export async function verifyNobody(password: string): Promise<false> {
  decoy ??= hashPassword('nobody has this password')
  await verifyPassword(password, await decoy)
  return false
}
