import type { Audience } from './certificate-log-in.store.ts'

export const certificateLogInPath = '/dang-nhap/chung-thu-so'
export const officerCertificateLogInPath = '/desk/login/certificate'
export const simLogInPath = '/dang-nhap/sim-ky-so'
export const newcomerPath = '/dang-nhap/chung-thu-so/tai-khoan-moi'
export const newcomerCodePath = '/dang-nhap/chung-thu-so/ma-xac-nhan'

/** The same steps at the portal for persons and at the desk for officers. */
export const places: Readonly<Record<Audience, { start: string; file: string; challenge: string; result: string; others: string }>> = {
  person: { start: certificateLogInPath, file: '/dang-nhap/chung-thu-so/ky-tep', challenge: '/dang-nhap/chung-thu-so/thu-thach', result: '/dang-nhap/chung-thu-so/ket-qua', others: '/dang-nhap' },
  officer: { start: officerCertificateLogInPath, file: '/desk/login/certificate/file', challenge: '/desk/login/certificate/challenge', result: '/desk/login/certificate/result', others: '/desk/login' },
}
