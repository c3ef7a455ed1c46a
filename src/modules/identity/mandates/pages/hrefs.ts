/** Addresses of the pages about mandates and organisations. */
export const listPath = '/tai-khoan/uy-quyen'
export const newPath = '/tai-khoan/uy-quyen/moi'
export const newWhoPath = '/tai-khoan/uy-quyen/moi/:draft/nguoi'
export const newTermsPath = '/tai-khoan/uy-quyen/moi/:draft/pham-vi'
export const newCheckPath = '/tai-khoan/uy-quyen/moi/:draft/kiem-tra'
export const mandatePath = '/tai-khoan/uy-quyen/:id'
export const acceptPath = '/tai-khoan/uy-quyen/:id/dong-y'
export const refusePath = '/tai-khoan/uy-quyen/:id/tu-choi'
export const withdrawPath = '/tai-khoan/uy-quyen/:id/rut'
export const actingPath = '/tai-khoan/thuc-hien-thay'
export const stopActingPath = '/tai-khoan/thuc-hien-thay/ket-thuc'
export const organisationsPath = '/tai-khoan/to-chuc'
export const organisationPath = '/tai-khoan/to-chuc/:id'
export const papersPath = '/admin/mandates'
export const paperPath = '/admin/mandates/:id'

export const newWhoHref = (draft: string): string => `${newPath}/${draft}/nguoi`
export const newTermsHref = (draft: string): string => `${newPath}/${draft}/pham-vi`
export const newCheckHref = (draft: string): string => `${newPath}/${draft}/kiem-tra`
export const mandateHref = (id: string): string => `${listPath}/${id}`
export const acceptHref = (id: string): string => `${listPath}/${id}/dong-y`
export const refuseHref = (id: string): string => `${listPath}/${id}/tu-choi`
export const withdrawHref = (id: string): string => `${listPath}/${id}/rut`
export const organisationHref = (id: string): string => `${organisationsPath}/${id}`
export const paperHref = (id: string): string => `${papersPath}/${id}`
