export const ownMessagesPath = '/ho-so/:id/trao-doi'
export const ownMessageFilePath = '/ho-so/:id/trao-doi/:file'
export const deskMessagesPath = '/desk/dossiers/:id/messages'
export const settlePath = '/desk/dossiers/:id/messages/settle'
export const deskMessageFilePath = '/desk/dossiers/:id/messages/:file'

export const ownMessagesHref = (id: string): string => `/ho-so/${id}/trao-doi`
export const ownMessageFileHref = (id: string, file: string): string => `/ho-so/${id}/trao-doi/${file}`
export const deskMessagesHref = (id: string): string => `/desk/dossiers/${id}/messages`
export const settleHref = (id: string): string => `/desk/dossiers/${id}/messages/settle`
export const deskMessageFileHref = (id: string, file: string): string => `/desk/dossiers/${id}/messages/${file}`
