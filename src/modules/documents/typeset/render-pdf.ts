import type { z } from 'zod'
import type { Node } from '../../../platform/node.ts'
import { templates, type TemplateData, type TemplateName } from '../templates/templates.ts'
import { printable } from './local-json.ts'
import { typesetter } from './typesetter.ts'

interface Template {
  /** Lists for the office carry no QR code. */
  schema: z.ZodType<{ mark?: { url: string } }>
  derive?: (data: never) => Record<string, unknown>
}

/**
 * Typesets a paper as tagged PDF/A-2a in the layout of Decree 30/2020/NĐ-CP. The same data at the same node time give the same bytes.
 * Throws a ZodError when the data do not fit the template: that is a mistake of the caller, not of a person.
 * @param options `later`: nobody waits for it
 */
export async function renderPdf<N extends TemplateName>(node: Pick<Node, 'now'>, name: N, data: TemplateData<N>, options?: { later?: boolean }): Promise<Buffer> {
  const template = templates[name] as unknown as Template
  const parsed = template.schema.parse(data)
  const full = template.derive ? template.derive(parsed as never) : parsed
  return typesetter.typeset({
    template: name,
    data: printable(full) as Record<string, unknown>,
    qr: parsed.mark?.url ?? null,
    createdAt: Math.floor(node.now().getTime() / 1000),
  }, options)
}
