/**
 * The typesetting process: takes one document at a time over the IPC channel and answers with its PDF.
 * Apart from the server because Typst runs synchronously, is 50 MB of native code and keeps some memory of every document.
 * Only erasable TypeScript and packages are used here, so Node runs this file as it stands; the build bundles it as build/typeset-worker.js.
 */
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import QRCode from 'qrcode'

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

/** Memoised layout older than this many documents is dropped. */
const KEEP_CACHE_FOR = 2
const EVICT_EVERY = 5

const [, , templates = '', fonts = ''] = process.argv
const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [{ fontPaths: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((style) => join(fonts, style)) }],
})
let made = 0

async function typeset(job: TypesetJob): Promise<Uint8Array> {
  const qr = job.qr === null ? null : await QRCode.toString(job.qr, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
  compiler.mapShadow(join(templates, 'data.json'), Buffer.from(JSON.stringify({ ...job.data, qr })))
  const result = compiler.compile({ mainFilePath: join(templates, `${job.template}.typ`) })
  if (!result.result) throw new Error(`${job.template}.typ: ${JSON.stringify(result.takeDiagnostics()?.shortDiagnostics)}`)
  const pdf = compiler.pdf(result.result, { pdfStandard: 'a-2a', creationTimestamp: job.createdAt })
  if (++made % EVICT_EVERY === 0) compiler.evictCache(KEEP_CACHE_FOR)
  return pdf
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
