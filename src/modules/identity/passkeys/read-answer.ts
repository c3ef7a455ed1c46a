import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** What browsers hand back (WebAuthn level 3, JSON forms), as far as it is looked at. */
/** Bytes as base64url: nothing else reaches the database. */
const bytes = z.string().max(20_000).regex(/^[\w-]*$/)
const base = { id: bytes, rawId: bytes, type: z.literal('public-key'), clientExtensionResults: z.object({}).default({}) }
const registrationSchema = z.object({ ...base, response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports: z.array(z.string().max(20).regex(/^[a-z-]+$/)).max(10).default([]) }) })
const authenticationSchema = z.object({ ...base, response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.optional() }) })

export const registrationAnswer = (typed: string): RegistrationResponseJSON | undefined => parsed(registrationSchema, typed)
export const authenticationAnswer = (typed: string): AuthenticationResponseJSON | undefined => parsed(authenticationSchema, typed)

function parsed<T>(schema: z.ZodType<T>, typed: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(typed)).data
  } catch {
    return undefined
  }
}
