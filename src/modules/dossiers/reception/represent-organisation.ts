import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import { covers, findActingRight, listActingRights, lookUpPerson, type ActingRightSeen, type OfficerCtx } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { checkTaxCode } from '../../numbers/index.ts'
import { saveOrganisation, type Visit } from './reception.store.ts'

export interface OrganisationInput { taxCode: string; name: string; paper: string }

const longest = { name: 300, paper: 300 }

/**
 * The person of a visit comes for an organisation ("nộp hồ sơ cho tổ chức"): by the mandate that both agreed on or the register gave, else on a paper that the officer has seen and
 * writes down. What is filed from now on in the visit is the organisation's. Returns what is wrong with the input.
 */
export async function representOrganisation(ctx: OfficerCtx, visit: Visit, input: OrganisationInput): Promise<FieldError[]> {
  const checked = checkTaxCode(input.taxCode)
  if (!checked.ok || checked.kind === 'personal') return [{ field: 'taxCode', key: 'dossiers.reception.organisation.taxCodeWrong' }]
  const found = await lookUpPerson(ctx, { query: { kind: 'tax-code', taxCode: checked.code }, purpose: { reason: 'filing' }, way: 'page' })
  if (found.kind !== 'done') return [{ field: 'taxCode', key: 'identity.wait.minutes', params: { count: found.kind === 'wait' ? Math.ceil(found.seconds / 60) : 1 } }]
  if (found.organisation && found.organisation.state !== 'active') return [{ field: 'taxCode', key: `dossiers.reception.organisation.${found.organisation.state}` }]
  const right = await findRight(ctx, visit, checked.code)
  const [name, paper] = [right?.name ?? found.organisation?.name ?? input.name.trim(), input.paper.trim()]
  const wrong: FieldError[] = [
    ...(name === '' ? [{ field: 'organisationName', key: 'dossiers.reception.organisation.nameMissing' }] : [...name].length > longest.name ? [{ field: 'organisationName', key: 'dossiers.desk.reasonTooLong', params: { max: longest.name } }] : []),
    ...(!right && paper === '' ? [{ field: 'organisationPaper', key: 'dossiers.reception.organisation.paperMissing' }] : [...paper].length > longest.paper ? [{ field: 'organisationPaper', key: 'dossiers.desk.reasonTooLong', params: { max: longest.paper } }] : []),
  ]
  if (wrong.length > 0) return wrong
  const ground = right?.ground ?? 'paper'
  await transact(ctx, async (tx) => {
    await saveOrganisation(tx, visit.id, { taxCode: checked.code, name, subject: right?.subject ?? found.organisation?.subject ?? null, mandateId: right?.mandateId ?? null, ground, paper: right ? null : paper })
    await appendEvent(tx, ctx, { type: 'reception.organisation_named', subject: visit.id, data: { agency: visit.agencyCode, ground, ...(right ? { mandateId: right.mandateId } : {}) } })
  })
  return []
}

/** From now on the person files for himself again. */
export async function representNobody(ctx: OfficerCtx, visit: Visit): Promise<void> {
  await transact(ctx, (tx) => saveOrganisation(tx, visit.id, null))
}

async function findRight(ctx: OfficerCtx, { accountId }: Visit, taxCode: string): Promise<ActingRightSeen | undefined> {
  const rights = accountId ? await listActingRights(ctx.db, accountId, ctx.now) : []
  return rights.find((right) => right.kind === 'organisation' && right.facts.taxCode === taxCode && right.rights.includes('submit'))
}

/** A mandate is judged when something is filed under it: it may have ended, or not reach the procedure. */
export async function checkMandate(ctx: OfficerCtx, { accountId, organisation }: Visit, procedure: { code: string; version: number }): Promise<FieldError[]> {
  if (!organisation?.mandateId) return []
  const right = accountId ? await findActingRight(ctx.db, accountId, organisation.mandateId, ctx.now) : undefined
  if (!right) return [{ field: '', key: 'dossiers.reception.organisation.mandateEnded' }]
  const sector = (await getProcedureVersion(ctx.db, procedure.code, procedure.version))?.content.sector.code
  return right.rights.includes('submit') && covers(right.scope, { code: procedure.code, sector }) ? [] : [{ field: '', key: 'dossiers.reception.organisation.outOfMandate' }]
}
