import { redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { joinDate, readDateParts } from '../../../../ui/index.ts'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { askOpinion } from '../ask-opinion.ts'
import { finishNote } from '../finish-note.ts'
import { keepUploads } from '../keep-uploads.ts'
import { writeNote } from '../write-note.ts'
import { askOpinionPath, finishNotePath, writeNotePath } from './hrefs.ts'

const access = { permission: 'dossiers.handle' } as const

/** On the page of a dossier: asking another agency, notes and things to do. */
export const consultationOnDossierRoutes: Route[] = [
  { method: 'POST', path: askOpinionPath, access, bodyLimit: 40 * 1024 * 1024, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const kept = await keepUploads(req, 'questionFiles', 'question')
    const mistakes = kept.mistakes.length > 0 ? kept.mistakes : await askOpinion(req.ctx, { dossierId: dossier.id, agencyCode: req.form.get('askedAgency'), question: req.form.get('question'), due: joinDate(readDateParts(req.form, 'answerBy')) ?? '', files: kept.files })
    return mistakes.length > 0 ? showDossier(req, mistakes, { question: '', ...req.form.fields }) : redirect(deskDossierHref(dossier.id))
  } },
  { method: 'POST', path: writeNotePath, access, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = await writeNote(req.ctx, { dossierId: dossier.id, kind: req.form.get('noteKind') === 'task' ? 'task' : 'note', text: req.form.get('noteText'), dueOn: joinDate(readDateParts(req.form, 'noteDue')) })
    return mistakes.length > 0 ? showDossier(req, mistakes, { noteText: '', ...req.form.fields }) : redirect(deskDossierHref(dossier.id))
  } },
  { method: 'POST', path: finishNotePath, access, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    await finishNote(req.ctx, { dossierId: dossier.id, noteId: req.params.key! })
    return redirect(deskDossierHref(dossier.id))
  } },
]
