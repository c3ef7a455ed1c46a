import { fieldShape, isGroup, type Field } from '../definition.ts'
import { blankField, boxesOf } from './field-boxes.ts'

/** The field as one of another kind: what both kinds have stays, where it fits the new one. */
export function fieldAs(field: Field, type: Field['type']): Field {
  if (field.type === type) return field
  const blank = blankField(field.id, type, field.label)
  const given = new Map(Object.entries(field))
  return boxesOf(type).reduce<Field>((made, { name }) => {
    if (!given.has(name)) return made
    const tried = { ...made, [name]: given.get(name) }
    // A group has no fields yet, which the shape does not allow.
    const filled = isGroup(made) ? { ...tried, fields: [blankField('filler', 'text', field.label)] } : tried
    return fieldShape.safeParse(filled).success ? (tried as Field) : made
  }, blank)
}
