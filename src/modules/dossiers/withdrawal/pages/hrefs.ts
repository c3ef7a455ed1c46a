/** Address of the judgement that a dossier is not withdrawn. */
export const declineWithdrawalPath = '/desk/dossiers/:id/withdrawal/decline'
export const declineWithdrawalHref = (id: string): string => `/desk/dossiers/${id}/withdrawal/decline`
