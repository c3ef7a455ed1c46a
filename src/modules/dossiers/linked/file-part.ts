import { within, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, placeOf } from '../../forms/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { attachedFiles } from '../answers-of.ts'
import type { AttachedFile } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { keepAndTell, newDossier, withBytes } from '../submit-dossier.ts'
import { answersOfPart, type Given } from './answers-of-part.ts'
import { partOf, type LinkedDefinition, type PartDefinition } from './linked-definition.ts'
import { findGroupContent, insertPart, listParts, type GroupPart, type LinkedGroup } from './linked.store.ts'
import { factsOfPart, resultsOf } from './tell-parts.ts'

/** How a part of a group that came to its turn was filed: its dossier, or why there is none. */
export type Filed = { dossierId: string } | { why: string }

/**
 * Files one part: an ordinary dossier for whoever decides it, with what was declared once and what earlier parts gave, under a key made of group, part and attempt, so that however often
 * the process asks there is one. What cannot be filed (the procedure was abolished meanwhile) is written down with the reason, as a refusal of the part.
 */
export async function filePart(tx: Tx, ctx: Ctx, group: LinkedGroup, definition: LinkedDefinition, key: string): Promise<Filed> {
  const [part, parts] = [partOf(definition, key), await listParts(tx, group.id)]
  const before = parts.filter((p) => p.part === key)
  const attempt = before.length + 1
  const row = { groupId: group.id, part: key, attempt, filedAt: ctx.now }
  const filed = group.withdrawalAskedAt ? { why: 'WITHDRAWN' } : await fileDossier(tx, ctx, group, part, parts, { attempt, files: before.at(-1)?.again?.files ?? [] })
  await insertPart(tx, 'why' in filed ? { ...row, dossierId: null, state: 'not-filed', why: filed.why, endedAt: ctx.now } : { ...row, dossierId: filed.dossierId, state: 'filed', why: null, endedAt: null })
  await appendEvent(tx, ctx, { type: 'linked.part_filed', subject: group.id, data: { part: key, attempt, dossierId: 'why' in filed ? null : filed.dossierId, why: 'why' in filed ? filed.why : null } })
  return filed
}

async function fileDossier(tx: Tx, ctx: Ctx, group: LinkedGroup, part: PartDefinition, parts: readonly GroupPart[], again: { attempt: number; files: readonly AttachedFile[] }): Promise<Filed> {
  const content = await findGroupContent(tx, group.id)
  if (!content) throw new Error(`the linked group ${group.id} has no content`)
  const inside = within(ctx, tx)
  try {
    const procedure = await getCurrentProcedure(tx, part.procedure, ctx.now)
    const form = procedure?.content.service && await findForm(tx, procedure.content.service.formKey)
    if (!procedure || !form) throw errors.PROCEDURE_NOT_ONLINE()
    const answers = answersOfPart(part, form, content.answers, await givenBy(tx, parts))
    const submission = { procedure, answers, placeCode: placeOf(form, answers) ?? null, agencyCode: undefined, channel: group.channel, returnWay: group.returnWay }
    const { accountId, ownerSubject, mandateId, filerAccountId } = group
    const prepared = await newDossier(inside, submission, { accountId, ownerSubject, mandateId, filerAccountId })
    const files = [...attachedFiles(answers, ctx.now), ...await resultsFor(tx, part, parts), ...again.files]
    const isElsewhere = prepared.dossier.nodeCode !== ctx.node.config.code
    const choice = content.recipient ? { way: group.returnWay, deskCode: null, recipient: content.recipient } : undefined
    const kept = { form: { key: form.definition.key, version: form.definition.version }, answers, applicant: content.applicant, files, filingKey: `linked:${group.id}:${part.key}:${again.attempt}`, returnWay: group.returnWay, ...(choice ? { returnTo: { deskCode: null, recipient: content.recipient } } : {}) }
    const { id } = await keepAndTell(tx, ctx, kept, prepared, { files: isElsewhere ? await withBytes(ctx, files) : [], choice })
    return { dossierId: id }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    ctx.log.warn({ group: group.id, part: part.key, code: error.code }, 'a part of a linked group could not be filed')
    return { why: error.code }
  }
}

/** The last attempt at each part that has a result. */
const finished = (parts: readonly GroupPart[]): GroupPart[] => parts.filter((p) => p.state === 'finished')

async function givenBy(tx: Tx, parts: readonly GroupPart[]): Promise<Given> {
  const given: Record<string, Record<string, string>> = {}
  for (const part of finished(parts)) given[part.part] = await factsOfPart(tx, part)
  return given
}

/** The signed papers of earlier parts, as files of this one. */
async function resultsFor(tx: Tx, part: PartDefinition, parts: readonly GroupPart[]): Promise<AttachedFile[]> {
  const papers = await Promise.all(finished(parts).filter((p) => part.attach.includes(p.part)).map(async (p) => (await resultsOf(tx, p.dossierId!)).map((d) => ({ id: newId(), field: `linked:${p.part}`, fileId: d.fileId!, fileName: d.fileName, mimeType: d.mediaType, size: d.size ?? 0 }))))
  return papers.flat()
}
