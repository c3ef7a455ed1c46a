/**
 * Answers of the portal that are no success, as `error_code`. Zero is success; the numbers of the others are our own, as no source tells those of
 * the national portal. Clients read the message.
 */
export const portalErrors = {
  LOG_IN: { code: 1, message: 'Tên đăng nhập hoặc mật khẩu không đúng' },
  SESSION: { code: 2, message: 'Phiên làm việc không hợp lệ hoặc đã hết hạn, hãy đăng nhập lại' },
  SERVICE: { code: 3, message: 'Không có dịch vụ này' },
  PARAMETER: { code: 4, message: 'Thiếu hoặc sai tham số' },
  NOT_FOUND: { code: 5, message: 'Không tìm thấy dữ liệu' },
  TOO_MANY: { code: 6, message: 'Quá nhiều yêu cầu, hãy thử lại sau' },
  AGENCY: { code: 7, message: 'Mã đơn vị không thuộc tài khoản này' },
  MALFORMED: { code: 8, message: 'Thông điệp không đúng định dạng JSON' },
  /** The one code besides zero that clients of the national portal are known to read. */
  EXISTS: { code: -3, message: 'Hồ sơ đã tồn tại' },
  INVALID: { code: 9, message: 'Dữ liệu không hợp lệ' },
  TOO_LONG: { code: 10, message: 'Mỗi lần gửi tối đa 10 bản ghi' },
  SIGNED: { code: 11, message: 'Hồ sơ này được đồng bộ qua trao đổi có ký, không nhận qua bản tin' },
} as const

export type PortalErrorName = keyof typeof portalErrors

/** Thrown by a service of the portal; becomes `{ error_code, message }`. */
export class PortalRefusal extends Error {
  readonly reason: PortalErrorName
  readonly detail: string | undefined
  constructor(reason: PortalErrorName, detail?: string) {
    super(reason)
    this.reason = reason
    this.detail = detail
  }
}
