import type { FieldError } from '../../../platform/errors.ts'
import type { Req } from '../../../platform/http/route.ts'
import type { Mistake } from './posting.ts'

/** Mistakes that an act found, with the fields of its page under the names of the API. */
export const mistakesIn = (req: Req, mistakes: readonly FieldError[], names: Readonly<Record<string, string>> = {}): Mistake[] => mistakes.map((m) => ({ field: names[m.field] ?? m.field, message: req.ctx.t(m.key, m.params) }))

/** What an act answers when it returns its mistakes: those, or `done`. */
export async function orMistakes<T extends object>(req: Req, mistakes: readonly FieldError[], names: Readonly<Record<string, string>>, done: () => T | Promise<T>): Promise<T | Mistake[]> {
  return mistakes.length > 0 ? mistakesIn(req, mistakes, names) : done()
}
