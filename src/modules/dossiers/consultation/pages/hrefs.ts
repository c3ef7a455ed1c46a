/** Addresses of opinions and internal notes. */
export const consultationsPath = '/desk/consultations'
export const consultationPath = '/desk/consultations/:id'
export const consultationFilePath = '/desk/consultations/:id/files/:file'
export const askOpinionPath = '/desk/dossiers/:id/consultations'
export const writeNotePath = '/desk/dossiers/:id/notes'
export const finishNotePath = '/desk/dossiers/:id/notes/:key/done'

export const consultationHref = (id: string): string => `/desk/consultations/${id}`
export const consultationFileHref = (id: string, file: string): string => `/desk/consultations/${id}/files/${file}`
export const askOpinionHref = (id: string): string => `/desk/dossiers/${id}/consultations`
export const writeNoteHref = (id: string): string => `/desk/dossiers/${id}/notes`
export const finishNoteHref = (id: string, note: string): string => `/desk/dossiers/${id}/notes/${note}/done`
