export const qualityPath = '/admin/quality-of-data'
export const publicQualityPath = '/chat-luong-du-lieu'
export const reviewOfHref = (code: string): string => `/admin/quality-of-data/procedure/${code}`
