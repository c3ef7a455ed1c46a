import { z } from 'zod'
import { answerOnce } from '../../../platform/idempotency.ts'
import { json, problem, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'

/** A mistake in the JSON of a request, by the path of its field. */
export interface Mistake { field: string; message: string }

/** 400 with every mistake by its field. */
export function invalid(req: Req, mistakes: Mistake[]): Reply {
  return problem({ status: 400, code: 'platform.INVALID', title: req.ctx.t('platform.error.INVALID'), errors: mistakes })
}

/** What is wrong by the schema, each in a sentence. */
export function mistakesOf(req: Req, error: z.ZodError): Mistake[] {
  return error.issues.map((i) => ({ field: i.path.join('.'), message: req.ctx.t('dossiers.api.field', { field: i.path.join('.') || 'body' }) }))
}

interface Posting<O, S extends z.ZodType> {
  path: string
  access: Route['access']
  summary: string
  body: S
  response: object
  /** Whose object it is comes first: nobody learns by a mistake in the body that there is something. */
  read(req: Req): Promise<O>
  /** The same act that the pages call; its answer, or the mistakes that only the act's own data show. */
  act(req: Req, object: O, body: z.output<S>): Promise<object | Mistake[]>
}

/** A POST that does one act on one object. With an Idempotency-Key a repeat gets the first answer, for ever; the same key with another body is refused. */
export function posting<O, S extends z.ZodType>({ path, access, summary, body, response, read, act }: Posting<O, S>): Route {
  return {
    method: 'POST', path, access, kind: 'api', openapi: { summary, request: z.toJSONSchema(body, { io: 'input' }), response },
    handler: async (req) => {
      const object = await read(req)
      const parsed = body.safeParse(req.json ?? {})
      if (!parsed.success) return invalid(req, mistakesOf(req, parsed.error))
      const key = req.headers['idempotency-key']
      if (key !== undefined && (key.length < 1 || key.length > 255)) return invalid(req, [{ field: 'Idempotency-Key', message: req.ctx.t('dossiers.api.keyLength') }])
      const answer = await answerOnce(req.ctx, `POST ${path}`, key, { params: req.params, body: parsed.data }, () => act(req, object, parsed.data), (answer) => !Array.isArray(answer))
      return Array.isArray(answer) ? invalid(req, answer) : json(answer)
    },
  }
}
