import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { usage } from '../../src/country/options.ts'
import { nodeConfigSchema } from '../../src/platform/config.ts'
import { root } from '../../src/platform/root.ts'
import { code, generatedPage, table } from './markdown.ts'

interface Shape { type?: string; properties?: Record<string, Shape>; required?: string[]; items?: Shape; pattern?: string; enum?: string[]; format?: string; minimum?: number; maximum?: number; minLength?: number; default?: unknown }

/** docs/generated/config.md: the configuration of a node, from its schema and the comments in it. */
export function configPage(): string {
  const shape = z.toJSONSchema(nodeConfigSchema, { io: 'input' }) as Shape
  const rows = fields(shape, '').map(({ name, field, required }) => [code(name), kindOf(field), required ? 'yes' : '', field.default === undefined ? '' : code(JSON.stringify(field.default)), comments().get(name)])
  return generatedPage('Configuration', 'src/platform/config.ts',
    'One node is configured by one JSON object, checked at the start: a mistake stops it with a sentence that names the field. `npm start` writes it itself for the country in small (`src/nodes.ts`); a node of your own gets it in the environment variable `MOTCUA_NODE`.',
    table(['Field', 'Value', 'Required', 'Default', 'Meaning'], rows), '## Options of `npm start`', `\`\`\`text\n${usage}\n\`\`\``)
}

function fields(shape: Shape, prefix: string): { name: string; field: Shape; required: boolean }[] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, field]) => {
    const own = { name: prefix + key, field, required: shape.required?.includes(key) ?? false }
    const inner = field.properties ? fields(field, `${prefix}${key}.`) : field.items?.properties ? fields(field.items, `${prefix}${key}[].`) : []
    return [own, ...inner]
  })
}

function kindOf(field: Shape): string {
  if (field.enum) return field.enum.map(code).join(' or ')
  const bounds = field.minimum !== undefined && field.maximum !== undefined && field.maximum < 1e9 ? ` from ${field.minimum} to ${field.maximum}` : ''
  const rule = field.pattern && field.pattern.length < 60 ? ` like ${code(field.pattern)}` : field.format === 'uri' ? ', an address' : (field.minLength ?? 0) > 1 ? `, at least ${field.minLength} characters` : ''
  return `${field.type ?? 'value'}${bounds}${rule}`
}

/** Doc comments of the schema's own fields: the comment above a field, by its name. */
function comments(): Map<string, string> {
  const source = readFileSync(join(root, 'src/platform/config.ts'), 'utf8')
  return new Map([...source.matchAll(/^ {2}\/\*\* (.+?) \*\/\n {2}(\w+):/gm)].map(([, comment, name]) => [name!, comment!]))
}
