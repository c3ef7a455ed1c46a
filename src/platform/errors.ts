/**
 * The three kinds of failure:
 * 1. invalid input — a list of `FieldError`, returned, never thrown: a form with three mistakes is normal;
 * 2. refusal — a known rule says no: thrown, with a stable code, an HTTP status and a text for people;
 * 3. fault — anything else: 500 with a reference number; the details are only in the log.
 */

/** One mistake in one field. `key` is a text key; its bounds come in `params`, so rule and message cannot disagree. */
export interface FieldError {
  field: string
  key: string
  params?: Record<string, string | number>
}

export interface RefusalKind {
  /** HTTP status, 4xx. */
  status: number
  /** Log level when it happens; 'info' unless told. */
  log?: 'info' | 'warn'
}

export class Refusal extends Error {
  readonly code: string
  readonly module: string
  readonly status: number
  readonly log: 'info' | 'warn'
  readonly params: Record<string, string | number>
  constructor(module: string, code: string, kind: RefusalKind, params: Record<string, string | number> = {}, options?: { cause?: unknown }) {
    super(`${module}.${code}`, options)
    this.name = 'Refusal'
    this.module = module
    this.code = code
    this.status = kind.status
    this.log = kind.log ?? 'info'
    this.params = params
  }
  /** Text key of the sentence that a person reads. */
  get key(): string {
    return `${this.module}.error.${this.code}`
  }
}

type RefusalFactory = (params?: Record<string, string | number>, options?: { cause?: unknown }) => Refusal
const catalogue = new Map<string, RefusalKind>()

/**
 * Declares a module's refusals in one table.
 * @example
 * const errors = defineErrors('dossiers', { NOT_IN_STATE: { status: 409 } })
 * throw errors.NOT_IN_STATE({ state: 'new' })
 */
export function defineErrors<const K extends Record<string, RefusalKind>>(module: string, kinds: K): { readonly [P in keyof K]: RefusalFactory } {
  const factories = Object.entries(kinds).map(([code, kind]) => {
    catalogue.set(`${module}.${code}`, kind)
    return [code, ((params, options) => new Refusal(module, code, kind, params, options)) satisfies RefusalFactory]
  })
  return Object.fromEntries(factories) as { readonly [P in keyof K]: RefusalFactory }
}

/** Every refusal declared so far, for the generated documentation and the text completeness check. */
export function declaredErrors(): ReadonlyMap<string, RefusalKind> {
  return catalogue
}

export function isRefusal(error: unknown, code?: string): error is Refusal {
  return error instanceof Refusal && (code === undefined || error.code === code)
}
