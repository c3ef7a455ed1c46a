import type { Db } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { getProcedureVersion, type ProcedureContent } from '../../catalogue/index.ts'
import { listDocuments } from '../../documents/index.ts'
import { findContents, findDossiers, listAttachments, listPaymentRequests, listPauses, listSupplementRequests, type Content, type Dossier, type DossierFacts } from '../../dossiers/index.ts'
import { componentsOfCase, findForm } from '../../forms/index.ts'
import { findAccount, officerNames } from '../../identity/index.ts'
import { findAgency } from '../../organisations/index.ts'
import type { Life } from '../messages/write-dossier.ts'
import { fileLink } from './file-links.ts'

export interface LifeQuery { dossierId: string; /** Number by which the portal knows it, for its whole life. */ number: string; facts: DossierFacts; /** Nothing that came later is told: the portal never sees more than the steps say. */ until: Date }

/** What the portal is told of dossiers as they were after the steps named. A dossier without a row is left out. `account` of the owner is asked of the portal, not known here. */
export async function readLives(node: Node, queries: readonly LifeQuery[]): Promise<Map<string, Life>> {
  const { db } = node
  const ids = queries.map((q) => q.dossierId)
  const [dossiers, contents] = await Promise.all([findDossiers(db, ids), findContents(db, ids)])
  const rows = new Map(dossiers.map((d) => [d.id, d]))
  const lives = new Map<string, Life>()
  for (const query of queries) {
    const dossier = rows.get(query.dossierId)
    if (dossier) lives.set(dossier.id, await readLife(node, dossier, contents.get(dossier.id), query))
  }
  return lives
}

async function readLife(node: Node, dossier: Dossier, content: Content | undefined, { number, facts, until }: LifeQuery): Promise<Life> {
  const { db } = node
  const [procedure, agency, papers, payments, supplements, pauses, documents, account] = await Promise.all([
    getProcedureVersion(db, facts.procedure, facts.version), findAgency(db, facts.agency, until), readPapers(node, dossier, content, until), listPaymentRequests(db, dossier.id), listSupplementRequests(db, dossier.id), listPauses(db, dossier.id),
    listDocuments(db, dossier.id), dossier.filerAccountId ?? dossier.accountId ? findAccount(db, (dossier.filerAccountId ?? dossier.accountId)!) : undefined,
  ])
  const before = (moment: Date | null): moment is Date => moment !== null && moment <= until
  const rounds = supplements.filter((s) => before(s.requestedAt))
  const names = await officerNames(db, rounds.map((r) => r.requestedBy))
  const applicant = content?.applicant
  return {
    facts, number, agencyName: agency?.nameVi ?? '', returnWay: dossier.returnWay, papers,
    procedure: { code: facts.procedure, name: procedure?.content.name.vi ?? '', sectorCode: procedure?.content.sector.code ?? '', sectorName: procedure?.content.sector.name.vi ?? '' },
    owner: applicant && { name: applicant.name, idNumber: applicant.organisation?.taxCode ?? applicant.idNumber, isOrganisation: applicant.organisation !== undefined, phone: applicant.phone ?? '', email: applicant.email ?? '', account: null },
    isVerified: account !== undefined && account.assurance >= 2, isFiledAtPortal: facts.origin === node.config.national.code,
    payments: payments.filter((p) => before(p.requestedAt)).map((p) => ({ name: p.name, amount: p.amount, isPaid: before(p.paidAt) })),
    supplements: rounds.map((r) => {
      const pause = pauses.find((p) => p.reason === 'supplement' && Math.abs(p.startedAt.getTime() - r.requestedAt.getTime()) < 1000)
      const answeredAt = before(r.answeredAt) ? r.answeredAt : null
      return { reason: r.reason, items: r.items, requestedAt: r.requestedAt, requestedBy: names.get(r.requestedBy.replace(/^officer:/, '')) ?? '', answeredAt, dueBefore: pause?.dueBefore ?? null, dueAfter: answeredAt ? (pause?.dueAfter ?? null) : null }
    }),
    results: documents.filter((d) => d.kind === 'result' && d.revokedAt === null && before(d.createdAt)).map((d) => ({ id: d.id, title: d.title, type: resultType(procedure?.content), url: fileLink(node, d.id) })),
  }
}

/** The procedure says which kind of paper comes out of it; where it names several, none is told. */
const resultType = (content: ProcedureContent | undefined): string => (content?.results.length === 1 ? (content.results[0]!.code ?? '') : '')

async function readPapers(node: Node, dossier: Dossier, content: Content | undefined, until: Date): Promise<Life['papers']> {
  const attached = (await listAttachments(node.db, dossier.id)).filter((a) => a.addedAt <= until)
  if (attached.length === 0) return []
  const types = content ? await paperTypes(node.db, dossier, content) : new Map<string, string>()
  return attached.map((a) => ({ id: a.id, name: a.fileName, type: types.get(a.fileName) ?? '', url: fileLink(node, a.id) }))
}

/** Codes of paper types by the names of the files: form → component → code in the publication. */
async function paperTypes(db: Db, dossier: Dossier, content: Content): Promise<Map<string, string>> {
  const [form, procedure] = await Promise.all([findForm(db, content.formKey, content.formVersion), getProcedureVersion(db, dossier.procedureCode, dossier.procedureVersion)])
  if (!form || !procedure) return new Map()
  const codes = new Map(procedure.content.components.map((c) => [c.name.vi, c.documentType ?? '']))
  return new Map(componentsOfCase(form, content.answers).flatMap((component) => component.files.map((name) => [name, codes.get(component.name) ?? ''] as const)))
}
