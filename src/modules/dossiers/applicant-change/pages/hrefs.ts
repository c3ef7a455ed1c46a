/** Addresses of the change of applicant data. */
export const waitingChangesPath = '/desk/applicant-changes'
export const applicantPath = '/desk/dossiers/:id/applicant'
export const confirmChangePath = '/desk/dossiers/:id/applicant/confirm'
export const declineChangePath = '/desk/dossiers/:id/applicant/decline'
export const ownApplicantPath = '/ho-so/:id/thay-doi-thong-tin'

export const applicantHref = (id: string): string => `/desk/dossiers/${id}/applicant`
export const confirmChangeHref = (id: string): string => `/desk/dossiers/${id}/applicant/confirm`
export const declineChangeHref = (id: string): string => `/desk/dossiers/${id}/applicant/decline`
export const ownApplicantHref = (id: string): string => `/ho-so/${id}/thay-doi-thong-tin`
