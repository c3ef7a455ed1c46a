import { generateSecret, generateSync, verifySync } from 'otplib'

const period = 30

export const newTotpSecret = (): string => generateSecret()

/** The code that a generator shows at an instant: for the demo's list of log-ins and for tests. */
export function totpCode(secret: string, now: Date): string {
  return generateSync({ secret, epoch: Math.floor(now.getTime() / 1000), period })
}

/**
 * Time step in which the code is right, one step of clock drift allowed on either side, or undefined.
 * The caller must refuse a step that is not later than the last accepted one (RFC 6238, section 5.2).
 */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const result = verifySync({ secret, token: code, epoch, period, epochTolerance: period })
  return result.valid ? Math.floor(epoch / period) + result.delta : undefined
}
