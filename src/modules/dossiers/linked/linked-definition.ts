/**
 * Terminology
 * - linked group (nhóm thủ tục liên thông): procedures of several agencies that are filed once (Circular 01/2023/TT-VPCP; art. 20 of the decree on the national database);
 * - part (phần): one procedure of the group; its dossier is an ordinary one at the node of the agency that decides it;
 * - order and consequences (what comes after what, what a refusal or a withdrawal of a part does to the rest) stand in the BPMN file of the group and nowhere else;
 * - the definition says what the drawing cannot: which procedure a part is, where its answers come from, what its result gives to later parts, its time.
 */
import { z } from 'zod'

const bilingual = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })
const limit = z.strictObject({ value: z.number().int().positive(), unit: z.enum(['hour', 'day', 'working-day', 'month']) })
const key = z.string().regex(/^[a-z][a-z0-9-]*$/)

/** Where one answer of a part comes from. References name answers of the merged declaration ('child.name'); `given` a fact of an earlier part's result ('birth.number'). */
export type Source =
  | { from: string }
  | { value: string | number | boolean }
  | { given: string }
  /** Sex by the fourth digit of a personal identification number (Decree 137/2015/NĐ-CP, art. 7). */
  | { sexOf: string }
  | { map: string; to: Record<string, string>; else?: string | undefined }
  | { fields: Record<string, Source> }
  | { items: Source[] }
  /** The first that somebody answered. */
  | { firstOf: Source[] }

const source: z.ZodType<Source> = z.lazy(() => z.union([
  z.strictObject({ from: z.string().min(1) }), z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]) }), z.strictObject({ given: z.string().regex(/^[a-z][a-z0-9-]*\.[a-zA-Z]+$/) }), z.strictObject({ sexOf: z.string().min(1) }),
  z.strictObject({ map: z.string().min(1), to: z.record(z.string(), z.string()), else: z.string().optional() }), z.strictObject({ fields: z.record(z.string(), source) }), z.strictObject({ items: z.array(source) }), z.strictObject({ firstOf: z.array(source) }),
]))

const part = z.strictObject({
  key,
  procedure: z.string().min(1),
  /** What it is called beside its siblings: "Khai sinh". */
  name: bilingual,
  /** What its result is called where others wait for it: "Giấy khai sinh". */
  result: bilingual,
  /** Time of this agency within the group, in place of the procedure's own. */
  limit: limit.optional(),
  /** Answers that bear the same name in the merged declaration, and the others. */
  same: z.array(z.string()),
  set: z.record(z.string(), source),
  /** Parts whose signed results go along as files. */
  attach: z.array(key),
  /** Facts that later parts need, by their place in the data of the result; 'number' and 'day' of the paper are always given. */
  gives: z.array(z.strictObject({ name: z.string().min(1), path: z.string().min(1) })),
})

const schema = z.strictObject({
  /** The group's own code in the catalogue. */
  code: z.string().min(1),
  version: z.number().int().positive(),
  validFrom: z.iso.date(),
  processKey: z.string().min(1),
  /** Time of the whole group. */
  limit,
  /** The ministry that leads the group. */
  lead: z.string().min(1),
  /** Instrument and articles. */
  source: bilingual,
  parts: z.array(part).min(2),
})

export type LinkedDefinition = z.infer<typeof schema>
export type PartDefinition = LinkedDefinition['parts'][number]

/** A definition as it is kept. @throws ZodError */
export const readDefinition = (value: unknown): LinkedDefinition => schema.parse(value)

export function partOf(definition: LinkedDefinition, part: string): PartDefinition {
  const found = definition.parts.find((one) => one.key === part)
  if (!found) throw new Error(`the linked group ${definition.code} has no part ${part}`)
  return found
}
