/** The invented organisations of the country in small: tax codes of the right form that belong to nobody, names that say so. */
export interface DemoOrganisation {
  /** Mã số thuế, which is also the enterprise's number; ten digits, the last a check digit. */
  taxCode: string
  name: string
  /** Người đại diện theo pháp luật. */
  representativeIdNumber: string
  state: 'active' | 'suspended' | 'dissolved'
}

export const demoOrganisations: readonly DemoOrganisation[] = [
  { taxCode: '5900000019', name: 'Công ty TNHH Thử Nghiệm Gia Lai', representativeIdNumber: '064085000013', state: 'active' },
  { taxCode: '5900000026', name: 'Công ty cổ phần Ví Dụ Tây Nguyên', representativeIdNumber: '064188000014', state: 'active' },
  { taxCode: '5900000033', name: 'Hợp tác xã Nông nghiệp Giả Định', representativeIdNumber: '064192000012', state: 'active' },
  { taxCode: '5900000040', name: 'Công ty TNHH Đã Giải Thể Mẫu', representativeIdNumber: '064085000013', state: 'dissolved' },
]

/** The one that has an electronic identity and a certificate of its own. */
export const demoOrganisation = demoOrganisations[0]!
