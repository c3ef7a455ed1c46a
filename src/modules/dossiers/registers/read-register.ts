import type { Ctx } from '../../../platform/ctx.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { officerNames } from '../../identity/index.ts'
import { listEventsAbout, type LedgerEvent } from '../../ledger/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import type { DossierFacts } from '../dossier.ts'
import { edges } from '../dossier-states.ts'
import { stepEvents } from '../dossier-feed.ts'
import { listOwners, listReceived, type RegisterFilter } from './register.store.ts'

/** A line of the register ("sổ theo dõi hồ sơ"). Times and states are those of the ledger's events; name, address and telephone are of the dossier's content. */
export interface RegisterEntry {
  dossierId: string
  facts: DossierFacts
  receivedBy: string
  owner: { name: string; address: string; phone: string }
  procedure: string
  agency: string
}

/** What was received in a period, a line a dossier, in the order of reception. */
export async function readRegister(ctx: Ctx, filter: RegisterFilter, page: { limit: number; offset: number }): Promise<{ entries: RegisterEntry[]; total: number }> {
  const { db, node, now, lang } = ctx
  const { ids, total } = await listReceived(db, node.config.code, filter, page)
  const [events, owners] = await Promise.all([listEventsAbout(db, ids, stepEvents), listOwners(db, ids)])
  const bySubject = Map.groupBy(events, (e) => e.subject)
  const lines = ids.flatMap((id) => lineOf(id, bySubject.get(id) ?? []))
  const codes = [...new Set(lines.map((line) => line.facts.agency))]
  const [officers, procedures, agencies] = await Promise.all([
    officerNames(db, lines.map((line) => line.actor)), procedureNames(db, [...new Set(lines.map((line) => line.facts.procedure))], lang), Promise.all(codes.map((code) => findAgency(db, code, now))),
  ])
  const agencyNames = new Map(agencies.flatMap((a) => (a ? [[a.code, agencyName(a, lang)] as const] : [])))
  return {
    total,
    entries: lines.map(({ dossierId, facts, actor }) => ({
      dossierId, facts, receivedBy: officers.get(actor.replace(/^officer:/, '')) ?? '', owner: owners.get(dossierId) ?? { name: '', address: '', phone: '' },
      procedure: procedures.get(facts.procedure) ?? facts.procedure, agency: agencyNames.get(facts.agency) ?? facts.agency,
    })),
  }
}

/** The facts after the last event, and who received it. */
function lineOf(dossierId: string, events: readonly LedgerEvent[]): { dossierId: string; facts: DossierFacts; actor: string }[] {
  const accepted = events.find((e) => e.type === edges.accept.event)
  const last = events.at(-1)
  return accepted && last ? [{ dossierId, facts: last.data as object as DossierFacts, actor: accepted.actor }] : []
}
