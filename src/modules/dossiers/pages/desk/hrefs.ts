/** Addresses of the desk. */
export const inboxPath = '/desk'
export const deskDossierPath = '/desk/dossiers/:id'
export const acceptPath = '/desk/dossiers/:id/accept'
export const refusePath = '/desk/dossiers/:id/refuse'
export const askSupplementPath = '/desk/dossiers/:id/supplement'
export const stopPath = '/desk/dossiers/:id/stop'
export const extendPath = '/desk/dossiers/:id/extend'
export const dueStoryPath = '/desk/dossiers/:id/due-date'
export const completeTaskPath = '/desk/dossiers/:id/tasks/:task'
export const previewPath = '/desk/dossiers/:id/result-preview'
export const deskDocumentPath = '/desk/dossiers/:id/documents/:document'
export const deskFilePath = '/desk/dossiers/:id/files/:file'

export const deskDossierHref = (id: string): string => `/desk/dossiers/${id}`
export const acceptHref = (id: string): string => `/desk/dossiers/${id}/accept`
export const refuseHref = (id: string): string => `/desk/dossiers/${id}/refuse`
export const askSupplementHref = (id: string): string => `/desk/dossiers/${id}/supplement`
export const stopHref = (id: string): string => `/desk/dossiers/${id}/stop`
export const extendHref = (id: string): string => `/desk/dossiers/${id}/extend`
export const dueStoryHref = (id: string): string => `/desk/dossiers/${id}/due-date`
export const completeTaskHref = (id: string, task: string): string => `/desk/dossiers/${id}/tasks/${task}`
export const previewHref = (id: string): string => `/desk/dossiers/${id}/result-preview`
export const deskDocumentHref = (id: string, document: string): string => `/desk/dossiers/${id}/documents/${document}`
export const deskFileHref = (id: string, file: string): string => `/desk/dossiers/${id}/files/${file}`
