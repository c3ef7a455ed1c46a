import type { Names } from '../feel/names.ts'
import { anyType, builtInType, type FeelType } from '../feel/types.ts'
import type { ItemDefinition, Model } from './model.ts'
import { rankIn } from './rank.ts'

/** The types of a model by name, those of imported models as "import.type". */
export function typesOf(model: Model, names: Names): Map<string, FeelType> {
  const types = new Map<string, FeelType>()
  for (const { name, model: imported } of model.imports) {
    if (imported) for (const [key, type] of typesOf(imported, names)) types.set(name ? `${name}.${key}` : key, type)
  }
  const definitions = new Map(model.types.map((item) => [item.name, item]))
  const underway = new Set<string>()
  const named = (typeRef: string | undefined): FeelType => {
    if (!typeRef) return anyType
    const plain = typeRef.replace(/^[\w-]+:(?=\S)/, '')
    const known = types.get(typeRef) ?? types.get(plain)
    if (known) return known
    const definition = definitions.get(typeRef) ?? definitions.get(plain)
    // A type within itself ends in "any" at the second turn.
    if (!definition || underway.has(definition.name)) return builtInType(plain) ?? anyType
    underway.add(definition.name)
    const type = typeOfItem(definition, named, names)
    underway.delete(definition.name)
    types.set(definition.name, type)
    return type
  }
  for (const name of definitions.keys()) named(name)
  return types
}

function typeOfItem(item: ItemDefinition, named: (typeRef: string | undefined) => FeelType, names: Names): FeelType {
  const base: FeelType = item.function ? { is: 'function', parameters: item.function.parameters.map(({ typeRef }) => named(typeRef)), result: named(item.function.result) }
    : item.components.length > 0 ? { is: 'context', entries: new Map(item.components.map((component) => [component.name, typeOfItem(component, named, names)])) } : named(item.typeRef)
  const restricted = restrict(base, item.allowed, names)
  return restrict(item.collection ? { is: 'list', of: restricted } : restricted, item.constraint, names)
}

const restrict = (base: FeelType, allowed: string | undefined, names: Names): FeelType => (allowed ? { is: 'restricted', base, rank: rankIn(allowed, names) } : base)
