import { redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { withProof } from '../../pages/desk/with-proof.ts'
import { checkDraftFields } from '../../papers/draft-fields.ts'
import { proposeCorrection } from '../propose-correction.ts'
import { signCorrection } from '../sign-correction.ts'
import { proposeCorrectionPath, signCorrectionPath } from './hrefs.ts'

const access = { permission: 'dossiers.handle' } as const

/** On the page of a dossier whose result was issued: the correction and its signature. */
export const correctionRoutes: Route[] = [
  { method: 'POST', path: proposeCorrectionPath, access, handler: async (req) => {
    const { form } = req
    const dossier = await readDossierOfDesk(req)
    const typed = checkDraftFields(form.fields)
    const mistakes = typed.length > 0 ? typed : await proposeCorrection(req.ctx, { dossierId: dossier.id, field: form.get('field'), value: form.get('corrected'), reason: form.get('correctionReason'), draftFields: form.fields })
    return mistakes.length > 0 ? showDossier(req, mistakes, { correctionReason: '', ...form.fields }) : redirect(deskDossierHref(dossier.id))
  } },
  { method: 'POST', path: signCorrectionPath, access, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    return withProof(req, { code: 'code', other: 'code' }, (ctx) => signCorrection(ctx, { dossierId: dossier.id }))
  } },
]
