import { civilDate } from '../../../platform/i18n.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { getProcedureVersion } from '../../catalogue/index.ts'
import { listDocuments, type StoredDocument } from '../../documents/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import type { PartStory } from './explain-group.ts'
import type { GroupPart, GroupView, LinkedGroup } from './linked.store.ts'
import { readGroup } from './read-group.ts'
import { tellNode } from './tell-node.ts'

/** The signed results of a dossier that are in force and whose bytes are here. */
export async function resultsOf(tx: Tx, dossierId: string): Promise<StoredDocument[]> {
  return (await listDocuments(tx, dossierId)).filter((d) => d.kind === 'result' && d.fileId !== null && !d.revokedAt)
}

/** What a result gives to later parts besides what its own node told: the number and the day of the paper. */
export async function factsOfPart(tx: Tx, part: GroupPart): Promise<Record<string, string>> {
  const [paper] = part.dossierId ? await resultsOf(tx, part.dossierId) : []
  return { ...(part.gives ?? {}), ...(paper?.number ? { number: paper.number } : {}), ...(paper?.signedAt ? { day: civilDate(paper.signedAt) } : {}) }
}

/** Tells every node that decides a part how the group stands (service linked.news): its officers see the others' parts and what they received. In the group's lock. */
export async function tellParts(tx: Tx, ctx: Ctx, group: LinkedGroup, only?: string): Promise<void> {
  const { parts } = await readGroup(tx, group)
  const procedure = await getProcedureVersion(tx, group.code, group.procedureVersion)
  const name = procedure?.content.name ?? { vi: group.code, en: group.code }
  const seen = await Promise.all(parts.map((story) => partView(tx, ctx, story)))
  for (const { definition: own, last, dossier } of parts) {
    if (!dossier || (only !== undefined && dossier.id !== only)) continue
    const before = parts.filter((story) => own.attach.includes(story.definition.key) && story.last?.dossierId)
    const received = await Promise.all(before.map(async (story) => {
      const [paper] = await resultsOf(tx, story.last!.dossierId!)
      return { part: story.definition.key, what: story.definition.result, number: paper?.number ?? null, fileName: paper?.fileName ?? null }
    }))
    const view: GroupView = { groupId: group.id, part: own.key, reference: group.reference, name, state: group.state, dueAt: group.dueAt?.toISOString() ?? null, limit: own.limit ?? null, gives: own.gives, parts: seen, received, note: await noteOf(tx, group, own.key, last!.attempt) }
    await tellNode(tx, ctx, { to: dossier.nodeCode, service: 'linked.news', subject: dossier.id, payload: { view, at: ctx.now.toISOString() } })
  }
}

async function partView(tx: Tx, ctx: Ctx, { definition, status, dossier, last }: PartStory): Promise<GroupView['parts'][number]> {
  const agency = dossier && await findAgency(tx, dossier.agencyCode, ctx.now)
  return { key: definition.key, name: definition.name, agency: agency ? { vi: agencyName(agency, 'vi'), en: agencyName(agency, 'en') } : null, code: dossier?.code ?? dossier?.reference ?? null, state: status, dueAt: dossier?.dueAt?.toISOString() ?? null, endedAt: last?.endedAt?.toISOString() ?? null }
}

/** The words with which the attempt before asked for this one. */
async function noteOf(tx: Tx, group: LinkedGroup, part: string, attempt: number): Promise<string | null> {
  const [row] = await tx<{ note: string | null }[]>`SELECT again->>'note' AS note FROM dossiers.linked_part WHERE group_id = ${group.id} AND part = ${part} AND attempt = ${attempt - 1}`
  return row?.note ?? null
}
