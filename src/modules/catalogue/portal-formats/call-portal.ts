import { setTimeout as sleep } from 'node:timers/promises'
import { boundedText, TooLongError } from '../../../platform/bounded-text.ts'

/** Where a portal is and who asks. The paths are those of its security server ("adapter"). */
export interface PortalAccount {
  /** 'https://adapter.example' without the paths. */
  adapterUrl: string
  authEndpoint: string
  integrationEndpoint: string
  /** Where messages are pushed; who only pulls needs none. */
  shareEndpoint?: string | undefined
  username: string
  password: string
  /** Code of the asking agency: 'H21'. */
  madonvi: string
  /** Address of the portal on the document axis: 'VN:GOV:000.00.00.G22:…'. */
  dstcode: string
}

export interface CallLimits {
  /** 60 seconds unless told: what the existing clients wait. */
  timeoutMs?: number
  /** Attempts after the first when the portal cannot be reached or answers 5xx. */
  retries?: number
  /** Milliseconds before the first repeat; doubled each time. */
  pauseMs?: number
  /** Ends what is under way. */
  signal?: AbortSignal
}

/** An answer of the portal that is no success. */
export class PortalAnswerError extends Error {
  readonly service: string
  readonly code: string
  /** The portal's own words. */
  readonly words: string
  /** False where there was no answer in the protocol: a gateway spoke, or nonsense came. */
  readonly isSaid: boolean
  constructor(service: string, code: string, words: string, { isSaid = true } = {}) {
    super(`The portal answers ${service} with error ${code}: ${words}`)
    this.name = 'PortalAnswerError'
    this.service = service
    this.code = code
    this.words = words
    this.isSaid = isSaid
  }
}

export interface Portal {
  /** Rows of a catalogue or one procedure. Logs in at the first call, and again when a session has ended. @throws {PortalAnswerError} */
  pull(service: string, params?: Readonly<Record<string, string>>): Promise<Record<string, unknown>[]>
  /** Gives data to the portal; `isUpdating` where the service tells new from known. Resolves with its words, which some portals use beside the code of success. @throws {PortalAnswerError} */
  push(service: string, data: readonly object[], isUpdating?: boolean): Promise<string>
}

type Answer = Readonly<Record<string, unknown>>

const maxAnswerBytes = 64 * 1024 * 1024

/** Zero in any of the forms that portals use. */
const isSuccess = (answer: Answer): boolean => /^0+$/.test(String(answer.error_code ?? ''))

/** A client of a portal that speaks the national formats. Calls may run side by side; they share one session. */
export function callPortal(account: PortalAccount, { timeoutMs = 60_000, retries = 3, pauseMs = 1000, signal }: CallLimits = {}): Portal {
  const base = account.adapterUrl.replace(/\/$/, '')
  const headers = { accept: 'application/json', 'content-type': 'application/json', charset: 'utf-8', dstcode: account.dstcode }
  let session: Promise<string> | undefined

  const post = async (path: string, body: object, name: string): Promise<Answer> => {
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]), redirect: 'error' })
        if (response.status < 500 && response.status !== 429) return await readAnswer(response, name)
        await response.body?.cancel()
        if (attempt >= retries) throw new PortalAnswerError(name, `HTTP ${response.status}`, 'the portal cannot answer now', { isSaid: false })
      } catch (error) {
        // What the portal said stays said; only what did not arrive is asked for again.
        if (error instanceof PortalAnswerError || attempt >= retries || signal?.aborted) throw error
      }
      await sleep(pauseMs * 2 ** attempt)
    }
  }
  const logIn = async (): Promise<string> => {
    const answer = await post(account.authEndpoint, { username: account.username, password: account.password }, 'login')
    if (!isSuccess(answer) || typeof answer.session !== 'string') throw new PortalAnswerError('login', String(answer.error_code), String(answer.message ?? ''))
    return answer.session
  }
  const open = (): Promise<string> => {
    const opening = session ?? logIn()
    session = opening
    opening.catch(() => { if (session === opening) session = undefined })
    return opening
  }
  const ask = async (path: string, service: string, params: object): Promise<Answer> => {
    const once = async (token: string): Promise<Answer> => await post(path, { session: token, madonvi: account.madonvi, service, ...params }, service)
    const isOld = session !== undefined
    const used = open()
    let answer = await once(await used)
    // No source tells the code of an expired session: any refusal on a session of an earlier call is asked once more on a new one.
    if (!isSuccess(answer) && isOld && !isFinal(answer)) {
      if (session === used) session = undefined
      answer = await once(await open())
    }
    if (!isSuccess(answer)) throw new PortalAnswerError(service, String(answer.error_code), String(answer.message ?? ''))
    return answer
  }
  return {
    pull: async (service, params = {}) => rowsOf((await ask(account.integrationEndpoint, service, params)).result),
    async push(service, data, isUpdating) {
      if (account.shareEndpoint === undefined) throw new Error('A portal to which messages are pushed needs a shareEndpoint in its account.')
      const answer = await ask(account.shareEndpoint, service, { ...(isUpdating === undefined ? {} : { isUpdating: isUpdating ? 'True' : 'False' }), data })
      return String(answer.message ?? '')
    },
  }
}

/** Refusals that speak of the data, not of the session. */
const isFinal = (answer: Answer): boolean => /không tìm thấy|not found|đã tồn tại/i.test(String(answer.message ?? ''))

function rowsOf(result: unknown): Record<string, unknown>[] {
  const rows = Array.isArray(result) ? result : result === null || result === undefined ? [] : [result]
  return rows.filter((r): r is Record<string, unknown> => typeof r === 'object' && r !== null)
}

async function readAnswer(response: Response, name: string): Promise<Answer> {
  const text = await boundedText(response, maxAnswerBytes).catch((error: unknown) => {
    throw error instanceof TooLongError ? new PortalAnswerError(name, 'TOO_LONG', 'the answer is too long', { isSaid: false }) : error
  })
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Answer
  } catch {
    // Falls through: an answer that is no JSON is the same as one of the wrong shape.
  }
  throw new PortalAnswerError(name, `HTTP ${response.status}`, 'the answer is not JSON', { isSaid: false })
}
