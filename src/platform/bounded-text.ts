/** Thrown for an answer of another system that is longer than it may be. */
export class TooLongError extends Error {}

/** The text of an answer of another system, of which no more is read than it may be long. @param most bytes @throws TooLongError */
export async function boundedText(response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > most) throw new TooLongError('The answer of the other system is too long.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
