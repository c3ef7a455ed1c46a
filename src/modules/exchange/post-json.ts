import { boundedText } from '../../platform/bounded-text.ts'

/** An answer of another node that is not a success: its HTTP status and the stable code it gave, if any. */
export class PeerAnswerError extends Error {
  readonly status: number
  readonly code: string | undefined
  /** Seconds the other side asks to wait. */
  readonly retryAfter: number | undefined
  constructor(status: number, code: string | undefined, retryAfter?: number) {
    super(`the other node answered ${status}${code ? ` ${code}` : ''}`)
    this.name = 'PeerAnswerError'
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }
}

const maxAnswerBytes = 4 * 1024 * 1024

/** Posts JSON to another node and parses its JSON answer. @throws {PeerAnswerError} for any status but 200. */
export async function postJson(url: string, body: unknown, options: { timeoutMs: number; signal?: AbortSignal }): Promise<unknown> {
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal, redirect: 'error' })
  return JSON.parse(await readAnswer(response)) as unknown
}

export async function getText(url: string, timeoutMs: number): Promise<string> {
  return readAnswer(await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' }))
}

async function readAnswer(response: Response): Promise<string> {
  const text = await boundedText(response, maxAnswerBytes)
  if (response.status !== 200) throw new PeerAnswerError(response.status, codeIn(text), Number(response.headers.get('retry-after')) || undefined)
  return text
}

function codeIn(text: string): string | undefined {
  try {
    const code = (JSON.parse(text) as { code?: unknown } | null)?.code
    return typeof code === 'string' ? code.slice(0, 100) : undefined
  } catch {
    return undefined
  }
}
