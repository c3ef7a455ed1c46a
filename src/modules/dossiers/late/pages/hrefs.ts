/** Addresses of late dossiers and their explanations. */
export const lateListPath = '/desk/late'
export const explainLatePath = '/desk/dossiers/:id/late-explanation'
export const explainLateHref = (id: string): string => `/desk/dossiers/${id}/late-explanation`
