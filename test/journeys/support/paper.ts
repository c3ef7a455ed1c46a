import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { look, open, type Visitor } from './browser.ts'
import type { JourneyCountry } from './country.ts'
import { press } from './filing.ts'

const run = promisify(execFile)

/** Fetches what a link leads to, with the visitor's session, as a browser's download does. */
export async function download(who: Visitor, link: string): Promise<Buffer> {
  const reply = await who.context.request.get(new URL(link, who.page.url()).href)
  assert.equal(reply.status(), 200, link)
  return reply.body()
}

/** A program that is not ours finds every signature of the PDF intact. How many there are. */
export async function signaturesBy(pdf: Buffer): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-paper-'))
  try {
    const file = join(folder, 'result.pdf')
    await writeFile(file, pdf)
    // It ends with 0 also where it knows no trusted roots; validity of each signature is a line of its own.
    const { stdout } = await run('pdfsig', ['-nocert', file])
    const verdicts = [...stdout.matchAll(/Signature Validation: (.*)/g)].map((m) => m[1])
    assert.ok(verdicts.length > 0 && verdicts.every((v) => v === 'Signature is Valid.'), stdout)
    return verdicts.length
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The public page that says what a file is worth calls it good. */
export async function assertVerified(who: Visitor, place: JourneyCountry, node: 'national' | 'province', pdf: Buffer): Promise<void> {
  await open(who, place.at(node, '/kiem-tra-van-ban'))
  await look(who)
  await who.page.locator('[name=file]').setInputFiles({ name: 'ket-qua.pdf', mimeType: 'application/pdf', buffer: pdf })
  await press(who, who.t('documents.verify.button'))
  await who.page.getByRole('heading', { level: 2, name: who.t('documents.outcome.valid') }).waitFor()
  await look(who)
}
