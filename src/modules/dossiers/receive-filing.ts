import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { InboundMessage } from '../../platform/module.ts'
import { findAccountBySubject } from '../identity/index.ts'
import { findAgency, nodeOfAgency } from '../organisations/index.ts'
import { insertUnplaced } from './competence/competence.store.ts'
import type { Applicant, AttachedFile, Dossier, DossierFacts, ReturnWay } from './dossier.ts'
import { errors } from './dossiers.errors.ts'
import { saveReturnChoice, type ReturnChoice } from './return-way/return-choice.ts'
import { insertReception, type Reception } from './reception/reception.store.ts'
import { file } from './file-dossiers.ts'

export interface FilingMessage {
  facts: DossierFacts
  returnWay: ReturnWay
  returnTo?: Pick<ReturnChoice, 'deskCode' | 'recipient'>
  owner: { node: string; subject: string } | null
  form: { key: string; version: number }
  answers: Record<string, unknown>
  summary: unknown
  applicant: Applicant
  files: (AttachedFile & { bytes: string })[]
  /** Where it was taken in by an officer; absent in messages of older nodes. */
  reception?: Reception | null
  /** Which agency decides could not be told. */
  unplaced?: boolean
}

/** A filing made at another node for one of our agencies (service dossier.file). @throws NOT_COMPETENT_HERE */
export async function receiveFiling(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as FilingMessage
  const agency = await findAgency(tx, m.facts.agency)
  if (!agency || nodeOfAgency(agency.code) !== ctx.node.config.code || m.facts.origin !== message.from) throw errors.NOT_COMPETENT_HERE({ place: m.facts.place ?? '' })
  const files = await Promise.all(m.files.map(async ({ bytes, ...f }) => ({ ...f, fileId: (await ctx.node.files.put(Buffer.from(bytes, 'base64'))).id })))
  const account = m.owner?.node === ctx.node.config.code ? await findAccountBySubject(tx, m.owner.subject) : undefined
  const dossier: Dossier = {
    id: message.subject, reference: m.facts.reference, code: null, procedureCode: m.facts.procedure, procedureVersion: m.facts.version, nodeCode: m.facts.node, originNode: m.facts.origin,
    agencyCode: m.facts.agency, placeCode: m.facts.place, channel: m.facts.channel, state: 'new', returnWay: m.returnWay, accountId: account?.id ?? null, ownerNode: m.owner?.node ?? null, ownerSubject: m.owner?.subject ?? null, mandateId: null, filerAccountId: null,
    limitValue: null, limitUnit: null, ruleSet: null, clockOptions: null, isLate: false, submittedAt: new Date(m.facts.submittedAt), receivedAt: null, promisedAt: null, dueAt: null, pausedAt: null, finishedAt: null, returnedAt: null, supplements: 0, eventSeq: 1,
  }
  await file(tx, ctx, { form: m.form, answers: m.answers, summary: m.summary, applicant: m.applicant, files, filingKey: `exchange:${message.subject}` }, dossier)
  if (m.returnTo) await saveReturnChoice(tx, dossier.id, { way: m.returnWay, ...m.returnTo }, ctx.now)
  if (m.reception) await insertReception(tx, dossier.id, { ...m.reception, visitId: null })
  if (m.unplaced) await insertUnplaced(tx, dossier.id, dossier.submittedAt)
}
