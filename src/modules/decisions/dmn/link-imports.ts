import type { Model } from './model.ts'

/** A model with those it imports, by their namespaces, and theirs in turn. An import that is not there stays without its model. */
export function linkImports(model: Model, known: readonly Model[], within: readonly string[] = []): Model {
  if (within.includes(model.namespace)) return model
  const imports = model.imports.map((one) => {
    const found = known.find((other) => other.namespace === one.namespace && other.name !== model.name)
    return found ? { ...one, model: linkImports(found, known, [...within, model.namespace]) } : one
  })
  return { ...model, imports }
}
