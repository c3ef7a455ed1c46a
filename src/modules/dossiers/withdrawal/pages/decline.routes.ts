import { redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { checkReason } from '../../pages/desk/check-reason.ts'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { declineWithdrawal } from '../decline-withdrawal.ts'
import { declineWithdrawalPath } from './hrefs.ts'

export const declineRoutes: Route[] = [
  { method: 'POST', path: declineWithdrawalPath, access: { permission: 'dossiers.receive' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = checkReason(req, 'declineReason')
    if (mistakes.length > 0) return showDossier(req, mistakes, req.form.fields)
    await declineWithdrawal(req.ctx, { dossierId: dossier.id, reason: req.form.get('declineReason') })
    return redirect(deskDossierHref(dossier.id))
  } },
]
