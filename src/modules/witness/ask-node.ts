import { boundedText } from '../../platform/bounded-text.ts'

const timeoutMs = 10_000
const maxAnswerBytes = 64 * 1024 * 1024

/** A GET, or a POST of a text. Whatever the status, the answer comes back. @throws where the other node is not reached, or answers more than 64 MB */
export async function askNode(url: string, text?: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error', ...(text !== undefined && { method: 'POST', headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text }) })
  return { status: response.status, body: await boundedText(response, maxAnswerBytes) }
}
