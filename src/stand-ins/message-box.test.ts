import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openMessageBox } from './message-box.ts'

test('a message whose line a kill cut short takes no later one along, and a repeat arrives once', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-box-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'messages.jsonl')
  const message = (key: string) => ({ channel: 'sms' as const, to: '0900000011', text: key, key })
  openMessageBox(file).add(message('first'))
  appendFileSync(file, '{"channel":"sms","to":"09000')
  openMessageBox(file).add(message('second'))
  const box = openMessageBox(file)
  box.add(message('second'))
  assert.deepEqual(box.list().map((m) => m.text), ['second', 'first'])
})
