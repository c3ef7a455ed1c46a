export const problemPath = '/bao-loi-tai-khoan'
export const problemFollowPath = '/bao-loi-tai-khoan/theo-doi'
export const problemsPath = '/admin/account-problems'
export const accountHome = '/tai-khoan'
export const readersPath = '/tai-khoan/ai-da-xem'
export const consentsPath = '/tai-khoan/dong-y'
export const acceptTermsPath = '/tai-khoan/dieu-khoan'
export const unlockedPath = '/tai-khoan/da-mo-khoa'
export const termsPath = '/dieu-khoan'
export const ownDataPath = '/tai-khoan/du-lieu'
export const personalCodePath = '/tai-khoan/ma-ca-nhan'
export const requestsPath = '/tai-khoan/yeu-cau'
export const deletionPath = '/tai-khoan/xoa-tai-khoan'
export const dataRequestsPath = '/admin/data-requests'
export const recoveriesPath = '/desk/account-recoveries'
export const objectRecoveryPath = '/phan-doi-doi-so'

/** A path with those values that are not empty. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const kept = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path
}

export const pageNumber = (value: string | undefined): number => (/^\d{1,5}$/.test(value ?? '') ? Math.max(1, Number(value)) : 1)
