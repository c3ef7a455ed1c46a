export const reportPath = '/bao-loi-du-lieu'
export const followReportPath = '/bao-loi-du-lieu/theo-doi'
export const reportsPath = '/admin/reports'
export const reportHref = (code?: string): string => (code ? `${reportPath}?thu-tuc=${encodeURIComponent(code)}` : reportPath)
export const followHref = (reference: string): string => `${followReportPath}?ma=${encodeURIComponent(reference)}`
