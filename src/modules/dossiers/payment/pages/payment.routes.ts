import type { FieldError } from '../../../../platform/errors.ts'
import { redirect } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { confirmPayment } from '../confirm-payment.ts'
import { requestPayment } from '../request-payment.ts'
import { confirmPaymentPath, requestPaymentPath } from './hrefs.ts'

const longest = 200
/** Đồng. */
const mostAmount = 1_000_000_000_000

export const paymentRoutes: Route[] = [
  { method: 'POST', path: requestPaymentPath, access: { permission: 'dossiers.handle' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const amount = Number(req.form.get('paymentAmount').replace(/[.\s]/g, ''))
    const mistakes = [...written(req, 'paymentName'), ...(Number.isInteger(amount) && amount > 0 && amount <= mostAmount ? [] : [{ field: 'paymentAmount', key: 'dossiers.payment.invalid.amount' }]), ...written(req, 'paymentBasis')]
    if (mistakes.length > 0) return showDossier(req, mistakes, { paymentName: '', ...req.form.fields })
    await requestPayment(req.ctx, { dossierId: dossier.id, name: req.form.get('paymentName'), amount, basis: req.form.get('paymentBasis') })
    return redirect(deskDossierHref(dossier.id))
  } },
  { method: 'POST', path: confirmPaymentPath, access: { permission: 'dossiers.receive' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = written(req, 'paymentReceipt')
    if (mistakes.length > 0) return showDossier(req, mistakes, req.form.fields)
    await confirmPayment(req.ctx, { dossierId: dossier.id, receipt: req.form.get('paymentReceipt') })
    return redirect(deskDossierHref(dossier.id))
  } },
]

function written({ form }: Req, field: string): FieldError[] {
  const typed = form.get(field)
  if (typed === '') return [{ field, key: `dossiers.payment.invalid.${field}` }]
  return [...typed].length > longest ? [{ field, key: 'dossiers.desk.reasonTooLong', params: { max: longest } }] : []
}
