import { z } from 'zod'
import { json, parse, withKey, type Routes } from './http.ts'
import type { MessageBox } from './message-box.ts'

const smsSchema = z.object({ to: z.string(), text: z.string().min(1).max(1000), key: z.string().min(1).max(255) })

/** A message to this number is taken and never delivered. */
export const deadNumber = '0900000099'

const stateOf = (message: { to: string }): string => (message.to === deadNumber ? 'undeliverable' : 'delivered')

/**
 * An SMS gateway as companies offer it: `POST /sms` with a key and an idempotency key answers 202 at once, `GET /sms/:id` tells
 * what became of the message, `POST /sms/states` what became of many. `GET /messages` stands for the people who look at their telephones, so it asks for no key.
 */
export function gatewayRoutes(box: MessageBox, key: string): Routes {
  return {
    'POST /sms': withKey(key, ({ body }) => {
      const sms = parse(smsSchema, body)
      if (!sms) return json({ error: 'to, text (1 to 1000 characters) and key are expected' }, 400)
      if (!/^(0|\+84)\d{9}$/.test(sms.to)) return json({ error: 'to is not a Vietnamese mobile number' }, 422)
      const message = box.add({ channel: 'sms', ...sms })
      return json({ id: message.id, state: 'accepted' }, 202)
    }),
    'GET /sms/:id': withKey(key, ({ params }) => {
      const message = box.get(params.id ?? '')
      if (!message) return json({ error: 'not found' }, 404)
      return json({ id: message.id, state: stateOf(message), at: message.at })
    }),
    'POST /sms/states': withKey(key, ({ body }) => {
      const asked = parse(z.object({ ids: z.array(z.string()).max(1000) }), body)
      if (!asked) return json({ error: 'ids, at most 1000, are expected' }, 400)
      return json(Object.fromEntries(asked.ids.flatMap((id) => {
        const message = box.get(id)
        return message ? [[id, stateOf(message)]] : []
      })))
    }),
    'GET /messages': ({ url }) => json(box.list(url.searchParams.get('to') ?? undefined)),
  }
}
