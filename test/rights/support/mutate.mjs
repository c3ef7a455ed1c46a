// Takes one check out of the program while it is loaded: RIGHTS_MUTANT is a mutant as JSON. Loaded before the test with --import.
import { registerHooks } from 'node:module'

const mutant = JSON.parse(process.env.RIGHTS_MUTANT ?? 'null')
let applied = false

if (mutant) {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.split('?')[0].endsWith(`/${mutant.file}`)) return loaded
      const source = String(loaded.source)
      const found = source.split(mutant.check).length - 1
      if (found !== 1) throw new Error(`${mutant.file}: "${mutant.check}" stands there ${found} times; a mutant needs it once.`)
      applied = true
      return { ...loaded, source: source.replace(mutant.check, () => mutant.without) }
    },
  })
  process.on('exit', () => {
    if (!applied) console.error(`${mutant.file} was not loaded: the mutant was not there.`)
  })
}
