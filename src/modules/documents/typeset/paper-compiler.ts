/**
 * Data of a paper in, PDF out. Only erasable TypeScript and packages are used here, so Node runs this file as it stands.
 */
import { join } from 'node:path'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import QRCode from 'qrcode'

/**
 * Layout is remembered from one paper to the next: the head of an agency, the words of a form, whatever stands where it stood before. What the last
 * LOOK_EVERY × KEEP_FOR papers did not use is forgotten. So many take 200 MB and spare a sixth of the work where the same forty agencies come again and again
 * (npm run bench:papers); with fewer the words of the forms are still found, the heads are not.
 */
const LOOK_EVERY = 40
const KEEP_FOR = 3
/** The papers of one dossier bear the same QR code and are mostly made within minutes. */
const KEPT_CODES = 2000

export interface PaperCompiler {
  /** The QR code that holds a text, as SVG. */
  qrCode(text: string): Promise<string>
  /** Lays a paper out. Throws with the compiler's messages when the data do not suit the template. */
  layOut(template: string, data: Record<string, unknown>): NodeTypstDocument
  /** As tagged PDF/A-2a. `createdAt` in seconds since 1970. */
  write(laidOut: NodeTypstDocument, createdAt: number): Buffer
}

/** @param templates the folder of the .typ files @param fonts the folder of the font's styles */
export function createPaperCompiler(templates: string, fonts: string): PaperCompiler {
  const compiler = NodeCompiler.create({
    workspace: templates,
    fontArgs: [{ fontPaths: ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map((style) => join(fonts, style)) }],
  })
  const dataFile = join(templates, 'data.json')
  const codes = new Map<string, string>()
  let laidOut = 0
  return {
    async qrCode(text) {
      const svg = codes.get(text) ?? (await QRCode.toString(text, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }))
      codes.delete(text)
      codes.set(text, svg)
      if (codes.size > KEPT_CODES) for (const oldest of codes.keys()) { codes.delete(oldest); break }
      return svg
    },
    layOut(template, data) {
      compiler.mapShadow(dataFile, Buffer.from(JSON.stringify(data)))
      if (++laidOut % LOOK_EVERY === 0) compiler.evictCache(KEEP_FOR)
      const result = compiler.compile({ mainFilePath: join(templates, `${template}.typ`) })
      if (!result.result) throw new Error(`${template}.typ: ${JSON.stringify(result.takeDiagnostics()?.shortDiagnostics)}`)
      return result.result
    },
    write: (document, createdAt) => compiler.pdf(document, { pdfStandard: 'a-2a', creationTimestamp: createdAt }),
  }
}
