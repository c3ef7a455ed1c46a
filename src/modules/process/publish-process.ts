import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { newId, sha256 } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { judgeProcess } from './judge-process.ts'
import type { Problem } from './model.ts'

export interface PublishProcess {
  /** A BPMN 2.0 file. */
  bpmn: string
  /** From when dossiers come under this version; now when absent. */
  validFrom?: Date
  /** Legal limit of the procedure in working time ("P5D"), checked against the longest way through. */
  legalLimit?: string
  /** It comes with the program: what officers have published under its key stays. */
  shipped?: true
}

/** A published version, or what is wrong with the file. */
export type Published = { key: string; version: number; definitionId: string; problems: [] } | { problems: Problem[] }

/**
 * Publishes a BPMN file as the next version of its process when it is sound. The newest version published again has no effect.
 * Running instances stay on theirs.
 */
export async function publishProcess(tx: Tx, ctx: Ctx, input: PublishProcess): Promise<Published> {
  const { model, problems } = await judgeProcess(tx, ctx, input.bpmn, input.legalLimit)
  if (!model || problems.length > 0) return { problems }
  const hash = sha256(input.bpmn).toString('hex')
  await tx`SELECT pg_advisory_xact_lock(hashtextextended(${`process ${model.key}`}, 0))`
  const [latest] = await tx<{ id: string; version: number; hash: string; by: string }[]>`SELECT id, version, hash, published_by AS by FROM process.definition WHERE key = ${model.key} ORDER BY version DESC LIMIT 1`
  if (latest && (latest.hash === hash || (input.shipped && latest.by.startsWith('officer:')))) return { key: model.key, version: latest.version, definitionId: latest.id, problems: [] }
  const id = newId()
  const version = (latest?.version ?? 0) + 1
  await tx`
    INSERT INTO process.definition (id, key, version, name_vi, name_en, bpmn, model, hash, valid_from, published_by, published_at)
    VALUES (${id}, ${model.key}, ${version}, ${model.name.vi}, ${model.name.en}, ${input.bpmn}, ${tx.json(model as never)}, ${hash}, ${input.validFrom ?? ctx.now}, ${actorKey(ctx.actor)}, ${ctx.now})`
  await appendEvent(tx, ctx, { type: 'process.published', subject: model.key, data: { definitionId: id, version } })
  return { key: model.key, version, definitionId: id, problems: [] }
}
