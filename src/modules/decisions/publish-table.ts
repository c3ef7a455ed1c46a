import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { FieldError } from '../../platform/errors.ts'
import { sha256 } from '../../platform/ids.ts'
import { publicChanged } from '../../platform/public-state.ts'
import { appendEvent } from '../ledger/index.ts'
import { checkTable } from './check-table.ts'
import { errors } from './decisions.errors.ts'
import { findTableVersion, insertTableVersion, type Publisher, type TableVersion } from './decisions.store.ts'
import { tableDefinition, tableExamples } from './table-definition.ts'

export interface Publication extends Publisher { version: number; owner: string; validFrom: string; origin: TableVersion['origin']; definition: unknown; examples: unknown }

/**
 * Publishes a version of a decision table, after all its examples came out. The mistakes come back where it may not be published; a version that is
 * there with the same content is left as it is.
 * @throws TABLE_INVALID for what has not the shape of a table; TABLE_EXISTS when the version is there with other content: it never changes
 */
export async function publishTable(tx: Tx, ctx: Ctx, input: Publication): Promise<FieldError[]> {
  const [definition, examples] = [tableDefinition.safeParse(input.definition), tableExamples.safeParse(input.examples)]
  if (!definition.success || !examples.success) throw errors.TABLE_INVALID({ mistake: [definition.error, examples.error].flatMap((error) => error?.issues ?? []).slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') })
  const mistakes = checkTable(definition.data, examples.data, ctx.now)
  if (mistakes.length > 0) return mistakes
  const { key } = definition.data
  const hash = sha256(canonicalJson({ definition: definition.data, examples: examples.data })).toString('hex')
  const isNew = await insertTableVersion(tx, { ...input, key, definition: definition.data, examples: examples.data, hash, publishedAt: ctx.now })
  if (isNew) publicChanged(tx)
  if (isNew) await appendEvent(tx, ctx, { type: 'decision.table_published', subject: key, data: { key, version: input.version, hash } })
  else if ((await findTableVersion(tx, key, input.version))?.hash !== hash) throw errors.TABLE_EXISTS({ key, version: input.version })
  return []
}
