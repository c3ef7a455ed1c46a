const timeoutMs = 10_000
const maxAnswerBytes = 64 * 1024 * 1024

/** A GET, or a POST of a text. Whatever the status, the answer comes back. @throws where the other node is not reached */
export async function askNode(url: string, text?: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error', ...(text !== undefined && { method: 'POST', headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text }) })
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxAnswerBytes) throw new Error('The answer of the other node is too long.')
    chunks.push(chunk)
  }
  return { status: response.status, body: Buffer.concat(chunks).toString('utf8') }
}
