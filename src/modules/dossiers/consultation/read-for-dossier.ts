import { isPermitted } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Option } from '../../../ui/index.ts'
import { enrolledNodes } from '../../exchange/index.ts'
import { officerNames } from '../../identity/index.ts'
import { agencyName, findAgency, listAgencies } from '../../organisations/index.ts'
import type { Dossier } from '../dossier.ts'
import { isConsultable } from './ask-opinion.ts'
import { listConsultationFiles, listConsultations, listNotes } from './consultation.store.ts'
import type { ConsultationView, NoteView } from './pages/dossier-parts.tsx'

/** Opinions and notes of a dossier, and whom its officer may ask. */
export async function readForDossier(ctx: Ctx, dossier: Dossier): Promise<{ consultations: ConsultationView[]; notes: NoteView[]; asking: Option[] }> {
  const [asked, notes] = await Promise.all([listConsultations(ctx.db, dossier.id), listNotes(ctx.db, dossier.id)])
  const [files, names, asking] = await Promise.all([listConsultationFiles(ctx.db, asked.map((c) => c.id)), officerNames(ctx.db, notes.map((n) => n.writtenBy)), isConsultable(dossier) && isPermitted(ctx.actor, 'dossiers.handle') ? listAskable(ctx, dossier.agencyCode) : []])
  return {
    asking, notes: notes.map((note) => ({ note, by: names.get(note.writtenBy.replace(/^officer:/, '')) ?? '–' })),
    consultations: await Promise.all(asked.map(async (consultation) => {
      const agency = await findAgency(ctx.db, consultation.askedAgency, ctx.now)
      return { consultation, agency: agency ? agencyName(agency, ctx.lang) : consultation.askedAgency, files: files.filter((f) => f.consultationId === consultation.id) }
    })),
  }
}

/** Every agency of the node, and those of other connected nodes above the communes. */
async function listAskable(ctx: Ctx, own: string): Promise<Option[]> {
  const ownNode = ctx.node.config.code
  const nodes = [ownNode, ...(await enrolledNodes(ctx.db, ctx)).filter((code) => code !== ctx.node.config.national.code)]
  const agencies = (await Promise.all(nodes.map((nodeCode) => listAgencies(ctx.db, { nodeCode, at: ctx.now })))).flat()
  return agencies.filter((a) => a.code !== own && (a.nodeCode === ownNode || a.level !== 'commune')).map((a) => ({ value: a.code, text: `${agencyName(a, ctx.lang)} (${a.code})` }))
}
