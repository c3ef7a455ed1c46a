/**
 * The typesetting process: takes one document at a time over the IPC channel and answers with its PDF.
 * Apart from the server because Typst runs synchronously, is 50 MB of native code and keeps some memory of every document.
 * Only erasable TypeScript and packages are used here, so Node runs this file as it stands; the build bundles it as build/typeset-worker.js.
 */
import { createPaperCompiler } from './typeset/paper-compiler.ts'

export interface TypesetJob {
  id: number
  /** Name of a file in the templates folder, without its ending. */
  template: string
  /** The document's data. It reaches the template as data, never as source, so nothing typed by a person can become markup. */
  data: Record<string, unknown>
  /** What the QR code holds, or null for none. */
  qr: string | null
  /** Creation time written into the file, in seconds since 1970. The same data and time give the same bytes. */
  createdAt: number
}
export type TypesetReply = { id: number; rss: number } & ({ pdf: Uint8Array } | { error: string })

const [, , templates = '', fonts = ''] = process.argv
const compiler = createPaperCompiler(templates, fonts)

async function typeset({ template, data, qr, createdAt }: TypesetJob): Promise<Uint8Array> {
  return compiler.write(compiler.layOut(template, { ...data, qr: qr === null ? null : await compiler.qrCode(qr) }), createdAt)
}

process.on('message', (job: TypesetJob) => {
  const reply = (outcome: { pdf: Uint8Array } | { error: string }): void => {
    process.send?.({ id: job.id, rss: process.memoryUsage.rss(), ...outcome } satisfies TypesetReply)
  }
  typeset(job).then((pdf) => reply({ pdf }), (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }))
})
process.on('disconnect', () => process.exit(0))
// Ctrl-C goes to the whole group; the server finishes its last papers first and then closes the channel.
process.on('SIGINT', () => {})
