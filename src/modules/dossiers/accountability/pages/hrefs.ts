/** Addresses of accountability. */
export const askAccountPath = '/ho-so/:id/giai-trinh'
export const giveAccountPath = '/desk/dossiers/:id/accountability'
export const accountsPath = '/desk/accountability'
export const askAccountHref = (id: string): string => `/ho-so/${id}/giai-trinh`
export const giveAccountHref = (id: string): string => `/desk/dossiers/${id}/accountability`
