import { z } from 'zod'
import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { newId, sha256 } from '../../../platform/ids.ts'
import { longestMessage, type Message } from '../messages/message.ts'

export const messageBody = z.strictObject({ body: z.string().trim().min(1).max(longestMessage) })

export const messagesJson = (messages: readonly Message[]) => ({
  messages: messages.map((m) => ({ id: m.id, side: m.side, body: m.body, sentAt: m.sentAt, readAt: m.readAt, files: m.files.map((f) => ({ id: f.id, name: f.fileName, size: f.size })) })),
})

/** With a key the id of a message follows from it, so that not even two requests at the same moment write twice. */
export function messageId(ctx: Ctx, dossierId: string, key: string | undefined): string {
  if (!key) return newId(ctx.now.getTime())
  const hash = sha256(`${actorKey(ctx.actor)}\n${dossierId}\n${key}`).toString('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
