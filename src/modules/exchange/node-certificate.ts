import { z } from 'zod'

const publicJwk = z.strictObject({ kty: z.literal('OKP'), crv: z.enum(['Ed25519', 'X25519']), x: z.string().length(43) })
const nodeCode = z.string().regex(/^(VN|[GH]\d{2})$/)

/** One node's public keys and address, as registered (máy chủ bảo mật of one agency). Times are ISO 8601 in documents. */
export const certificateSchema = z.object({
  nodeCode,
  signingKid: z.string().length(43),
  signingKey: publicJwk.extend({ crv: z.literal('Ed25519') }),
  encryptionKid: z.string().length(43),
  encryptionKey: publicJwk.extend({ crv: z.literal('X25519') }),
  baseUrl: z.url().max(300),
  validFrom: z.coerce.date(),
  validTo: z.coerce.date(),
  status: z.enum(['active', 'superseded', 'revoked']),
})
export type NodeCertificate = z.infer<typeof certificateSchema>

/** The registry as the national node signs it. */
export const registrySchema = z.object({
  iss: nodeCode,
  iat: z.number().int(),
  exp: z.number().int(),
  version: z.number().int().nonnegative(),
  certificates: z.array(certificateSchema).max(2000),
})
export type RegistryDocument = z.infer<typeof registrySchema>

/** What a node asks when it enrols, signed with the key that it enrols. */
export const enrolmentSchema = z.object({
  iss: nodeCode,
  aud: nodeCode,
  iat: z.number().int(),
  nonce: z.string().length(43),
  baseUrl: z.url().max(300),
  signingKey: certificateSchema.shape.signingKey,
  encryptionKey: certificateSchema.shape.encryptionKey,
  /** True when the node has handled no message from the national node yet and needs everything. */
  empty: z.boolean(),
})
export type EnrolmentRequest = z.infer<typeof enrolmentSchema>

export const isNodeCode = (value: string): boolean => nodeCode.safeParse(value).success
