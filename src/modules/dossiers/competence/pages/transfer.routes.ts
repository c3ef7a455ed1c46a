import { redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { inboxPath } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { transferDossier } from '../transfer-dossier.ts'
import { transferPath } from './hrefs.ts'

/** After a transfer the dossier is another agency's: the way leads back to the inbox. */
export const transferRoutes: Route[] = [
  { method: 'POST', path: transferPath, access: { permission: 'dossiers.handle' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = await transferDossier(req.ctx, { dossierId: dossier.id, agencyCode: req.form.get('toAgency'), reason: req.form.get('transferReason') })
    return mistakes.length > 0 ? showDossier(req, mistakes, { transferReason: '', ...req.form.fields }) : redirect(`${inboxPath}?view=incoming`)
  } },
]
