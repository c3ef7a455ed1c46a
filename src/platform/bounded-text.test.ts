import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundedText, TooLongError } from './bounded-text.ts'

test('an answer is read up to its bound, letters that two chunks share included; a longer one is not read to its end', async () => {
  const bytes = new TextEncoder().encode('Đơn xin')
  let pulled = 0
  const answer = (times: number) => new Response(new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pulled >= times * bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(pulled % bytes.length, (pulled % bytes.length) + 1))
      pulled++
    },
  }))
  assert.equal(await boundedText(answer(1), bytes.length), 'Đơn xin')
  assert.equal(await boundedText(new Response(null), 0), '')
  pulled = 0
  await assert.rejects(boundedText(answer(1000), bytes.length), TooLongError)
  assert.ok(pulled < 3 * bytes.length, `${pulled} read`)
})
