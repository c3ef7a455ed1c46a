import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

/** A fault put into one file of a module: the text that stands there once, and what stands there instead. */
export interface Mutant { name: string; file: string; text: string; instead: string }

/** Faults by the number under which their files are loaded, and those that really were. */
const planted: { module: string; mutant: Mutant; applied: boolean }[] = []

/** Files of a module that were asked for with `?mutant=N` are loaded anew, all of them, one with its fault. */
function hook(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      const mark = /[?&](mutant=\d+)/.exec(context.parentURL ?? '')?.[1]
      return mark && specifier.startsWith('./') && !resolved.url.includes('mutant=') ? { ...resolved, url: `${resolved.url}${resolved.url.includes('?') ? '&' : '?'}${mark}` } : resolved
    },
    load(url, context, next) {
      const fault = planted[Number(/[?&]mutant=(\d+)/.exec(url)?.[1] ?? -1)]
      if (!fault || !url.split('?')[0]!.endsWith(`/${fault.module}/${fault.mutant.file}`)) return next(url, context)
      const { file, text, instead } = fault.mutant
      const source = readFileSync(fileURLToPath(url.split('?')[0]!), 'utf8')
      if (source.split(text).length !== 2) throw new Error(`${file}: "${text}" stands there ${source.split(text).length - 1} times; a mutant needs it once.`)
      fault.applied = true
      return { format: 'module', source: transformSync(source.replace(text, () => instead), { loader: 'ts' }).code, shortCircuit: true }
    },
  })
}

/** A file of a module as it is, or with the files that it imports and a fault in one of them. */
export async function loadWithFault(module: string, file: string, mutant?: Mutant): Promise<unknown> {
  const path = `../../../src/modules/${module}/${file}`
  if (!mutant) return await import(path)
  if (planted.length === 0) hook()
  let n = planted.findIndex((one) => one.mutant === mutant)
  if (n < 0) n = planted.push({ module, mutant, applied: false }) - 1
  return await import(`${path}?mutant=${n}`)
}

/** Throws where a fault was asked for and the file that has it was not among those loaded. */
export function assertPlanted(mutant: Mutant): void {
  if (!planted.some((one) => one.mutant === mutant && one.applied)) throw new Error(`the fault "${mutant.name}" was not loaded`)
}
