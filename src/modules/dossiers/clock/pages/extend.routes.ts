import { redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { joinDate, readDateParts } from '../../../../ui/index.ts'
import { deskDossierHref, extendPath } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { extendDossier } from '../extend-dossier.ts'

export const extendRoutes: Route[] = [
  { method: 'POST', path: extendPath, access: { permission: 'dossiers.handle' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = await extendDossier(req.ctx, { dossierId: dossier.id, date: joinDate(readDateParts(req.form, 'newDate')) ?? '', reason: req.form.get('apologyReason') })
    return mistakes.length > 0 ? showDossier(req, mistakes, { apologyReason: '', ...req.form.fields }) : redirect(deskDossierHref(dossier.id))
  } },
]
