import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const packages: Record<string, string> = { pdfsig: 'poppler-utils', pdftotext: 'poppler-utils', pdfinfo: 'poppler-utils', pdffonts: 'poppler-utils', openssl: 'openssl' }

/**
 * Options for a test that asks a foreign program for its opinion. Without the program the test is skipped with the reason on a
 * developer's machine, and fails in continuous integration: there a skip would hide that nobody looked.
 */
export function needs(...programs: string[]): { skip?: string } {
  const missing = programs.filter((program) => spawnSync(program, ['-v'], { stdio: 'ignore' }).error !== undefined)
  if (missing.length === 0) return {}
  const advice = `${missing.join(', ')} not found: install ${[...new Set(missing.map((m) => packages[m] ?? m))].join(', ')}`
  if (process.env['CI']) throw new Error(advice)
  return { skip: advice }
}

export interface Output { code: number; stdout: string; stderr: string }

/** Runs a program with named files laid out in a folder of its own; file names are used as arguments. */
export async function run(program: string, args: string[], files: Record<string, Uint8Array | string> = {}): Promise<Output> {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-documents-'))
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    return await new Promise((resolve) => {
      execFile(program, args, { cwd: folder, maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr })
      })
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
