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

/** What a paper says, as its template reads it, and what its QR code holds. @throws ZodError when the data do not fit the template: a mistake of the caller, not of a person */
export function wordsOf<N extends TemplateName>(name: N, data: TemplateData<N>): { data: Record<string, unknown>; qr: string | null } {
  const template = templates[name] as unknown as Template
  const parsed = template.schema.parse(data)
  return { data: printable(template.derive ? template.derive(parsed as never) : parsed) as Record<string, unknown>, qr: parsed.mark?.url ?? null }
}

/**
 * Typesets a paper as tagged PDF/A-2a in the layout of Decree 30/2020/NĐ-CP. The same data at the same node time give the same bytes.
 * @param options `later`: nobody waits for it
 * @throws ZodError
 */
export async function renderPdf<N extends TemplateName>(node: Pick<Node, 'now'>, name: N, data: TemplateData<N>, options?: { later?: boolean }): Promise<Buffer> {
  return typesetter.typeset({ template: name, ...wordsOf(name, data), createdAt: Math.floor(node.now().getTime() / 1000) }, options)
}
