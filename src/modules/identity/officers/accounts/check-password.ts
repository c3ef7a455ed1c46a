import type { Db } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { plainText } from '../../../../platform/plain-text.ts'
import { accessRule } from '../../access/access-rule.ts'
import { guessedPasswords } from './guessed-passwords.ts'

const longest = 200

/**
 * What is wrong with a new password: length, what everybody guesses, the own log-in name. No rules of composition and no expiry (NIST SP 800-63B-4,
 * section 3.1.1.2): both make passwords worse.
 */
export async function checkNewPassword(db: Db, now: Date, password: string, login: string): Promise<FieldError[]> {
  const { passwordLength } = await accessRule(db, 'officer', now)
  const field = 'password'
  const length = [...password.normalize('NFC')].length
  if (length < passwordLength) return [{ field, key: 'identity.officers.password.short', params: { min: passwordLength } }]
  if (length > longest) return [{ field, key: 'identity.officers.password.long', params: { max: longest } }]
  const word = plainText(password)
  if (guessedPasswords.has(word) || /^(.)\1+$/.test(word)) return [{ field, key: 'identity.officers.password.guessed' }]
  const name = plainText(login)
  return word.includes(name) || name.split(/[.\-_]/).some((part) => part.length >= 4 && word.replace(part, '').length < 4) ? [{ field, key: 'identity.officers.password.own_name' }] : []
}
