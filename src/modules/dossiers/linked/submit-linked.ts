import { transact, type Ctx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { assertServiceOpen, isAbolished, strengthFor } from '../../catalogue/index.ts'
import { maxPayloadBytes } from '../../exchange/index.ts'
import { demandStrength } from '../../identity/index.ts'
import { appendEvent, withMandate } from '../../ledger/index.ts'
import { competentAgency } from '../../organisations/index.ts'
import { startProcess } from '../../process/index.ts'
import { newReference } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { assertUnderMandate } from '../on-behalf.ts'
import { assertSealed, ownerOf, withFiler, type Submission } from '../submit-dossier.ts'
import { findGroupByKey, findGroupDefinition, insertGroup, type LinkedGroup } from './linked.store.ts'

/** Room in a message for the answers and for the results that earlier parts give to later ones. */
const roomForResults = 3 * 1024 * 1024

/**
 * Files for a linked group ("nộp hồ sơ liên thông"): keeps the one declaration and starts the group's process, which files the parts in their order. Filed again with the same key, it
 * leads to the same group.
 * @throws NOT_SEALED, PROCEDURE_NOT_ONLINE, PROCEDURE_ABOLISHED, GROUP_TOO_LARGE, OUT_OF_MANDATE, MANDATE_ENDED; SERVICE_CLOSED of the catalogue, STRONGER_LOG_IN_NEEDED of identity
 */
export async function submitLinked(ctx: Ctx, s: Submission): Promise<{ id: string; reference: string }> {
  await assertSealed(ctx)
  const { service } = s.procedure.content
  const definition = await findGroupDefinition(ctx.db, s.procedure.code, ctx.now)
  if (!service || !definition) throw errors.PROCEDURE_NOT_ONLINE()
  if (await isAbolished(ctx.db, s.procedure.code, ctx.now)) throw errors.PROCEDURE_ABOLISHED()
  await assertServiceOpen(ctx.db, s.procedure.code, ctx)
  demandStrength(ctx.actor, strengthFor(service))
  if (ctx.actor.kind === 'person') await assertUnderMandate(ctx, ctx.actor, 'submit', s.procedure.code)
  // As base64, four bytes for three.
  if (s.files.reduce((sum, file) => sum + file.size, 0) * 4 / 3 > maxPayloadBytes - roomForResults) throw errors.GROUP_TOO_LARGE({ mb: Math.floor((maxPayloadBytes - roomForResults) * 3 / 4 / 1024 / 1024) })
  const [agency, applicant] = await Promise.all([competentAgency(ctx.db, { ...service.competence, communeCode: s.placeCode ?? undefined, at: ctx.now }), withFiler(ctx, s.applicant)])
  const group: LinkedGroup = {
    id: newId(ctx.now.getTime()), reference: newReference(), code: definition.code, version: definition.version, procedureVersion: s.procedure.version, ...ownerOf(ctx, s.reception), channel: s.channel, returnWay: s.returnWay, state: 'running',
    submittedAt: ctx.now, receivedAt: null, dueAt: null, pausedAt: null, withdrawalAskedAt: null, processEndedAt: null, finishedAt: null,
  }
  return transact(ctx, async (tx) => {
    const isFresh = await insertGroup(tx, { ...group, filingKey: s.filingKey }, { formKey: s.form.key, formVersion: s.form.version, answers: s.answers, summary: s.summary, applicant, recipient: s.returnTo?.recipient ?? null })
    if (!isFresh) return (await findGroupByKey(tx, s.filingKey))!
    await appendEvent(tx, ctx, { type: 'linked.submitted', subject: group.id, data: withMandate(ctx, { code: group.code, version: group.version, reference: group.reference }) })
    await startProcess(tx, ctx, { processKey: definition.processKey, subject: group.id, agencyCode: agency?.code ?? ctx.node.config.code, variables: {} })
    return group
  })
}
