import type { Option } from '../definition.ts'

/** Sex as papers write it; the values are those that the check of citizen ids knows. */
export const sexOptions: Option[] = [
  { value: 'male', label: { vi: 'Nam', en: 'Male' } },
  { value: 'female', label: { vi: 'Nữ', en: 'Female' } },
]

export const sexLabel = { vi: 'Giới tính', en: 'Sex' }
export const phoneLabel = { vi: 'Số điện thoại di động', en: 'Mobile number' }
export const idLabel = { vi: 'Số định danh cá nhân', en: 'Personal identification number' }
export const birthDateLabel = { vi: 'Ngày, tháng, năm sinh', en: 'Date of birth' }
export const nameLabel = { vi: 'Họ, chữ đệm và tên', en: 'Full name' }
export const nameHint = { vi: 'Như trên thẻ căn cước', en: 'As on the identity card' }
export const ethnicityLabel = { vi: 'Dân tộc', en: 'Ethnic group' }
export const nationalityLabel = { vi: 'Quốc tịch', en: 'Nationality' }
export const emailLabel = { vi: 'Thư điện tử', en: 'E-mail address' }
