/** Addresses of what an applicant must pay before a dossier goes on. */
export const requestPaymentPath = '/desk/dossiers/:id/payment'
export const confirmPaymentPath = '/desk/dossiers/:id/payment/confirm'
export const requestPaymentHref = (id: string): string => `/desk/dossiers/${id}/payment`
export const confirmPaymentHref = (id: string): string => `/desk/dossiers/${id}/payment/confirm`
